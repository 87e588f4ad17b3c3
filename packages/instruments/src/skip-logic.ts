/** Which items a sheet asks. Free of zod: the form, the check of answers, the risk rules and the scorer agree through it. */
import type { Answers } from './answers.ts'
import type { Definition } from './definition.ts'

type Item = Pick<Definition['items'][number], 'id' | 'askedIf' | 'otherwise'>
type AskedIf = NonNullable<Item['askedIf']>
/** What decides who is asked what; a form has it as well as a definition. */
export type Asking = { readonly items: readonly Item[] }

const coded = (answers: Answers, item: string): number | null => {
  const answer = answers[item] // no property that every object has is a number
  return typeof answer === 'number' ? answer : null
}

/** The items whose answers decide whether this one is asked, as far as they stand before it. */
const deciding = ({ items }: Asking, item: Item, askedIf: AskedIf): readonly Item[] => {
  const named = [askedIf.item, ...(askedIf.orItems ?? [])]
  return items.slice(0, items.indexOf(item)).filter(({ id }) => named.includes(id))
}

const asks = (definition: Asking, answers: Answers, decider: Item, { from, to }: AskedIf): boolean => {
  const value = coded(answers, decider.id)
  const wasAsked = value !== null || askedItem(definition, answers, decider)
  const standing = value ?? (wasAsked ? undefined : decider.otherwise)
  return standing === undefined ? wasAsked : standing >= from && standing <= to
}

const askedItem = (definition: Asking, answers: Answers, item: Item): boolean => {
  const { askedIf } = item
  if (!askedIf) return true
  const deciders = deciding(definition, item, askedIf)
  return deciders.length === 0 || deciders.some((decider) => asks(definition, answers, decider, askedIf))
}

/**
 * Whether a sheet asks an item. Only an answer outside `askedIf` takes an item away: while the deciding item has no answer, it is asked,
 * so that nobody hides a question by leaving out the one before it.
 */
export const isAsked = (definition: Asking, answers: Answers, itemId: string): boolean => {
  const item = definition.items.find(({ id }) => id === itemId)
  return item === undefined || askedItem(definition, answers, item)
}

/** The coded value that stands for an item: its answer, or `otherwise` when the sheet does not ask it. Null where there is none. */
export const standingValue = (definition: Asking, answers: Answers, itemId: string): number | null => {
  const item = definition.items.find(({ id }) => id === itemId)
  const value = coded(answers, itemId)
  if (value !== null || item?.otherwise === undefined) return value
  return askedItem(definition, answers, item) ? null : item.otherwise
}

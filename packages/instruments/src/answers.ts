/** Answers to one instrument, and their check. Free of zod, so that it runs in the pupil's page. */
import type { Definition } from './definition.ts'
import { isAsked } from './skip-logic.ts'

/** A coded value, or why there is none. An item that was not reached is absent; only skip logic leaves one not shown. */
export type Answer = number | 'skipped' | 'declined' | 'not_shown'
export type Answers = Readonly<Record<string, Answer>>
export type AnswerProblem = {
  readonly item: string
  readonly problem: 'unknown-item' | 'out-of-range' | 'wrong-type' | 'was-asked'
  readonly allowed: string
}
export type CheckedAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly AnswerProblem[] }

/** A record's own entry; a name that every object knows, such as `constructor`, is none. Old browsers have no Object.hasOwn. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  // biome-ignore lint/suspicious/noPrototypeBuiltins: Object.hasOwn came with Chrome 93
  Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined

const reasons: readonly unknown[] = ['skipped', 'declined']

/** The coded values of an item, in the order of its options. */
export const valuesOf = (definition: Definition, itemId: string): readonly number[] => {
  const item = definition.items.find((candidate) => candidate.id === itemId)
  const set = item && own(definition.optionSets, item.options)
  return (set ?? []).map((option) => option.value)
}

/** What a definition's items know, worked out once. */
type Known = ReadonlyMap<string, { readonly item: Definition['items'][number]; readonly values: readonly unknown[] }>
const knownItems = new WeakMap<Definition, Known>()
const knownOf = (definition: Definition): Known => {
  const before = knownItems.get(definition)
  if (before) return before
  const known = new Map(definition.items.map((item) => [item.id, { item, values: valuesOf(definition, item.id) }]))
  knownItems.set(definition, known)
  return known
}

const problemWith = (definition: Definition, given: Answers, item: string, answer: unknown): AnswerProblem | null => {
  const known = knownOf(definition).get(item)
  if (!known) return { item: item.slice(0, 60), problem: 'unknown-item', allowed: `items of ${definition.id}` }
  if (known.values.includes(answer) || reasons.includes(answer)) return null
  if (answer === 'not_shown' && !isAsked(definition, given, item)) return null
  const whereNotAsked = known.item.askedIf ? ['not_shown where the items before it do not ask it'] : []
  const allowed = [...known.values, ...reasons, ...whereNotAsked].join(', ')
  if (answer === 'not_shown') return { item, problem: 'was-asked', allowed }
  return { item, problem: typeof answer === 'number' ? 'out-of-range' : 'wrong-type', allowed }
}

/**
 * Checks answers from outside against a definition. Use it at the border, once; inside, trust the type.
 * An item that the sheet asks cannot be `not_shown`: a risk item is not hidden by saying so (SAF-02). Never throws, whatever it is given. @returns the answers, or one problem per wrong entry (at most 100)
 */
export const checkAnswers = (definition: Definition, input: unknown): CheckedAnswers => {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { ok: false, problems: [{ item: '', problem: 'wrong-type', allowed: 'an object of item id to answer' }] }
  const entries = Object.entries(input)
  const answers = Object.fromEntries(entries) as Answers // each entry is checked below, and skip logic reads only numbers
  const problems: AnswerProblem[] = []
  for (const [item, answer] of entries) {
    const problem = problemWith(definition, answers, item, answer)
    if (problem) problems.push(problem)
  }
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, 100) } : { ok: true, answers }
}

/** What stands for an item without a coded value, or null when it has one. */
export const unansweredReason = (answers: Answers, item: string): 'skipped' | 'declined' | 'not_shown' | 'not_reached' | null => {
  const answer = own(answers, item)
  if (answer === undefined) return 'not_reached'
  return typeof answer === 'number' ? null : answer
}

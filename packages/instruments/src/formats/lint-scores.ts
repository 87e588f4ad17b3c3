/** Rules about scores: what is added, onto which metric, and where the cut-offs lie. One function a rule. */
import { type Finding, finding } from './finding.ts'
import { type Foreign, type ForeignScale, itemsByName, reachable, valueRange } from './foreign.ts'
import { optionDirection, statedDirection, wordingDirection } from './polarity.ts'
import { anyWords, bandsInProse } from './words.ts'

export type LintRule = (foreign: Foreign) => readonly Finding[]

export const range = ({ from, to }: { readonly from: number; readonly to: number }) =>
  `${Number(from.toFixed(4))} to ${Number(to.toFixed(4))}`
const listed = (names: readonly string[]) =>
  names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ')

/** No score at all: the answers would be collected and nobody told what they mean. */
export const noScoring: LintRule = ({ scales, items, file, description }) => {
  if (scales.length > 0 || items.length === 0) return []
  const prose = bandsInProse(description).length > 1 ? ': the key is told in a sentence only' : ''
  return [finding('no-scoring', 'warning', { file }, `${items.length} items and no score that a program could compute${prose}`)]
}

/** One missing answer leaves no score, or a short total that looks like a real one. A rule with a minimum of answers is only noted. */
export const missingAnswers: LintRule = ({ scales }) =>
  scales.flatMap(({ name, where, missing, minimumAnswered, missingSaid, terms }) => {
    const hasMinimum = minimumAnswered !== null && minimumAnswered > 1
    if (missing === 'prorate' && hasMinimum) return []
    const from = minimumAnswered === null ? '' : `, from ${minimumAnswered} of ${terms.length} answers on`
    return [
      finding(
        'missing-answers',
        hasMinimum ? 'note' : 'warning',
        where,
        `${name}: ${missingSaid ?? 'says nothing of missing answers'}${from}`,
        'a minimum of answered items and what stands for a missing one',
      ),
    ]
  })

/** A total that also adds what is no item of the scale: a date, a duration, another total, a question with another list of answers. */
export const nonItemsAdded: LintRule = (foreign) =>
  foreign.scales.flatMap((scale) => {
    const { name, where, strays, terms } = scale
    const items = itemsByName(foreign)
    const lists = terms.map(({ item }) => JSON.stringify(items.get(item)?.options.map(({ value, words }) => [value, anyWords(words)])))
    const counts = new Map<string, number>()
    for (const list of lists) counts.set(list, (counts.get(list) ?? 0) + 1)
    const [common] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? []
    const odd = terms.filter((_, position) => lists[position] !== common).map(({ item }) => item)
    const say = (severity: Finding['severity'], what: string, allowed: string) => finding('non-items-added', severity, where, what, allowed)
    return [
      ...(strays.length > 0
        ? [say('error', `${name} adds ${listed(strays)}, which is no item with coded answers`, 'items of the scale')]
        : []),
      ...(odd.length > 0 && odd.length * 4 <= terms.length
        ? [
            say(
              'warning',
              `${name} adds ${listed(odd)}, whose answers are another list than those of the other items`,
              'items that share one list of answers',
            ),
          ]
        : []),
    ]
  })

/** The file states the range of a total, and the items cannot reach it or go beyond it. */
export const statedRange: LintRule = (foreign) =>
  foreign.scales.flatMap((scale) => {
    const reach = reachable(foreign, scale)
    const { statedRange: stated, name, where } = scale
    if (!reach || !stated || (stated.from === reach.from && stated.to === reach.to)) return []
    return [
      finding(
        'stated-range',
        'warning',
        where,
        `${name}: is said to lie from ${range(stated)}, while its items reach ${range(reach)}`,
        range(reach),
      ),
    ]
  })

/** Items point both ways and the key reverses none. A heuristic: a person looks. */
export const noReversedItem: LintRule = (foreign) =>
  foreign.scales.flatMap(({ name, terms, where }) => {
    if (terms.length < 3 || terms.some(({ reversed }) => reversed)) return []
    const items = itemsByName(foreign)
    const directions = terms.map(({ item }) => {
      const found = items.get(item)
      return { item, direction: found ? wordingDirection(found) * (optionDirection(found.options) || 1) : 0 }
    })
    const pointing = (way: number) => directions.filter(({ direction }) => direction === way).map(({ item }) => item)
    const [good, bad] = [pointing(1), pointing(-1)]
    if (good.length === 0 || bad.length === 0) return []
    const fewer = good.length <= bad.length ? good : bad
    return [
      finding(
        'no-reversed-item',
        'warning',
        where,
        `${name}: no item is reversed, although ${listed(fewer)} seems to point the other way than the rest`,
      ),
    ]
  })

const inferredDirection = (foreign: Foreign, { terms }: ForeignScale): -1 | 0 | 1 => {
  const items = itemsByName(foreign)
  const votes = terms.map(({ item, reversed }) => {
    const found = items.get(item)
    return found ? wordingDirection(found) * optionDirection(found.options) * (reversed ? -1 : 1) : 0
  })
  const [good, bad] = [votes.filter((vote) => vote > 0).length, votes.filter((vote) => vote < 0).length]
  if (good + bad < 2 || Math.max(good, bad) < 3 * Math.min(good, bad)) return 0
  return good > bad ? 1 : -1
}

/** The answers run the other way than the score: listed from high to low, or a key whose high scores mean the opposite of what is said. */
export const optionOrderOpposite: LintRule = (foreign) => [
  ...foreign.scales.flatMap((scale) => {
    const [stated, inferred] = [statedDirection(scale.description), inferredDirection(foreign, scale)]
    if (stated === 0 || inferred === 0 || stated === inferred) return []
    const say = (direction: number) => (direction === 1 ? 'better' : 'worse')
    return [
      finding(
        'option-order-opposite',
        'error',
        scale.where,
        `${scale.name}: high scores are said to be ${say(stated)}, but with these answers and this key they are ${say(inferred)}`,
        'options and key that run the way the description says',
      ),
    ]
  }),
  ...foreign.items
    .filter(({ options }) => {
      const values = options.map(({ value }) => value)
      return values.length > 2 && values.every((value, position) => value !== null && (position === 0 || value < values[position - 1]!))
    })
    .slice(0, 1)
    .map((item) =>
      finding(
        'option-order-opposite',
        'note',
        item.where,
        `${item.name}: its answers are listed from ${valueRange(item)!.to} down to ${valueRange(item)!.from}, opposite to the scoring`,
      ),
    ),
]

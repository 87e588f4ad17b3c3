/** Rules about scores: what is added, onto which metric, and where the cut-offs lie. One function a rule. */
import { type Finding, finding } from './finding.ts'
import { type Foreign, type ForeignScale, reachable, type Threshold, valueRange } from './foreign.ts'
import { optionDirection, statedDirection, wordingDirection } from './polarity.ts'
import { anyWords, bandsInProse } from './words.ts'

export type LintRule = (foreign: Foreign) => readonly Finding[]

const range = ({ from, to }: { readonly from: number; readonly to: number }) => `${Number(from.toFixed(4))} to ${Number(to.toFixed(4))}`
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
export const nonItemsAdded: LintRule = ({ scales, items }) =>
  scales.flatMap((scale) => {
    const { name, where, strays, terms } = scale
    const lists = terms.map(({ item }) =>
      JSON.stringify(items.find((candidate) => candidate.name === item)?.options.map(({ value, words }) => [value, anyWords(words)])),
    )
    const common = lists.toSorted(
      (one, other) => lists.filter((each) => each === other).length - lists.filter((each) => each === one).length,
    )[0]
    const odd = terms.filter((_, position) => lists[position] !== common).map(({ item }) => item)
    return [
      ...(strays.length > 0
        ? [
            finding(
              'non-items-added',
              'error',
              where,
              `${name} adds ${listed(strays)}, which is no item with coded answers`,
              'items of the scale',
            ),
          ]
        : []),
      ...(odd.length > 0 && odd.length * 4 <= terms.length
        ? [
            finding(
              'non-items-added',
              'warning',
              where,
              `${name} adds ${listed(odd)}, whose answers are another list than those of the other items`,
              'items that share one list of answers',
            ),
          ]
        : []),
    ]
  })

const numbersOf = (thresholds: readonly Threshold[]) => thresholds.flatMap(({ from, to }) => [from, ...(Number.isFinite(to) ? [to] : [])])

/** A gap, an overlap or an end in the wrong place. Checked in the bands of the file and, as a warning, in bands told in prose. */
const tiling = (bands: readonly Threshold[], reach: { readonly from: number; readonly to: number }, step: number): readonly string[] => {
  const rising = bands.toSorted((left, right) => left.from - right.from)
  const [first, last] = [rising[0], rising.at(-1)]
  if (!first || !last) return []
  const open = (to: number) => (Number.isFinite(to) ? to : reach.to)
  return [
    ...(first.from > reach.from ? [`${range({ from: reach.from, to: first.from - step })} lies in no band`] : []),
    ...(first.from < reach.from ? [`begins at ${first.from}, which no score reaches`] : []),
    ...(open(last.to) < reach.to ? [`${range({ from: last.to + step, to: reach.to })} lies in no band`] : []),
    ...(open(last.to) > reach.to ? [`ends at ${last.to}, which no score reaches`] : []),
    ...rising.slice(1).flatMap(({ from, label }, position) => {
      const before = rising[position]!
      if (from <= before.to) return [`${label} begins at ${from}, inside ${before.label}`]
      return step > 0 && from - before.to > step ? [`between ${before.to} and ${from} lies no band`] : []
    }),
  ]
}

const stepOf = ({ method, transform, terms }: ForeignScale) =>
  method === 'sum' && terms.every(({ weight }) => Number.isInteger(weight)) ? Math.abs(transform?.multiply ?? 1) : 0

/** Cut-offs that stand on another metric than the score: a score times 4 with cut-offs up to 25, or a cut-off that no score reaches. */
const isOtherMetric = (
  bands: readonly Threshold[],
  reach: { readonly from: number; readonly to: number },
  scale: ForeignScale,
): boolean => {
  const numbers = numbersOf(bands)
  if (numbers.length === 0) return false
  const highest = Math.max(...numbers)
  if (highest > reach.to || Math.min(...numbers) < reach.from - Math.max(1, stepOf(scale))) return true
  const multiply = Math.abs(scale.transform?.multiply ?? 1)
  return multiply > 1 && highest <= reach.to / multiply + 1e-9
}

export const thresholdsTile: LintRule = (foreign) =>
  foreign.scales.flatMap((scale) => {
    const reach = reachable(foreign, scale)
    if (!reach || isOtherMetric(scale.thresholds, reach, scale)) return []
    const written = tiling(scale.thresholds, reach, stepOf(scale))
    const prose = bandsInProse(scale.description)
    const told = prose.length > 1 && !isOtherMetric(prose, reach, scale) ? tiling(prose, reach, stepOf(scale)) : []
    const allowed = `bands that cover ${range(reach)} once`
    return [
      ...written.map((what) => finding('thresholds-do-not-tile', 'error', scale.where, `${scale.name}: ${what}`, allowed)),
      ...told.map((what) =>
        finding('thresholds-do-not-tile', 'warning', scale.where, `${scale.name}, bands told in prose: ${what}`, allowed),
      ),
    ]
  })

/** A sentence's cut-off, such as "Cutoff ≤52 (on 0–100 transformed scale)". */
const cutOffsInProse = (text: string): readonly number[] =>
  [...text.slice(0, 4000).matchAll(/(?:cut-?\s?offs?|threshold)(?: score)?(?: of)?\s{0,2}[≤≥<>=:]{0,2}\s{0,2}(\d{1,3})/gi)].map(
    ([, number]) => Number(number),
  )

export const cutOffsOnAnotherMetric: LintRule = (foreign) =>
  foreign.scales.flatMap((scale) => {
    const reach = reachable(foreign, scale)
    if (!reach) return []
    const allowed = `numbers from ${range(reach)}`
    const prose = bandsInProse(scale.description)
    const outside = cutOffsInProse(scale.description).filter((cut) => cut > reach.to + 1 || cut < reach.from)
    return [
      ...(isOtherMetric(scale.thresholds, reach, scale)
        ? [
            finding(
              'cut-offs-on-another-metric',
              'error',
              scale.where,
              `${scale.name}: bands from ${Math.min(...numbersOf(scale.thresholds))} to ${Math.max(...numbersOf(scale.thresholds))}, while the score reaches ${range(reach)}`,
              allowed,
            ),
          ]
        : []),
      ...(prose.length > 1 && isOtherMetric(prose, reach, scale)
        ? [
            finding(
              'cut-offs-on-another-metric',
              'warning',
              scale.where,
              `${scale.name}: the description tells bands up to ${Math.max(...numbersOf(prose))}, while the score reaches ${range(reach)}`,
              allowed,
            ),
          ]
        : []),
      ...outside.map((cut) =>
        finding(
          'cut-offs-on-another-metric',
          'warning',
          scale.where,
          `${scale.name}: the description tells a cut-off of ${cut}, while the score reaches ${range(reach)}`,
          allowed,
        ),
      ),
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
    const directions = terms.map(({ item }) => {
      const found = foreign.items.find((candidate) => candidate.name === item)
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
  const votes = terms.map(({ item, reversed }) => {
    const found = foreign.items.find((candidate) => candidate.name === item)
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

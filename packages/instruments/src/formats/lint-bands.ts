/** Rules about bands and cut-offs: whether they cover the score once, and whether they stand on its metric. One function a rule. */
import { finding } from './finding.ts'
import { type ForeignScale, reachable, type Threshold } from './foreign.ts'
import { type LintRule, range } from './lint-scores.ts'
import { bandsInProse } from './words.ts'

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

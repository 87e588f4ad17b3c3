import { type NotEstimable, notEstimable } from '../result.ts'

type ChangeClass = 'recovered' | 'improved' | 'unchanged' | 'worse'
export type ReliableChange = {
  readonly kind: 'estimated'
  readonly method: 'jacobson-truax'
  /** change (after − before) in standard errors of the difference, pupil by pupil */
  readonly index: readonly number[]
  readonly class: readonly ChangeClass[]
  readonly counts: Readonly<Record<ChangeClass, number>>
  readonly standardErrorOfMeasurement: number
  readonly standardErrorOfDifference: number
  /** the smallest change, in points, that is reliable */
  readonly smallestReliableChange: number
  readonly cutOff: number | null
  readonly limit: number
  readonly n: number
}
export type ReliableChangePlan = {
  readonly reliability: number
  readonly standardDeviation: number
  readonly better: 'lower' | 'higher'
  /** with it, a reliable improvement that crosses it is a recovery; see cutOffC */
  readonly cutOff?: number
  /** of the index, 1.96 as published unless named */
  readonly limit?: number
}

/** Jacobson and Truax's cut-off c: where a score is as near to one population as to the other, each in its own standard deviations. */
export const cutOffC = (
  distressed: { readonly mean: number; readonly standardDeviation: number },
  wellbeing: { readonly mean: number; readonly standardDeviation: number },
): number =>
  (distressed.standardDeviation * wellbeing.mean + wellbeing.standardDeviation * distressed.mean) /
  (distressed.standardDeviation + wellbeing.standardDeviation)

/**
 * Which pupils changed by more than the scale's error of measurement, and which of them crossed a cut-off. A count for groups.
 * Not a diagnosis, and not a proof of recovery in one pupil: 5% of unchanged pupils are expected beyond the limits. Not with a reliability from elsewhere.
 * @param before @param after scores pair by pair; @param plan reliability 0 to below 1, the standard deviation before, which direction is better
 * @returns index and class of each pupil; not-estimable without pairs. Throws when lengths differ or the plan is out of range.
 * Source: Jacobson & Truax 1991, doi:10.1037/0022-006X.59.1.12. Example: reliableChange([20], [10], { reliability: 0.9, standardDeviation: 5, better: 'lower' }).class is ['improved']
 */
export const reliableChange = (
  before: readonly number[],
  after: readonly number[],
  plan: ReliableChangePlan,
): ReliableChange | NotEstimable => {
  const { reliability, standardDeviation, better, cutOff = null, limit = 1.96 } = plan
  if (before.length !== after.length) throw new Error(`reliableChange requires pairs, got ${before.length} and ${after.length} values`)
  if (!(reliability >= 0 && reliability < 1)) throw new Error(`reliableChange requires a reliability from 0 to below 1, got ${reliability}`)
  if (!(standardDeviation > 0)) throw new Error(`reliableChange requires a standard deviation above 0, got ${standardDeviation}`)
  if (before.length === 0) return notEstimable('too-few-values')
  const standardErrorOfMeasurement = standardDeviation * Math.sqrt(1 - reliability)
  const standardErrorOfDifference = Math.SQRT2 * standardErrorOfMeasurement
  const sign = better === 'higher' ? 1 : -1
  const index = before.map((score, pair) => (after[pair]! - score) / standardErrorOfDifference)
  const crossed = (pair: number) => cutOff !== null && sign * (before[pair]! - cutOff) < 0 && sign * (after[pair]! - cutOff) >= 0
  const classes = index.map((value, pair): ChangeClass => {
    if (Math.abs(value) <= limit) return 'unchanged'
    return sign * value < 0 ? 'worse' : crossed(pair) ? 'recovered' : 'improved'
  })
  const count = (name: ChangeClass) => classes.filter((one) => one === name).length
  return {
    kind: 'estimated',
    method: 'jacobson-truax',
    index,
    class: classes,
    counts: { recovered: count('recovered'), improved: count('improved'), unchanged: count('unchanged'), worse: count('worse') },
    standardErrorOfMeasurement,
    standardErrorOfDifference,
    smallestReliableChange: limit * standardErrorOfDifference,
    cutOff,
    limit,
    n: before.length,
  }
}

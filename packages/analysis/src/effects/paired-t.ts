import { spread } from '../describe.ts'
import { type Estimate, type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { noncentralInterval } from './noncentral-interval.ts'
import { studentEstimate } from './student-estimate.ts'

export type PairedT = Estimate & {
  readonly kind: 'estimated'
  readonly method: 'paired-t'
  readonly n: number
  readonly standardDeviation: number
  /** d_z: the mean change divided by the standard deviation of the changes. Not comparable with a between-arm d. */
  readonly dz: { readonly estimate: number; readonly interval: Interval; readonly standardisedBy: 'standard-deviation-of-change' }
}

/**
 * The mean change (after − before) of the same pupils, with its test, interval and d_z.
 * Not evidence that a programme works: without a control arm, time and regression to the mean change scores too.
 * @param before @param after values of equal length in one unit, pair by pair, at least two; @param level of the intervals
 * @returns the change in that unit; not-estimable with fewer than two pairs or when every change is equal. Throws when the lengths differ.
 * Source: Student 1908, doi:10.1093/biomet/6.1.1; d_z: Cohen 1988, interval by the noncentral t. Example: pairedT([3, 5, 8], [2, 5, 4]).estimate is −1.666…
 */
export const pairedT = (before: readonly number[], after: readonly number[], level = 0.95): PairedT | NotEstimable => {
  if (before.length !== after.length) throw new Error(`pairedT requires pairs, got ${before.length} and ${after.length} values`)
  const change = spread(after.map((value, pair) => value - before[pair]!))
  if (!change) return notEstimable('too-few-values')
  if (change.variance === 0) return notEstimable('no-variation')
  const { n, mean, variance } = change
  const result = studentEstimate(mean, Math.sqrt(variance / n), n - 1, level)
  const limits = noncentralInterval(result.statistic, n - 1, level)
  const dz = {
    estimate: mean / Math.sqrt(variance),
    interval: { lower: limits.lower / Math.sqrt(n), upper: limits.upper / Math.sqrt(n), level },
    standardisedBy: 'standard-deviation-of-change' as const,
  }
  return { kind: 'estimated', method: 'paired-t', n, standardDeviation: Math.sqrt(variance), ...result, dz }
}

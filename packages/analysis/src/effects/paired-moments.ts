import { spread } from '../describe.ts'
import { type NotEstimable, notEstimable } from '../result.ts'

/** What every effect of paired values is made of: both spreads, the spread of the change, and how before and after go together. */
export type PairedMoments = {
  readonly kind: 'estimated'
  readonly n: number
  readonly change: number
  readonly changeVariance: number
  readonly before: number
  readonly after: number
  readonly covariance: number
  readonly correlation: number
}

/** Moments of pairs; `before` and `after` are variances. Not-estimable with fewer than two pairs or when either side does not vary. */
export const pairedMoments = (before: readonly number[], after: readonly number[]): PairedMoments | NotEstimable => {
  if (before.length !== after.length) throw new Error(`pairedMoments requires pairs, got ${before.length} and ${after.length} values`)
  const [first, second] = [spread(before), spread(after)]
  const changes = spread(after.map((value, pair) => value - before[pair]!))
  if (!first || !second || !changes) return notEstimable('too-few-values')
  if (first.variance === 0 || second.variance === 0) return notEstimable('no-variation')
  let products = 0
  for (const [pair, value] of before.entries()) products += (value - first.mean) * (after[pair]! - second.mean)
  const covariance = products / (first.n - 1)
  return {
    kind: 'estimated',
    n: first.n,
    change: changes.mean,
    changeVariance: changes.variance,
    before: first.variance,
    after: second.variance,
    covariance,
    correlation: Math.max(-1, Math.min(1, covariance / Math.sqrt(first.variance * second.variance))),
  }
}

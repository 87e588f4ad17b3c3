import { normal, normalQuantile } from '../distributions/normal.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { medianAndLimits } from './pair-order.ts'
import { exactLimits, rankSumChances, twoSidedTail } from './rank-sum-distribution.ts'
import { ranksOf, tieSum } from './ranks.ts'

/** Hodges and Lehmann's estimate of a shift with its interval, in the unit of the values; `coverage` is what an exact interval covers, null for an approximate one. */
export type Shift = { readonly estimate: number; readonly interval: Interval; readonly coverage: number | null }
export type RankSum = {
  readonly kind: 'estimated'
  readonly method: 'wilcoxon-rank-sum-exact' | 'wilcoxon-rank-sum-normal-approximation'
  /** W (Mann-Whitney U of the first sample) */
  readonly statistic: number
  /** two-sided, by `method` */
  readonly p: number
  /** by the normal approximation with tie and continuity correction, whatever the method */
  readonly approximateP: number
  /** the share of pairs in which the first exceeds the second, ties counted half */
  readonly superiority: number
  /** the median of all differences first − second */
  readonly shift: Shift
  readonly n: readonly [number, number]
}

const ascending = (values: readonly number[]): Float64Array => Float64Array.from(values).sort()

const shiftOf = (first: readonly number[], second: readonly number[], chances: Float64Array | null, level: number): Shift => {
  const [a, b] = [first.length, second.length]
  const pairs = { a: ascending(first), b: ascending(second.map((value) => -value)), half: false }
  const exact = chances && exactLimits(chances, level)
  const rejected = (a * b) / 2 - 0.5 - normalQuantile((1 - level) / 2, 'upper') * Math.sqrt((a * b * (a + b + 1)) / 12)
  const { estimate, lower, upper } = medianAndLimits(pairs, exact?.place ?? Math.max(1, Math.floor(rejected) + 1))
  return { estimate, interval: { lower, upper, level }, coverage: exact?.coverage ?? null }
}

/**
 * Wilcoxon's rank sum (Mann-Whitney) test of two independent samples, with the shift between them: exact below 50 values a sample without ties, as in R;
 * else the normal approximation with tie and continuity correction. Not for pupils of several schools as the main result. Not a test of medians, and the
 * shift no more than a summary, unless the two distributions have one shape.
 * @param first @param second values in one unit, at least one each; @param level of the interval of the shift
 * @returns W, its two-sided p and the probability of superiority; not-estimable without values or when all are equal
 * Source: Mann & Whitney 1947, doi:10.1214/aoms/1177730491; Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172. Example: rankSum([1, 5], [2, 3]).statistic is 2
 */
export const rankSum = (first: readonly number[], second: readonly number[], level = 0.95): RankSum | NotEstimable => {
  const [a, b] = [first.length, second.length]
  if (a === 0 || b === 0) return notEstimable('too-few-values')
  const { ranks, ties } = ranksOf([...first, ...second])
  const total = a + b
  const variance = ((a * b) / 12) * (total + 1 - tieSum(ties) / (total * (total - 1)))
  if (!(variance > 0)) return notEstimable('no-variation')
  const statistic = ranks.slice(0, a).reduce((sum, rank) => sum + rank, 0) - (a * (a + 1)) / 2
  const distance = Math.abs(statistic - (a * b) / 2)
  const approximateP = Math.min(1, 2 * normal((distance - Math.sign(distance) * 0.5) / Math.sqrt(variance)).upper)
  const chances = a < 50 && b < 50 && ties.length === 0 ? rankSumChances(a, b) : null
  return {
    kind: 'estimated',
    method: chances ? 'wilcoxon-rank-sum-exact' : 'wilcoxon-rank-sum-normal-approximation',
    statistic,
    p: chances ? twoSidedTail(chances, statistic) : approximateP,
    approximateP,
    superiority: statistic / (a * b),
    shift: shiftOf(first, second, chances, level),
    n: [a, b],
  }
}

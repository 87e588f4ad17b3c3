import { normal } from '../distributions/normal.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { ranksOf, tieSum } from './ranks.ts'

export type RankSum = {
  readonly kind: 'estimated'
  readonly method: 'wilcoxon-rank-sum-normal-approximation'
  /** W (Mann-Whitney U of the first sample) */
  readonly statistic: number
  readonly p: number
  /** the share of pairs in which the first exceeds the second, ties counted half */
  readonly superiority: number
  readonly n: readonly [number, number]
}

/**
 * Wilcoxon's rank sum (Mann-Whitney) test of two independent samples, by the normal approximation with tie and continuity correction, as in R.
 * Not for pupils of several schools as the main result. Not a test of medians unless the two distributions have one shape. Rough below ten values an arm.
 * @param first @param second values in one unit, at least one each
 * @returns W, its two-sided p and the probability of superiority; not-estimable without values or when all are equal
 * Source: Mann & Whitney 1947, doi:10.1214/aoms/1177730491. Example: rankSum([1, 5], [2, 3]).statistic is 2
 */
export const rankSum = (first: readonly number[], second: readonly number[]): RankSum | NotEstimable => {
  const [a, b] = [first.length, second.length]
  if (a === 0 || b === 0) return notEstimable('too-few-values')
  const { ranks, ties } = ranksOf([...first, ...second])
  const total = a + b
  const variance = ((a * b) / 12) * (total + 1 - tieSum(ties) / (total * (total - 1)))
  if (!(variance > 0)) return notEstimable('no-variation')
  const statistic = ranks.slice(0, a).reduce((sum, rank) => sum + rank, 0) - (a * (a + 1)) / 2
  const distance = Math.abs(statistic - (a * b) / 2)
  return {
    kind: 'estimated',
    method: 'wilcoxon-rank-sum-normal-approximation',
    statistic,
    p: Math.min(1, 2 * normal((distance - Math.sign(distance) * 0.5) / Math.sqrt(variance)).upper),
    superiority: statistic / (a * b),
    n: [a, b],
  }
}

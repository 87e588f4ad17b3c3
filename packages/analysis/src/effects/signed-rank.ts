import { normal } from '../distributions/normal.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { ranksOf, tieSum } from './ranks.ts'

export type SignedRank = {
  readonly kind: 'estimated'
  readonly method: 'wilcoxon-signed-rank-exact' | 'wilcoxon-signed-rank-normal-approximation'
  /** V, the sum of the ranks of the rises */
  readonly statistic: number
  readonly p: number
  /** (rises − falls) of the rank sum, −1 to 1 */
  readonly rankBiserial: number
  readonly n: number
  readonly unchanged: number
}

/** How many of the 2ⁿ sign patterns give each rank sum. Whole numbers, exact below n = 53. */
const signPatterns = (n: number): readonly number[] => {
  const counts = new Array<number>((n * (n + 1)) / 2 + 1).fill(0)
  counts[0] = 1
  for (let rank = 1, reach = 0; rank <= n; rank += 1) {
    reach += rank
    for (let sum = reach; sum >= rank; sum -= 1) counts[sum]! += counts[sum - rank]!
  }
  return counts
}

/** Twice the smaller tail. The distribution is symmetric, so the upper tail is the lower one of the mirrored sum. */
const exactP = (statistic: number, n: number): number => {
  const smaller = Math.min(statistic, (n * (n + 1)) / 2 - statistic)
  const patterns = signPatterns(n)
  let tail = 0
  for (let sum = 0; sum <= smaller; sum += 1) tail += patterns[sum]!
  return Math.min(1, (2 * tail) / 2 ** n)
}

const approximateP = (statistic: number, n: number, ties: readonly number[]): number => {
  const distance = Math.abs(statistic - (n * (n + 1)) / 4)
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieSum(ties) / 48
  return Math.min(1, 2 * normal((distance - Math.sign(distance) * 0.5) / Math.sqrt(variance)).upper)
}

/**
 * Wilcoxon's signed rank test of a change (after − before) that need not be normal. Exact below 50 changed pairs without ties or unchanged pairs;
 * else the normal approximation with tie and continuity correction, as in R. Unchanged pairs are left out.
 * Not a test of means: it asks whether the changes are symmetric about zero. Not evidence that a programme works.
 * @param before @param after values pair by pair in one unit
 * @returns V, its two-sided p and the matched-pairs rank-biserial correlation; not-estimable when no pair changed. Throws when the lengths differ.
 * Source: Wilcoxon 1945, doi:10.2307/3001968; Kerby 2014, doi:10.2466/11.IT.3.1. Example: signedRank([1, 2, 3, 4], [3, 3, 6, 8]).p is 0.125
 */
export const signedRank = (before: readonly number[], after: readonly number[]): SignedRank | NotEstimable => {
  if (before.length !== after.length) throw new Error(`signedRank requires pairs, got ${before.length} and ${after.length} values`)
  const changes = after.map((value, pair) => value - before[pair]!).filter((change) => change !== 0)
  const n = changes.length
  if (before.length === 0) return notEstimable('too-few-values')
  if (n === 0) return notEstimable('no-variation')
  const { ranks, ties } = ranksOf(changes.map(Math.abs))
  const statistic = ranks.reduce((sum, rank, pair) => (changes[pair]! > 0 ? sum + rank : sum), 0)
  const unchanged = before.length - n
  const exact = n < 50 && ties.length === 0 && unchanged === 0
  return {
    kind: 'estimated',
    method: exact ? 'wilcoxon-signed-rank-exact' : 'wilcoxon-signed-rank-normal-approximation',
    statistic,
    p: exact ? exactP(statistic, n) : approximateP(statistic, n, ties),
    rankBiserial: (4 * statistic) / (n * (n + 1)) - 1,
    n,
    unchanged,
  }
}

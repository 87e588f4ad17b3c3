import { normal, normalQuantile } from '../distributions/normal.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { medianAndLimits, pairCount } from './pair-order.ts'
import type { Shift } from './rank-sum.ts'
import { exactLimits, twoSidedTail } from './rank-sum-distribution.ts'
import { ranksOf, tieSum } from './ranks.ts'

export type SignedRank = {
  readonly kind: 'estimated'
  readonly method: 'wilcoxon-signed-rank-exact' | 'wilcoxon-signed-rank-normal-approximation'
  /** V, the sum of the ranks of the rises */
  readonly statistic: number
  readonly p: number
  /** by the normal approximation with tie and continuity correction, whatever the method */
  readonly approximateP: number
  /** the pseudomedian: the median of the means of all pairs of changes, unchanged pupils among them */
  readonly shift: Shift
  /** (rises − falls) of the rank sum, −1 to 1 */
  readonly rankBiserial: number
  readonly n: number
  readonly unchanged: number
}

/** The chance of each rank sum when rises and falls are equally likely: all 2ⁿ sign patterns, one rank after the other. */
const signChances = (n: number): Float64Array => {
  const chances = new Float64Array((n * (n + 1)) / 2 + 1)
  chances[0] = 1
  for (let rank = 1, reach = 0; rank <= n; rank += 1) {
    reach += rank
    for (let sum = reach; sum >= 0; sum -= 1) chances[sum] = (chances[sum]! + (sum >= rank ? chances[sum - rank]! : 0)) / 2
  }
  return chances
}

const shiftOf = (changes: readonly number[], chances: Float64Array | null, level: number): Shift => {
  const halves = Float64Array.from(changes, (change) => change / 2).sort() // a mean of two is a sum of their halves, to the last digit
  const pairs = { a: halves, b: halves, half: true }
  const [n, exact] = [changes.length, chances && exactLimits(chances, level)]
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
  const rejected = pairCount(pairs) / 2 - 0.5 - normalQuantile((1 - level) / 2, 'upper') * spread
  const { estimate, lower, upper } = medianAndLimits(pairs, exact?.place ?? Math.max(1, Math.floor(rejected) + 1))
  return { estimate, interval: { lower, upper, level }, coverage: exact?.coverage ?? null }
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
 * @param before @param after values pair by pair in one unit; @param level of the interval of the pseudomedian
 * @returns V, its two-sided p and the matched-pairs rank-biserial correlation; not-estimable when no pair changed. Throws when the lengths differ.
 * Source: Wilcoxon 1945, doi:10.2307/3001968; Kerby 2014, doi:10.2466/11.IT.3.1; Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172.
 * Example: signedRank([1, 2, 3, 4], [3, 3, 6, 8]).p is 0.125
 */
export const signedRank = (before: readonly number[], after: readonly number[], level = 0.95): SignedRank | NotEstimable => {
  if (before.length !== after.length) throw new Error(`signedRank requires pairs, got ${before.length} and ${after.length} values`)
  const all = after.map((value, pair) => value - before[pair]!)
  const changes = all.filter((change) => change !== 0)
  const n = changes.length
  if (before.length === 0) return notEstimable('too-few-values')
  if (n === 0) return notEstimable('no-variation')
  const { ranks, ties } = ranksOf(changes.map(Math.abs))
  const statistic = ranks.reduce((sum, rank, pair) => (changes[pair]! > 0 ? sum + rank : sum), 0)
  const unchanged = before.length - n
  const chances = n < 50 && ties.length === 0 && unchanged === 0 ? signChances(n) : null
  const approximate = approximateP(statistic, n, ties)
  return {
    kind: 'estimated',
    method: chances ? 'wilcoxon-signed-rank-exact' : 'wilcoxon-signed-rank-normal-approximation',
    statistic,
    p: chances ? twoSidedTail(chances, statistic) : approximate,
    approximateP: approximate,
    shift: shiftOf(all, chances, level),
    rankBiserial: (4 * statistic) / (n * (n + 1)) - 1,
    n,
    unchanged,
  }
}

import { chiSquared } from '../distributions/chi-squared.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { refusal } from './estimable.ts'
import { devianceWithoutSchools, leastDeviance, pool } from './profile.ts'
import type { SchoolSums } from './school-sums.ts'

export type LikelihoodRatio = {
  readonly kind: 'estimated'
  readonly method: 'likelihood-ratio-ml'
  readonly statistic: number
  readonly df: number
  readonly p: number
}

const tested = (smaller: number, larger: number, df: number, share = 1): LikelihoodRatio => {
  const statistic = Math.max(0, smaller - larger)
  return { kind: 'estimated', method: 'likelihood-ratio-ml', statistic, df, p: share * chiSquared(statistic, df).upper }
}

const without = (sums: readonly SchoolSums[], dropped: ReadonlySet<number>): readonly SchoolSums[] => {
  const kept = (_: unknown, place: number) => !dropped.has(place)
  return sums.map(({ school, n, means, centred }) => ({
    school,
    n,
    means: means.filter(kept),
    centred: centred.filter(kept).map((row) => row.filter(kept)),
  }))
}

/**
 * The likelihood-ratio test of some columns of a random-intercept model: both models by ML, twice the difference against chi-squared.
 * For many clusters; with few of them it finds too much, and Kenward-Roger's test is the better one. From the sums alone.
 * @param dropped places of the tested columns among the covariates. Not-estimable where the larger model is. Throws when a place is not a covariate.
 * Source: Pinheiro & Bates 2000, doi:10.1007/b98882, 2.4. Example: likelihoodRatio(sums, [0]).p
 */
export const likelihoodRatio = (sums: readonly SchoolSums[], dropped: readonly number[]): LikelihoodRatio | NotEstimable => {
  const covariates = (sums[0]?.means.length ?? 1) - 1
  if (dropped.length === 0 || dropped.some((place) => place < 0 || place >= covariates))
    throw new Error(`likelihoodRatio requires places of 0 to ${covariates - 1}`)
  const pooled = pool(sums)
  const refused = refusal(pooled)
  if (refused) return refused
  const larger = leastDeviance(pooled, 'ML')
  const smaller = leastDeviance(pool(without(sums, new Set(dropped))), 'ML')
  return larger && smaller ? tested(smaller.deviance, larger.deviance, dropped.length) : notEstimable('collinear')
}

/**
 * The likelihood-ratio test of the cluster variance, by ML: half of chi-squared with one df, for a variance cannot be below zero.
 * Source: Self & Liang 1987, doi:10.1080/01621459.1987.10478472. Example: clusterVarianceTest(sums).p
 */
export const clusterVarianceTest = (sums: readonly SchoolSums[]): LikelihoodRatio | NotEstimable => {
  const pooled = pool(sums)
  const refused = refusal(pooled)
  if (refused) return refused
  const [best, none] = [leastDeviance(pooled, 'ML'), devianceWithoutSchools(pooled, 'ML')]
  return best && none !== null ? tested(none, best.deviance, 1, 0.5) : notEstimable('collinear')
}

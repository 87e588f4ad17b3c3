import { describe } from '../describe.ts'
import { fisherF, fisherFQuantile } from '../distributions/fisher-f.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'

export type IntraclassCorrelation = {
  readonly kind: 'estimated'
  readonly method: 'one-way-anova'
  readonly estimate: number
  readonly interval: Interval
  readonly statistic: number
  readonly df: readonly [number, number]
  readonly p: number
  readonly betweenMeanSquare: number
  readonly withinMeanSquare: number
  /** n₀, the size of school that stands for the unequal ones */
  readonly averageSize: number
  /** 1 + (m − 1) ICC with m the size of school of the average pupil; at least 1 */
  readonly designEffect: number
  readonly n: number
  readonly schools: number
}

/** Σ n²/N: the size of the school of the average pupil. With equal schools it is their size. */
const sizeForPupils = (sizes: readonly number[], n: number) => sizes.reduce((sum, size) => sum + size * size, 0) / n

/**
 * ICC(1): how much more alike pupils of one school (or class) are than pupils of different ones, with its interval and the design effect that follows.
 * Not for pupils of two arms whose means differ: subtract the arm's mean first, or take the ICC of the model. Not for two raters of one pupil: see raterAgreement.
 * @param groups the values of each school; empty ones are left out; @param level of the interval
 * @returns −1/(n₀ − 1) to 1, below 0 when schools differ less than chance would have them; not-estimable with fewer than two schools, no school of two, or no variation within
 * Source: Donner 1986, doi:10.2307/1403259; interval: Searle 1971, exact for equal sizes. Example: intraclassCorrelation([[1, 2], [4, 5]]).estimate is 0.8947…
 */
export const intraclassCorrelation = (groups: readonly (readonly number[])[], level = 0.95): IntraclassCorrelation | NotEstimable => {
  const filled = groups.filter((values) => values.length > 0)
  const offset = filled[0]?.[0] ?? 0
  const schools = filled.map((values) => describe(values.map((value) => value - offset)))
  const n = schools.reduce((sum, school) => sum + school.n, 0)
  const df = [schools.length - 1, n - schools.length] as const
  if (df[0] < 1) return notEstimable('too-few-schools')
  if (df[1] < 1) return notEstimable('too-few-values')
  const mean = schools.reduce((sum, school) => sum + school.n * school.mean!, 0) / n
  const betweenMeanSquare = schools.reduce((sum, school) => sum + school.n * (school.mean! - mean) ** 2, 0) / df[0]
  const withinMeanSquare = schools.reduce((sum, school) => sum + (school.n - 1) * (school.standardDeviation ?? 0) ** 2, 0) / df[1]
  if (!(withinMeanSquare > 0)) return notEstimable('no-variation-within-schools')
  const forPupils = sizeForPupils(
    schools.map((school) => school.n),
    n,
  )
  const averageSize = (n - forPupils) / df[0]
  const correlation = (ratio: number) => (ratio - 1) / (ratio - 1 + averageSize)
  const statistic = betweenMeanSquare / withinMeanSquare
  const limit = (tail: 'lower' | 'upper') => correlation(statistic / fisherFQuantile((1 - level) / 2, df[0], df[1], tail))
  const estimate = correlation(statistic)
  return {
    kind: 'estimated',
    method: 'one-way-anova',
    estimate,
    interval: { lower: limit('upper'), upper: limit('lower'), level },
    statistic,
    df,
    p: fisherF(statistic, df[0], df[1]).upper,
    betweenMeanSquare,
    withinMeanSquare,
    averageSize,
    designEffect: 1 + (forPupils - 1) * Math.max(0, estimate),
    n,
    schools: schools.length,
  }
}

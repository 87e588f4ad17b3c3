import { spread } from '../describe.ts'
import { studentEstimate } from '../effects/student-estimate.ts'
import { type Estimate, type NotEstimable, notEstimable } from '../result.ts'

export type PooledEstimate = Estimate & {
  readonly kind: 'estimated'
  readonly method: 'rubin-barnard-rubin'
  readonly imputations: number
  readonly withinVariance: number
  readonly betweenVariance: number
  readonly totalVariance: number
  /** by how much missing values raise the variance */
  readonly relativeIncrease: number
  /** the share of the total variance that missing values make */
  readonly lambda: number
  readonly fractionMissing: number
}

/**
 * One estimate from the analyses of several imputed tables, by Rubin's rules with Barnard and Rubin's degrees of freedom.
 * Not for p-values, R² or correlations as they are: pool what is normal, on its scale. Not without differences between the imputations.
 * @param estimates with standard errors (> 0), one a table, two or more; @param completeDf of the analysis had nothing been missing; @param level of the interval
 * @returns in the unit of the estimates; not-estimable with fewer than two. Throws when a standard error is not above 0.
 * Source: Rubin 1987, doi:10.1002/9780470316696; Barnard & Rubin 1999, doi:10.1093/biomet/86.4.948.
 * Example: pooledEstimate([{ estimate: 1, standardError: 1 }, { estimate: 3, standardError: 1 }], 20).estimate is 2
 */
export const pooledEstimate = (
  estimates: readonly { readonly estimate: number; readonly standardError: number }[],
  completeDf: number,
  level = 0.95,
): PooledEstimate | NotEstimable => {
  const wrong = estimates.find(({ standardError }) => !(standardError > 0))
  if (wrong) throw new Error(`pooledEstimate requires standard errors above 0, got ${wrong.standardError}`)
  if (!(completeDf > 0)) throw new Error(`pooledEstimate requires df above 0, got ${completeDf}`)
  const found = spread(estimates.map(({ estimate }) => estimate))
  if (!found) return notEstimable('too-few-values')
  const { n: imputations, mean, variance: betweenVariance } = found
  const withinVariance = estimates.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / imputations
  const extra = (1 + 1 / imputations) * betweenVariance
  const totalVariance = withinVariance + extra
  const lambda = extra / totalVariance
  const observed = ((completeDf + 1) / (completeDf + 3)) * completeDf * (1 - lambda)
  const old = (imputations - 1) / lambda ** 2
  const df = lambda === 0 ? observed : completeDf === Number.POSITIVE_INFINITY ? old : 1 / (1 / old + 1 / observed)
  const relativeIncrease = extra / withinVariance
  return {
    kind: 'estimated',
    method: 'rubin-barnard-rubin',
    imputations,
    ...studentEstimate(mean, Math.sqrt(totalVariance), df, level),
    withinVariance,
    betweenVariance,
    totalVariance,
    relativeIncrease,
    lambda,
    fractionMissing: (relativeIncrease + 2 / (df + 3)) / (1 + relativeIncrease),
  }
}

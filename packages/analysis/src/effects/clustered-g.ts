import { twoSidedP } from '../distributions/student-t.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { studentEstimate } from './student-estimate.ts'

export type ClusteredG = {
  readonly kind: 'estimated'
  readonly method: 'cluster-corrected-g'
  readonly standardisedBy: 'total-standard-deviation'
  /** g times gamma: standardised by the total variance, schools included */
  readonly estimate: number
  readonly standardError: number
  readonly interval: Interval
  readonly gamma: number
  /** the degrees of freedom h that clustering leaves, and their small-sample correction 1 − 3/(4h − 1) */
  readonly df: number
  readonly dfCorrection: number
  readonly designEffect: number
  readonly uncorrectedStatistic: number
  readonly statistic: number
  readonly p: number
  readonly n: readonly [number, number]
  readonly schools: number
}
export type ClusteredGInput = {
  readonly g: number
  readonly n: readonly [number, number]
  readonly schools: number
  readonly intraclassCorrelation: number
}

/**
 * A standardised effect of pupils, corrected for their schools when only g, the counts and the ICC are known: estimate, standard error, t and df h.
 * Not when the rows are at hand: fit randomIntercept instead. Takes schools of about equal size, allocated whole.
 * @param input g by the pooled standard deviation of pupils, pupils by arm, schools in all, ICC from 0 to 1; @param level of the interval
 * @returns effect without unit; not-estimable without a pupil or a school more than arms, or when clustering leaves no df
 * Source: Hedges 2007, doi:10.3102/1076998606298043; What Works Clearinghouse Procedures Handbook 4.1, appendix E.
 * Example: clusteredG({ g: 0.3, n: [200, 200], schools: 20, intraclassCorrelation: 0.2 }).p is 0.1787…
 */
export const clusteredG = ({ g, n, schools, intraclassCorrelation: rho }: ClusteredGInput, level = 0.95): ClusteredG | NotEstimable => {
  if (!(rho >= 0 && rho <= 1)) throw new Error(`clusteredG requires an intraclass correlation from 0 to 1, got ${rho}`)
  const total = n[0] + n[1]
  if (n[0] < 1 || n[1] < 1 || total < 3) return notEstimable('too-few-values')
  if (schools < 3) return notEstimable('too-few-schools')
  const size = total / schools
  const free = total - 2 - 2 * (size - 1) * rho
  if (!(free > 0)) return notEstimable('too-few-schools')
  const others = total - 2 * size
  const df = free ** 2 / ((total - 2) * (1 - rho) ** 2 + size * others * rho ** 2 + 2 * others * rho * (1 - rho))
  const gamma = Math.sqrt(free / (total - 2))
  const designEffect = 1 + (size - 1) * rho
  const perUnit = total / (n[0] * n[1])
  const standardError = Math.sqrt(perUnit * designEffect + g ** 2 / (2 * df))
  const uncorrectedStatistic = g / Math.sqrt(perUnit + g ** 2 / (2 * total))
  const statistic = uncorrectedStatistic * Math.sqrt(free / ((total - 2) * designEffect))
  return {
    kind: 'estimated',
    method: 'cluster-corrected-g',
    standardisedBy: 'total-standard-deviation',
    estimate: g * gamma,
    standardError,
    interval: studentEstimate(g * gamma, standardError, df, level).interval,
    gamma,
    df,
    dfCorrection: 1 - 3 / (4 * df - 1),
    designEffect,
    uncorrectedStatistic,
    statistic,
    p: twoSidedP(statistic, df),
    n,
    schools,
  }
}

import { spread } from '../describe.ts'
import { stirlingError } from '../distributions/stirling.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { noncentralInterval } from './noncentral-interval.ts'

/**
 * Hedges' exact correction J(m) = Γ(m/2) / (√(m/2) Γ((m−1)/2)) for m >= 2 degrees of freedom; the common 1 − 3/(4m − 1) approximates it.
 * Throws below 2. Source: Hedges 1981, doi:10.3102/10769986006002107. Example: smallSampleCorrection(53) is 0.98577…
 */
export const smallSampleCorrection = (df: number): number => {
  if (!(df >= 2)) throw new Error(`smallSampleCorrection requires df of at least 2, got ${df}`)
  const a = df / 2
  return Math.exp((1 - a) * Math.log1p(-0.5 / a) - 0.5 + stirlingError(a) - stirlingError(a - 0.5))
}

export type HedgesG = {
  readonly kind: 'estimated'
  readonly method: 'hedges-g'
  readonly standardisedBy: 'pooled-standard-deviation'
  readonly estimate: number
  readonly interval: Interval
  readonly d: number
  readonly correction: number
  readonly standardDeviation: number
  readonly df: number
  readonly n: readonly [number, number]
}

/**
 * The difference of two independent means (first − second) in pooled standard deviations, freed of small-sample bias, with the exact noncentral-t interval.
 * Not when pupils come from several schools: the interval is then too narrow. Not for comparing scales whose spread the programme changed.
 * @param first @param second values in one unit, at least two each and three degrees of freedom or more in all are sensible; @param level of the interval
 * @returns g without unit; not-estimable with too few values or no variation
 * Source: Hedges 1981, doi:10.3102/10769986006002107. Example: hedgesG([1, 2, 3], [4, 6, 9]).estimate is −1.7838…
 */
export const hedgesG = (first: readonly number[], second: readonly number[], level = 0.95): HedgesG | NotEstimable => {
  const [a, b] = [spread(first), spread(second)]
  if (!a || !b) return notEstimable('too-few-values')
  const df = a.n + b.n - 2
  const standardDeviation = Math.sqrt(((a.n - 1) * a.variance + (b.n - 1) * b.variance) / df)
  if (standardDeviation === 0) return notEstimable('no-variation')
  const perUnit = Math.sqrt(1 / a.n + 1 / b.n)
  const d = (a.mean - b.mean) / standardDeviation
  const limits = noncentralInterval(d / perUnit, df, level)
  const correction = smallSampleCorrection(df)
  const scaled = (limit: number) => correction * perUnit * limit
  return {
    kind: 'estimated',
    method: 'hedges-g',
    standardisedBy: 'pooled-standard-deviation',
    estimate: correction * d,
    interval: { lower: scaled(limits.lower), upper: scaled(limits.upper), level },
    d,
    correction,
    standardDeviation,
    df,
    n: [a.n, b.n],
  }
}

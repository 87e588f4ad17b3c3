import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { noncentralInterval } from './noncentral-interval.ts'
import { pooledT } from './pooled-t.ts'

export type CohensD = {
  readonly kind: 'estimated'
  readonly method: 'cohens-d'
  readonly standardisedBy: 'pooled-standard-deviation'
  readonly estimate: number
  readonly interval: Interval
  readonly standardDeviation: number
  readonly df: number
  readonly n: readonly [number, number]
}

/**
 * The difference of two independent means (first − second) in pooled standard deviations, with the exact noncentral-t interval.
 * Too large in small samples: report hedgesG. Not when pupils come from several schools: the interval is then too narrow.
 * @param first @param second values in one unit, at least two each; @param level of the interval
 * @returns d without unit; not-estimable with too few values or no variation
 * Source: Cohen 1988; Steiger & Fouladi 1997. Example: cohensD([1, 2, 3], [4, 6, 9]).estimate is −2.2630…
 */
export const cohensD = (first: readonly number[], second: readonly number[], level = 0.95): CohensD | NotEstimable => {
  const test = pooledT(first, second, level)
  if (test.kind === 'not-estimable') return notEstimable(test.reason)
  const { standardDeviation, df, n } = test
  const perUnit = Math.sqrt(1 / n[0] + 1 / n[1])
  const limits = noncentralInterval(test.statistic, df, level)
  return {
    kind: 'estimated',
    method: 'cohens-d',
    standardisedBy: 'pooled-standard-deviation',
    estimate: test.estimate / standardDeviation,
    interval: { lower: perUnit * limits.lower, upper: perUnit * limits.upper, level },
    standardDeviation,
    df,
    n,
  }
}

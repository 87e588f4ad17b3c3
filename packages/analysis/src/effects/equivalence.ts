import { studentT } from '../distributions/student-t.ts'
import type { Estimate, Interval } from '../result.ts'
import { studentEstimate } from './student-estimate.ts'

export type Equivalence = {
  readonly kind: 'estimated'
  readonly method: 'two-one-sided-tests'
  readonly bounds: readonly [number, number]
  readonly lowerStatistic: number
  readonly lowerP: number
  readonly upperStatistic: number
  readonly upperP: number
  /** the larger of the two p-values: small means that the effect lies between the bounds */
  readonly p: number
  readonly df: number
  /** equivalence at `alpha` is this interval, at level 1 − 2 alpha, lying within the bounds */
  readonly interval: Interval
  readonly equivalent: boolean
}

/**
 * Two one-sided tests: is an effect small enough to be called none? Takes any estimate on Student's t: Welch, paired, or a model's coefficient.
 * Not to be run with bounds chosen after the data were seen. A p above 0.05 elsewhere is not equivalence, and a large p here is not a difference.
 * @param effect with its standard error and df; @param bounds in the unit of the effect, lower below upper; @param alpha of each test
 * Throws when the bounds are out of order. Source: Schuirmann 1987, doi:10.1007/BF01068419. Example: equivalence(effect, [-2, 2]).p
 */
export const equivalence = (effect: Estimate, bounds: readonly [number, number], alpha = 0.05): Equivalence => {
  const [lower, upper] = bounds
  if (!(lower < upper)) throw new Error(`equivalence requires a lower bound below the upper, got ${lower} and ${upper}`)
  const { estimate, standardError, df } = effect
  const [lowerStatistic, upperStatistic] = [(estimate - lower) / standardError, (estimate - upper) / standardError]
  const [lowerP, upperP] = [studentT(lowerStatistic, df).upper, studentT(upperStatistic, df).lower]
  const { interval } = studentEstimate(estimate, standardError, df, 1 - 2 * alpha)
  const p = Math.max(lowerP, upperP)
  return {
    kind: 'estimated',
    method: 'two-one-sided-tests',
    bounds,
    lowerStatistic,
    lowerP,
    upperStatistic,
    upperP,
    p,
    df,
    interval,
    equivalent: p < alpha,
  }
}

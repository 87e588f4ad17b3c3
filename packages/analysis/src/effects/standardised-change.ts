import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { smallSampleCorrection } from './hedges-g.ts'
import { noncentralInterval } from './noncentral-interval.ts'
import { normalInterval } from './normal-interval.ts'
import { pairedMoments } from './paired-moments.ts'

type Change = { readonly estimate: number; readonly corrected: number | null; readonly interval: Interval; readonly standardisedBy: string }
export type StandardisedChange = {
  readonly kind: 'estimated'
  readonly method: 'standardised-change'
  readonly n: number
  readonly df: number
  readonly change: number
  readonly correlation: number
  /** by the standard deviation of the changes; exact noncentral-t interval */
  readonly dz: Change
  /** d_z times √(2(1 − r)), comparable with a between-arm d; the interval of d_z, scaled, takes r as known */
  readonly drm: Change
  /** by the mean of the two standard deviations; large-sample interval */
  readonly dav: Change
  /** by the root mean square of the two standard deviations; large-sample interval */
  readonly dRootMeanSquare: Change
  /** by the standard deviation before (Becker); large-sample interval */
  readonly dBefore: Change
}

/**
 * The mean change (after − before) of the same pupils, told apart by the standard deviation that divides it: d_z, d_rm, d_av, Becker's d.
 * Not evidence that a programme works, and not to be mixed in one table: name the divisor. d_z is not comparable with a between-arm d.
 * @param before @param after values pair by pair in one unit, at least two pairs; @param level of the intervals
 * @returns effects without unit; `corrected` is multiplied by Hedges' exact J with n − 1 df (null below two df). Not-estimable with too few pairs or no variation.
 * Source: Lakens 2013, doi:10.3389/fpsyg.2013.00863; Becker 1988, doi:10.1111/j.2044-8317.1988.tb00901.x; large-sample variances: Bonett 2008,
 * doi:10.1037/1082-989X.13.2.99. Example: standardisedChange([3, 5, 8], [2, 5, 4]).dBefore.estimate is −0.6622…
 */
export const standardisedChange = (
  before: readonly number[],
  after: readonly number[],
  level = 0.95,
): StandardisedChange | NotEstimable => {
  const moments = pairedMoments(before, after)
  if (moments.kind === 'not-estimable') return moments
  const { n, change, changeVariance, covariance, correlation } = moments
  if (changeVariance === 0) return notEstimable('no-variation')
  const df = n - 1
  const effect = (standardisedBy: string, estimate: number, interval: Interval): Change => {
    const corrected = df < 2 ? null : smallSampleCorrection(df) * estimate
    return { estimate, corrected, interval, standardisedBy }
  }
  const limits = noncentralInterval(change / Math.sqrt(changeVariance / n), df, level)
  const ofChange = (standardisedBy: string, factor: number) =>
    effect(standardisedBy, (change / Math.sqrt(changeVariance)) * factor, {
      lower: (limits.lower / Math.sqrt(n)) * factor,
      upper: (limits.upper / Math.sqrt(n)) * factor,
      level,
    })
  /** `relative` is the squared coefficient of variation of the divisor, by the delta method */
  const bySpread = (standardisedBy: string, divisor: number, relative: number) => {
    const estimate = change / divisor
    const variance = changeVariance / (df * divisor * divisor) + estimate * estimate * relative
    return effect(standardisedBy, estimate, normalInterval(estimate, Math.sqrt(variance), level))
  }
  const [v1, v2] = [moments.before, moments.after]
  const average = (Math.sqrt(v1) + Math.sqrt(v2)) / 2
  const meanVariance = (v1 + v2) / 2
  return {
    kind: 'estimated',
    method: 'standardised-change',
    n,
    df,
    change,
    correlation,
    dz: ofChange('standard-deviation-of-change', 1),
    drm: ofChange('standard-deviation-of-change-over-root-two-one-minus-r', Math.sqrt(2 * (1 - correlation))),
    dav: bySpread('mean-of-standard-deviations', average, (v1 + v2 + 2 * correlation ** 2 * Math.sqrt(v1 * v2)) / (8 * df * average ** 2)),
    dRootMeanSquare: bySpread(
      'root-mean-square-of-standard-deviations',
      Math.sqrt(meanVariance),
      (v1 ** 2 + v2 ** 2 + 2 * covariance ** 2) / (8 * df * meanVariance ** 2),
    ),
    dBefore: bySpread('standard-deviation-before', Math.sqrt(v1), 1 / (2 * df)),
  }
}

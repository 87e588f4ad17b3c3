import { fisherF } from '../distributions/fisher-f.ts'
import { type Estimate, type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { smallSampleCorrection } from './hedges-g.ts'
import { leastSquares } from './least-squares.ts'
import { normalInterval } from './normal-interval.ts'
import { pooledT } from './pooled-t.ts'
import { studentEstimate } from './student-estimate.ts'

export type AdjustedArm = {
  readonly outcome: readonly number[] /** one row a pupil */
  readonly covariates: readonly (readonly number[])[]
}
type AdjustedMean = { readonly estimate: number; readonly standardError: number; readonly interval: Interval }
type Standardised = {
  readonly estimate: number
  readonly interval: Interval
  /** with 1 − 3/(4N − 9) instead of the exact J, as the What Works Clearinghouse does */
  readonly approximate: number
  readonly standardisedBy: 'pooled-standard-deviation-of-outcome'
}
export type AdjustedDifference = Estimate & {
  readonly kind: 'estimated'
  readonly method: 'ancova'
  /** programme, then control, at the overall means of the covariates */
  readonly adjustedMeans: readonly [AdjustedMean, AdjustedMean]
  readonly covariates: readonly Estimate[]
  readonly g: Standardised
  readonly residualStandardDeviation: number
  readonly rSquared: number
  readonly partialEtaSquared: number
  /** whether the covariates' slopes differ between the arms; null when that cannot be asked */
  readonly slopes: { readonly statistic: number; readonly df: readonly [number, number]; readonly p: number } | null
  readonly n: readonly [number, number]
}

/** F of the arm-by-covariate products, their covariates about their means so that large offsets stay apart. */
const slopeTest = (rows: readonly (readonly number[])[], residual: number, means: readonly number[]) => {
  const products = rows.map((row) => [
    ...row.slice(0, -1),
    ...row.slice(1, -1).map((value, k) => row[0]! * (value - means[k + 1]!)),
    row.at(-1)!,
  ])
  const full = leastSquares(products)
  const extra = rows[0]!.length - 2
  if (!full || full.df < 1 || extra < 1 || !(full.residual > 0)) return null
  const statistic = Math.max(0, (residual - full.residual) / extra / (full.residual / full.df))
  return { statistic, df: [extra, full.df] as const, p: fisherF(statistic, extra, full.df).upper }
}

/**
 * The difference between two arms after one line for the covariates in both (analysis of covariance), with adjusted means: what a baseline is for.
 * Not for pupils of several schools as the main result. Not with covariates the programme may have changed. Not when slopes differ (see `slopes`).
 * @param programme @param control outcome and covariates pupil by pupil; @param level of the intervals
 * @returns programme − control in units of the outcome; `g` divides it by the unadjusted pooled standard deviation.
 * Not-estimable with too few values, no variation, or covariates that tell the arms apart
 * Source: Fisher 1932; Morris 2008, doi:10.1177/1094428106291059. Example: adjustedDifference({ outcome: post1, covariates: pre1.map((x) => [x]) }, { outcome: post0, covariates: pre0.map((x) => [x]) })
 */
export const adjustedDifference = (programme: AdjustedArm, control: AdjustedArm, level = 0.95): AdjustedDifference | NotEstimable => {
  const raw = pooledT(programme.outcome, control.outcome, level)
  if (raw.kind === 'not-estimable') return raw
  const rows = [programme, control].flatMap(({ outcome, covariates }, place) =>
    outcome.map((value, pupil) => [1 - place, ...covariates[pupil]!, value]),
  )
  const fit = leastSquares(rows)
  if (!fit) return notEstimable('collinear')
  if (fit.df < 1) return notEstimable('too-few-values')
  if (!(fit.residual > 1e-24 * fit.total)) return notEstimable('no-variation')
  const variance = fit.residual / fit.df
  const inverse = fit.inverse()
  const estimates = fit.slopes.map((slope, k) => studentEstimate(slope, Math.sqrt(variance * inverse[k]![k]!), fit.df, level))
  const [effect, ...covariates] = estimates as [Estimate, ...Estimate[]] // the arm is the first column, always there
  const meanAt = (arm: number): AdjustedMean => {
    const distance = arm - fit.means[0]!
    const estimate = fit.means.at(-1)! + distance * effect.estimate
    const standardError = Math.sqrt(variance * (1 / fit.n + distance * distance * inverse[0]![0]!))
    return { estimate, standardError, interval: studentEstimate(estimate, standardError, fit.df, level).interval }
  }
  const d = effect.estimate / raw.standardDeviation
  const correction = smallSampleCorrection(raw.df)
  const spread = Math.hypot(effect.standardError / raw.standardDeviation, d / Math.sqrt(2 * raw.df))
  return {
    kind: 'estimated',
    method: 'ancova',
    ...effect,
    adjustedMeans: [meanAt(1), meanAt(0)],
    covariates,
    g: {
      estimate: correction * d,
      interval: normalInterval(correction * d, correction * spread, level),
      approximate: d * (1 - 3 / (4 * fit.n - 9)),
      standardisedBy: 'pooled-standard-deviation-of-outcome',
    },
    residualStandardDeviation: Math.sqrt(variance),
    rSquared: 1 - fit.residual / fit.total,
    partialEtaSquared: effect.statistic ** 2 / (effect.statistic ** 2 + fit.df),
    slopes: slopeTest(rows, fit.residual, fit.means),
    n: raw.n,
  }
}

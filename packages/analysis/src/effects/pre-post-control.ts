import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { smallSampleCorrection } from './hedges-g.ts'
import { normalInterval } from './normal-interval.ts'
import { type PairedMoments, pairedMoments } from './paired-moments.ts'

type Effect = {
  readonly estimate: number
  readonly standardError: number
  readonly interval: Interval
  /** with Morris's correction 1 − 3/(4m − 1) instead of the exact J */
  readonly approximate: number
  readonly standardisedBy: string
}
export type PrePostControl = {
  readonly kind: 'estimated'
  readonly method: 'pre-post-control'
  readonly n: readonly [number, number]
  readonly correlation: number
  readonly ppc1: Effect
  readonly ppc2: Effect
  readonly ppc3: Effect
}
export type PairedArm = { readonly before: readonly number[]; readonly after: readonly number[] }

const approximateCorrection = (m: number) => 1 - 3 / (4 * m - 1)

/** Each arm's change by its own spread before. Variance of each: Becker 1988, with r in place of ρ. */
const ownBaselines = (arms: readonly [PairedMoments, PairedMoments], correction: (m: number) => number) => {
  const [t, c] = arms.map(({ n, change, before, correlation }) => {
    const estimate = (correction(n - 1) * change) / Math.sqrt(before)
    return { estimate, variance: (2 * (1 - correlation)) / n + estimate ** 2 / (2 * n) }
  })
  return { estimate: t!.estimate - c!.estimate, variance: t!.variance + c!.variance }
}

/** Morris 2008, equation 25, with the estimate in place of δ. */
const baselineVariance = (delta: number, correction: number, correlation: number, [t, c]: readonly [number, number]): number => {
  const change = (2 * (1 - correlation) * (t + c)) / (t * c)
  return correction ** 2 * change * ((t + c - 2) / (t + c - 4)) * (1 + delta ** 2 / change) - delta ** 2
}

/** The large-sample (delta-method) variance of a difference of changes divided by the spread of all four groups. */
const pooledVariance = (arms: readonly [PairedMoments, PairedMoments], delta: number, variance: number): number => {
  const df = arms[0].n + arms[1].n - 2
  const change = arms.reduce((sum, { n, changeVariance }) => sum + changeVariance / n, 0)
  const ofSpread = arms.reduce(
    (sum, { n, before, after, covariance }) => sum + ((n - 1) * (before ** 2 + after ** 2 + 2 * covariance ** 2)) / (2 * df ** 2),
    0,
  )
  return change / variance + (delta ** 2 * ofSpread) / (4 * variance ** 2)
}

/**
 * The difference between two arms' changes in standard deviations: of each arm before (ppc1), pooled before (ppc2, the usual choice), pooled over both waves (ppc3).
 * Not for pupils of several schools as the main result: the intervals take them for independent. Not when the arms differ at baseline in spread (ppc2, ppc3).
 * @param programme @param control paired values in one unit, at least three pairs each; @param level of the large-sample intervals
 * @returns effects without unit, with Hedges' exact J; not-estimable with too few pairs or no variation
 * Source: Morris 2008, doi:10.1177/1094428106291059. Example: prePostControl({ before: [1, 2, 4], after: [3, 5, 6] }, { before: [1, 3, 4], after: [2, 3, 4] })
 */
export const prePostControl = (programme: PairedArm, control: PairedArm, level = 0.95): PrePostControl | NotEstimable => {
  const [t, c] = [pairedMoments(programme.before, programme.after), pairedMoments(control.before, control.after)]
  if (t.kind === 'not-estimable') return t
  if (c.kind === 'not-estimable') return c
  if (t.n < 3 || c.n < 3) return notEstimable('too-few-values')
  const arms = [t, c] as const
  const n = [t.n, c.n] as const
  const df = t.n + c.n - 2
  const pooled = (of: (arm: PairedMoments) => number) => ((t.n - 1) * of(t) + (c.n - 1) * of(c)) / df
  const [before, both] = [pooled((arm) => arm.before), pooled((arm) => (arm.before + arm.after) / 2)]
  const correlation = pooled((arm) => arm.covariance) / Math.sqrt(before * pooled((arm) => arm.after))
  const effect = (standardisedBy: string, estimate: number, approximate: number, variance: number): Effect => {
    const standardError = Math.sqrt(variance)
    return { estimate, standardError, interval: normalInterval(estimate, standardError, level), approximate, standardisedBy }
  }
  const first = ownBaselines(arms, smallSampleCorrection)
  const second = (t.change - c.change) / Math.sqrt(before)
  const third = (t.change - c.change) / Math.sqrt(both)
  const exact = [smallSampleCorrection(df), smallSampleCorrection(2 * df)] as const
  return {
    kind: 'estimated',
    method: 'pre-post-control',
    n,
    correlation,
    ppc1: effect('own-standard-deviation-before', first.estimate, ownBaselines(arms, approximateCorrection).estimate, first.variance),
    ppc2: effect(
      'pooled-standard-deviation-before',
      exact[0] * second,
      approximateCorrection(df) * second,
      baselineVariance(exact[0] * second, exact[0], correlation, n),
    ),
    ppc3: effect(
      'pooled-standard-deviation-before-and-after',
      exact[1] * third,
      approximateCorrection(2 * df) * third,
      pooledVariance(arms, exact[1] * third, both),
    ),
  }
}

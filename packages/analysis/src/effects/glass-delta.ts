import { spread } from '../describe.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { noncentralInterval } from './noncentral-interval.ts'

export type GlassDelta = {
  readonly kind: 'estimated'
  readonly method: 'glass-delta'
  readonly standardisedBy: 'control-standard-deviation'
  readonly estimate: number
  readonly interval: Interval
  readonly standardDeviation: number
  readonly df: number
  readonly n: readonly [number, number]
}

/**
 * The difference of two independent means (programme − control) in standard deviations of the control arm, which no programme has changed.
 * Not for a small control arm: its standard deviation alone carries the result.
 * @param programme @param control values in one unit, at least two each; @param level of the interval
 * @returns delta without unit; not-estimable with too few values or a control arm that does not vary
 * Source: Glass 1976, doi:10.3102/0013189X005010003; interval by the noncentral t with
 * n(control) − 1 df, the arms free to differ in spread.
 * Example: glassDelta([4, 6, 9], [1, 2, 3]).estimate is 4.3333…
 */
export const glassDelta = (programme: readonly number[], control: readonly number[], level = 0.95): GlassDelta | NotEstimable => {
  const [a, b] = [spread(programme), spread(control)]
  if (!a || !b) return notEstimable('too-few-values')
  if (b.variance === 0) return notEstimable('no-variation')
  const standardDeviation = Math.sqrt(b.variance)
  const perUnit = Math.sqrt(1 / b.n + a.variance / (a.n * b.variance))
  const estimate = (a.mean - b.mean) / standardDeviation
  const limits = noncentralInterval(estimate / perUnit, b.n - 1, level)
  return {
    kind: 'estimated',
    method: 'glass-delta',
    standardisedBy: 'control-standard-deviation',
    estimate,
    interval: { lower: perUnit * limits.lower, upper: perUnit * limits.upper, level },
    standardDeviation,
    df: b.n - 1,
    n: [a.n, b.n],
  }
}

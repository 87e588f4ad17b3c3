/** What every model of a binary outcome shares: the answers it may have instead of an estimate, and its large-sample tests. */
import { normal } from '../distributions/normal.ts'
import { normalInterval } from '../effects/normal-interval.ts'
import type { Interval, NotEstimable } from '../result.ts'

/** A combination of columns tells the outcome apart: complete without error, quasi-complete with ties on the border. Coefficients in it have no finite estimate. */
export type Separated = {
  readonly kind: 'separated'
  readonly separation: 'complete' | 'quasi-complete'
  readonly columns: readonly string[]
}
export type NotConverged = { readonly kind: 'not-converged'; readonly iterations: number }
export type BinaryRefusal = NotEstimable | Separated | NotConverged

/** An estimate tested on the normal distribution. */
export type LargeSample = {
  readonly estimate: number
  readonly standardError: number
  readonly statistic: number
  readonly p: number
  readonly interval: Interval
}
export type Ratio = { readonly estimate: number; readonly interval: Interval }

export const largeSample = (estimate: number, standardError: number, level: number): LargeSample => ({
  estimate,
  standardError,
  statistic: estimate / standardError,
  p: 2 * normal(Math.abs(estimate / standardError)).upper,
  interval: normalInterval(estimate, standardError, level),
})

/** A log odds ratio with its interval as an odds ratio. */
export const ratioOf = ({ estimate, interval }: { readonly estimate: number; readonly interval: Interval }): Ratio => ({
  estimate: Math.exp(estimate),
  interval: { lower: Math.exp(interval.lower), upper: Math.exp(interval.upper), level: interval.level },
})

/** 1 / (1 + e^−η) */
export const logistic = (eta: number): number => (eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta)))

/** log(1 + e^η) */
export const softplus = (eta: number): number => (eta > 0 ? eta + Math.log1p(Math.exp(-eta)) : Math.log1p(Math.exp(eta)))

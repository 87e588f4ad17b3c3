import { findRoot } from './find-root.ts'
import { normal } from './normal.ts'
import { stirlingError } from './stirling.ts'
import type { Tail, Tails } from './tails.ts'

/** The log density of u = ln(s), s² = χ²/df, without its constant: −(df/2)(e^2u − 1 − 2u). */
const logScale = (u: number, df: number): number => (-df / 2) * (Math.expm1(2 * u) - 2 * u)

/** Where the integrand is largest, by golden section on a coarse search: only the placing of the nodes depends on it. */
const peakOf = (logIntegrand: (u: number) => number, reach: number): number => {
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [-reach, reach]
  for (let step = 0; step < 60; step += 1) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)]
    if (logIntegrand(left) < logIntegrand(right)) low = left
    else high = right
  }
  return (low + high) / 2
}

const sumOfNodes = (integrand: (u: number) => number, start: number, step: number): number => {
  let sum = 0
  for (const direction of [1, -1])
    for (let k = direction === 1 ? 0 : 1; k < 1e6; k += 1) {
      const value = integrand(start + direction * k * step)
      sum += value
      if (value <= 1e-19 * sum) break
    }
  return sum
}

/** The trapezoid rule over the whole line. Its error falls to its square at least when the step is halved, so 1e-10 between two is 1e-20 in the finer. */
const overTheLine = (integrand: (u: number) => number, centre: number, firstStep: number): number => {
  let [step, sum] = [firstStep, sumOfNodes(integrand, centre, firstStep)]
  for (let halving = 0; halving < 12; halving += 1) {
    const finer = sum + sumOfNodes(integrand, centre + step / 2, step)
    const settled = Math.abs(finer - 2 * sum) <= 1e-10 * finer
    ;[sum, step] = [finer, step / 2]
    if (settled) break
  }
  return sum * step
}

/** P(T on the given side of t) = ∫ Φ(±(t s − δ)) f(s) ds: everything under the integral is positive, so a small tail keeps its digits. */
const tailOf = (t: number, df: number, noncentrality: number, sign: 1 | -1): number => {
  const share = (u: number) => normal(sign * (t * Math.exp(u) - noncentrality)).lower
  const integrand = (u: number) => share(u) * Math.exp(logScale(u, df))
  const reach = Math.min(8, Math.max(0.5, 12 / Math.sqrt(df)))
  const peak = peakOf((u) => Math.log(Math.max(share(u), 1e-320)) + logScale(u, df), reach)
  const step = 1 / (2 * Math.sqrt(2 * df) + Math.abs(t) * Math.exp(peak))
  const constant = Math.sqrt(df / Math.PI) * Math.exp(-stirlingError(df / 2))
  return constant * overTheLine(integrand, peak, step)
}

/**
 * Both tails of the noncentral t distribution: the law of a t statistic when the effect is not zero; for intervals of standardised effects and power.
 * Not for a central statistic: studentT is faster. Also exact where R gives up, at noncentralities above 37.
 * @param t any finite number; @param df degrees of freedom > 0; @param noncentrality the effect in standard errors
 * @returns lower and upper, each to about 1e-13 relative. Throws when df is not positive.
 * Source: the mixture integral, e.g. Johnson, Kotz & Balakrishnan 1995, ch. 31. Example: noncentralT(2, 10, 1).lower is 0.8076…
 */
export const noncentralT = (t: number, df: number, noncentrality: number): Tails => {
  if (!(df > 0)) throw new Error(`noncentralT requires df above 0, got ${df}`)
  const [lower, upper] = [tailOf(t, df, noncentrality, 1), tailOf(t, df, noncentrality, -1)]
  return lower < upper ? { lower, upper: 1 - lower } : { lower: 1 - upper, upper }
}

/** The noncentrality at which the given tail of an observed t is p: a limit of a confidence interval for it. */
export const noncentrality = (t: number, df: number, p: number, tail: Tail): number => {
  const sign = tail === 'lower' ? -1 : 1
  const gap = (delta: number) => sign * Math.log(noncentralT(t, df, delta)[tail] / p)
  let [low, high] = [t, t]
  for (let step = 1; gap(low) > 0; step *= 2) low -= step
  for (let step = 1; gap(high) < 0; step *= 2) high += step
  return findRoot(gap, low, high)
}

import { incompleteGamma } from './incomplete-gamma.ts'
import { checkProbability, positiveQuantile } from './positive-quantile.ts'
import type { Tail, Tails } from './tails.ts'

/**
 * Both tails of the chi-squared distribution, each to about 1e-14 relative. For likelihood-ratio and heterogeneity tests.
 * @param x at least 0; @param df degrees of freedom > 0. Throws otherwise.
 * Source: https://dlmf.nist.gov/8.2. Example: chiSquared(3.841, 1).upper is 0.0500…
 */
export const chiSquared = (x: number, df: number): Tails => {
  if (!(df > 0)) throw new Error(`chiSquared requires df above 0, got ${df}`)
  if (!(x >= 0)) throw new Error(`chiSquared requires x of at least 0, got ${x}`)
  return incompleteGamma(df / 2, x / 2)
}

/** The x whose given tail is p. Example: chiSquaredQuantile(0.05, 1, 'upper') is 3.8414… Throws when p is not strictly between 0 and 1. */
export const chiSquaredQuantile = (p: number, df: number, tail: Tail = 'lower'): number => {
  checkProbability(p, 'chiSquaredQuantile')
  return positiveQuantile((x) => chiSquared(x, df), p, tail)
}

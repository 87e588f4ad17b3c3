import { incompleteBeta } from './incomplete-beta.ts'
import { checkProbability, positiveQuantile } from './positive-quantile.ts'
import type { Tail, Tails } from './tails.ts'

/**
 * Both tails of the F distribution (Fisher, Snedecor), each to about 1e-14 relative. For ratios of variances and Feldt's interval.
 * @param f at least 0; @param df1 @param df2 degrees of freedom > 0, fractions allowed. Throws otherwise.
 * Source: https://dlmf.nist.gov/8.17. Example: fisherF(4, 2, 3).upper is 0.1423…
 */
export const fisherF = (f: number, df1: number, df2: number): Tails => {
  if (!(df1 > 0 && df2 > 0)) throw new Error(`fisherF requires df above 0, got ${df1} and ${df2}`)
  if (!(f >= 0)) throw new Error(`fisherF requires f of at least 0, got ${f}`)
  const share = df1 * f
  return incompleteBeta(df1 / 2, df2 / 2, share / (share + df2), df2 / (share + df2))
}

/** The f whose given tail is p. Example: fisherFQuantile(0.05, 2, 3, 'upper') is 9.5520… Throws when p is not strictly between 0 and 1. */
export const fisherFQuantile = (p: number, df1: number, df2: number, tail: Tail = 'lower'): number => {
  checkProbability(p, 'fisherFQuantile')
  return positiveQuantile((f) => fisherF(f, df1, df2), p, tail)
}

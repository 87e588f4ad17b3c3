import { incompleteBeta } from './incomplete-beta.ts'
import { checkProbability, positiveQuantile } from './positive-quantile.ts'
import type { Tail, Tails } from './tails.ts'

/** Beyond this t² nears the largest number; the tail there falls as the power −df of t, to more digits than there are. */
const far = 1e150

const tailBeyond = (size: number, df: number): number => {
  if (size === Number.POSITIVE_INFINITY) return 0
  const near = Math.min(size, far)
  const square = near * near
  const tail = incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)).lower / 2
  return size > far ? tail * (far / size) ** df : tail
}

/**
 * Both tails of Student's t distribution, for p-values and intervals. Not for a noncentral statistic: see noncentralT.
 * @param t any number, infinity allowed; @param df degrees of freedom > 0, fractions allowed
 * @returns lower P(T <= t) and upper P(T > t), each to about 1e-14 relative. Throws when df is not positive.
 * Source: https://dlmf.nist.gov/8.17. Example: studentT(2.228, 10).upper is 0.0250…
 */
export const studentT = (t: number, df: number): Tails => {
  if (!(df > 0)) throw new Error(`studentT requires df above 0, got ${df}`)
  if (Number.isNaN(t)) return { lower: t, upper: t } // 0 ∕ 0, an estimate without any spread
  const beyond = tailBeyond(Math.abs(t), df)
  return t >= 0 ? { lower: 1 - beyond, upper: beyond } : { lower: beyond, upper: 1 - beyond }
}

/** Two-sided p-value of a t statistic: twice the tail beyond its size. */
export const twoSidedP = (t: number, df: number): number => 2 * studentT(Math.abs(t), df).upper

/**
 * The t whose given tail is p. Example: studentTQuantile(0.025, 10, 'upper') is 2.2281…
 * Throws when p is not strictly between 0 and 1. Exact to about 1e-14 relative; infinite where, for df below about .01, it is beyond the largest number.
 */
export const studentTQuantile = (p: number, df: number, tail: Tail = 'lower'): number => {
  checkProbability(p, 'studentTQuantile')
  if (p === 0.5) return 0
  if (2 * studentT(Number.MAX_VALUE, df).upper > 2 * Math.min(p, 1 - p))
    return p < 0.5 === (tail === 'upper') ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const size = positiveQuantile(
    (t) => ({ lower: 1 - 2 * studentT(t, df).upper, upper: 2 * studentT(t, df).upper }),
    2 * Math.min(p, 1 - p),
    'upper',
  )
  return p < 0.5 === (tail === 'upper') ? size : -size
}

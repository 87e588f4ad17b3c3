import { spread } from '../describe.ts'
import { type Estimate, type NotEstimable, notEstimable } from '../result.ts'
import { studentEstimate } from './student-estimate.ts'

export type PooledT = Estimate & {
  readonly kind: 'estimated'
  readonly method: 'pooled-t'
  readonly n: readonly [number, number]
  readonly standardDeviation: number
}

/**
 * Student's test of two independent means (first − second), with one pooled standard deviation for both.
 * Not when the spreads may differ: welchT costs nothing then. Not for pupils of several schools as the main result, nor for paired values.
 * @param first @param second values in one unit, at least two each; @param level of the interval
 * @returns the difference in that unit; not-estimable with too few values or no variation
 * Source: Student 1908, doi:10.1093/biomet/6.1.1. Example: pooledT([1, 2, 3], [4, 6, 9]).df is 4
 */
export const pooledT = (first: readonly number[], second: readonly number[], level = 0.95): PooledT | NotEstimable => {
  const [a, b] = [spread(first), spread(second)]
  if (!a || !b) return notEstimable('too-few-values')
  const df = a.n + b.n - 2
  const standardDeviation = Math.sqrt(((a.n - 1) * a.variance + (b.n - 1) * b.variance) / df)
  if (standardDeviation === 0) return notEstimable('no-variation')
  const standardError = standardDeviation * Math.sqrt(1 / a.n + 1 / b.n)
  return {
    kind: 'estimated',
    method: 'pooled-t',
    n: [a.n, b.n],
    standardDeviation,
    ...studentEstimate(a.mean - b.mean, standardError, df, level),
  }
}

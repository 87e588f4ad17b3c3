import { spread } from '../describe.ts'
import { type Estimate, type NotEstimable, notEstimable } from '../result.ts'
import { studentEstimate } from './student-estimate.ts'

export type WelchT = Estimate & { readonly kind: 'estimated'; readonly method: 'welch-t'; readonly n: readonly [number, number] }

/**
 * The difference of two independent means (first − second) without assuming equal variances, with Welch's degrees of freedom.
 * Not for pupils of several schools as the main result: it takes them for independent (see randomIntercept). Not for paired values.
 * @param first @param second values in one unit, at least two each; @param level of the interval
 * @returns the difference in that unit; not-estimable with too few values or no variation
 * Source: Welch 1947, doi:10.1093/biomet/34.1-2.28. Example: welchT([1, 2, 3], [4, 6, 9]) has df 2.6296…
 */
export const welchT = (first: readonly number[], second: readonly number[], level = 0.95): WelchT | NotEstimable => {
  const [a, b] = [spread(first), spread(second)]
  if (!a || !b) return notEstimable('too-few-values')
  const [va, vb] = [a.variance / a.n, b.variance / b.n]
  if (va + vb === 0) return notEstimable('no-variation')
  const df = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1))
  return { kind: 'estimated', method: 'welch-t', n: [a.n, b.n], ...studentEstimate(a.mean - b.mean, Math.sqrt(va + vb), df, level) }
}

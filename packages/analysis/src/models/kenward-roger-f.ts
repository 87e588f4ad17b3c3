import { fisherF } from '../distributions/fisher-f.ts'
import { cholesky, type Matrix, multiply, quadratic, times, traceOfProduct, type Vector } from '../linear-algebra.ts'
import type { NestedKenwardRoger } from './nested-tests.ts'
import type { WaldTest } from './sandwich.ts'

const between = (rows: Matrix, middle: Matrix): Matrix =>
  rows.map((one) => {
    const turned = times(middle, one)
    return rows.map((other) => other.reduce((sum, value, k) => sum + value * turned[k]!, 0))
  })

/** The scale of F and its denominator's df, from the first two moments of the statistic. */
const matched = (count: number, a1: number, a2: number) => {
  const b = (a1 + 6 * a2) / (2 * count)
  const g = ((count + 1) * a1 - (count + 4) * a2) / ((count + 2) * a2)
  const divisor = 3 * count + 2 * (1 - g)
  const [v0, v1, v2] = [1 + (g / divisor) * b, 1 - ((count - g) / divisor) * b, 1 - ((count + 2 - g) / divisor) * b]
  const rho = (((1 - a2 / count) / v1) ** 2 * (Math.abs(v0) < 1e-10 ? 0 : v0)) / (v2 * count)
  const df = 4 + (count + 2) / (count * rho - 1)
  return { df, scale: Math.abs(df - 2) < 1e-2 ? 1 : (df * (1 - a2 / count)) / (df - 2) }
}

/**
 * Kenward and Roger's F test that several contrasts of the fixed effects are zero together, as pbkrtest computes it.
 * Contrasts and estimates are in the coordinates of the sums, `residual` is σ² there. Null when the contrasts depend on each other.
 * Source: Kenward & Roger 1997, doi:10.2307/2533558; Halekoh & Højsgaard 2014, doi:10.18637/jss.v059.i09.
 */
export const kenwardRogerF = (
  { covariance, unadjusted, slopes, weights }: NestedKenwardRoger,
  contrasts: Matrix,
  estimates: Vector,
  residual: number,
): WaldTest | null => {
  const count = contrasts.length
  const inverse = cholesky(between(contrasts, unadjusted))?.inverse()
  const adjusted = cholesky(between(contrasts, covariance))?.inverse()
  if (!inverse || !adjusted) return null
  const turned = slopes.map((slope) => multiply(inverse, between(contrasts, multiply(unadjusted, multiply(slope, unadjusted)))))
  const traces = turned.map((matrix) => matrix.reduce((sum, row, k) => sum + row[k]!, 0))
  const a1 = quadratic(weights, traces)
  const a2 = weights.reduce((sum, row, i) => sum + row.reduce((own, w, j) => own + w * traceOfProduct(turned[i]!, turned[j]!), 0), 0)
  const { df, scale } = matched(count, a1, a2)
  const statistic = (scale * quadratic(adjusted, estimates)) / (residual * count)
  return df > 0 && statistic >= 0 ? { statistic, dfNumerator: count, dfDenominator: df, p: fisherF(statistic, count, df).upper } : null
}

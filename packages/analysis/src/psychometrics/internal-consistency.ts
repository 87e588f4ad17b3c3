import { cholesky, dot } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import type { Covariance } from './covariance.ts'

export type InternalConsistency = {
  readonly kind: 'estimated'
  readonly method: 'internal-consistency'
  readonly n: number
  /** of the items made equally wide: k r̄ / (1 + (k − 1) r̄) */
  readonly standardisedAlpha: number
  readonly averageCorrelation: number
  readonly guttmanLambda2: number | null
  /** of the correlations, by squared multiple correlations; null when an item is a combination of the others */
  readonly guttmanLambda6: number | null
  /** the sum of the first, third … items against that of the others, and stepped up to the whole length */
  readonly splitHalf: { readonly correlation: number; readonly spearmanBrown: number } | null
  /** of the sum of the items, in points */
  readonly total: { readonly mean: number; readonly standardDeviation: number }
}

const sum = (values: readonly number[]) =>
  dot(
    values,
    values.map(() => 1),
  )

const splitHalf = (matrix: Covariance['matrix']): InternalConsistency['splitHalf'] => {
  const among = (left: number, right: number) =>
    sum(matrix.flatMap((row, i) => (i % 2 === left ? row.filter((_, j) => j % 2 === right) : [])))
  const [odd, even] = [among(0, 0), among(1, 1)]
  if (!(odd > 0 && even > 0)) return null
  const correlation = among(0, 1) / Math.sqrt(odd * even)
  return { correlation, spearmanBrown: (2 * correlation) / (1 + correlation) }
}

/**
 * The older measures of internal consistency beside alpha and omega, for comparison with what others report. Not a second opinion: report alpha or omega.
 * The halves depend on the order of the items.
 * @returns not-estimable with fewer than two items, or where an item does not vary.
 * Source: Guttman 1945, doi:10.1007/BF02288892; Cronbach 1951, doi:10.1007/BF02310555.
 * Example: internalConsistencyOf(covarianceOf([[1, 2], [2, 2], [3, 4]])!).averageCorrelation is 0.8660…
 */
export const internalConsistencyOf = ({ n, means, matrix }: Covariance): InternalConsistency | NotEstimable => {
  const k = matrix.length
  if (k < 2) return notEstimable('too-few-items')
  const spread = matrix.map((row, i) => Math.sqrt(row[i]!))
  if (spread.some((value) => !(value > 0))) return notEstimable('no-variation')
  const r = matrix.map((row, i) => row.map((value, j) => (i === j ? 1 : value / (spread[i]! * spread[j]!))))
  const whole = sum(r.map(sum))
  const average = (whole - k) / (k * (k - 1))
  const own = spread.map((value) => value ** 2)
  const total = sum(matrix.map(sum))
  const shared = total - sum(own)
  const squares = sum(matrix.map((row) => dot(row, row))) - dot(own, own)
  const inverse = cholesky(r)?.inverse()
  return {
    kind: 'estimated',
    method: 'internal-consistency',
    n,
    standardisedAlpha: (k * average) / (1 + (k - 1) * average),
    averageCorrelation: average,
    guttmanLambda2: total > 0 ? (shared + Math.sqrt((k / (k - 1)) * squares)) / total : null,
    guttmanLambda6: inverse ? 1 - sum(inverse.map((row, i) => 1 / row[i]!)) / whole : null,
    splitHalf: splitHalf(matrix),
    total: { mean: sum(means), standardDeviation: Math.sqrt(Math.max(0, total)) },
  }
}

// The REML deviance of a random-intercept model as a function of λ = τ²/σ² alone, from per-school sums.
// Columns are shifted by their overall means; the intercept stands first and the outcome last.
import { findRoot } from '../distributions/find-root.ts'
import { cholesky, combine, dot, type Matrix, quadratic, traceOfProduct, type Vector, zeros } from '../linear-algebra.ts'
import type { SchoolSums } from './school-sums.ts'

/** Σ t t′/n over the schools of one size; `schools` of them. */
type SizeGroup = { readonly size: number; readonly schools: number; readonly between: Matrix }
export type Pooled = {
  readonly n: number
  readonly schools: number
  readonly shift: Vector
  readonly within: Matrix
  readonly groups: readonly SizeGroup[]
}

const add = (target: number[][], source: Matrix, weight = 1) => {
  for (let i = 0; i < source.length; i += 1)
    for (let j = 0; j < source.length; j += 1) target[i]![j] = target[i]![j]! + weight * source[i]![j]!
}

export const pool = (sums: readonly SchoolSums[]): Pooled => {
  const columns = sums[0]?.means.length ?? 0
  const n = sums.reduce((total, school) => total + school.n, 0)
  const first = sums[0]?.means ?? []
  const shift = first.map((offset, k) => offset + sums.reduce((sum, school) => sum + school.n * (school.means[k]! - offset), 0) / n)
  const within = zeros(columns + 1)
  for (const { centred } of sums)
    for (let i = 0; i < columns; i += 1)
      for (let j = 0; j < columns; j += 1) within[i + 1]![j + 1] = within[i + 1]![j + 1]! + centred[i]![j]!
  const groups = [...Map.groupBy(sums, (school) => school.n)].map(([size, schools]) => {
    const between = zeros(columns + 1)
    for (const { means } of schools) {
      const m = [1, ...means.map((mean, k) => mean - shift[k]!)]
      add(
        between,
        m.map((a) => m.map((b) => a * b)),
        size,
      )
    }
    return { size, schools: schools.length, between }
  })
  return { n, schools: sums.length, shift, within, groups }
}

export type Point = {
  readonly lambda: number
  readonly deviance: number
  /** the derivative of the deviance by λ */
  readonly score: number
  readonly beta: Vector
  readonly residualSum: number
  readonly inverse: () => Matrix
}

/** The deviance, its exact derivative and the coefficients at one λ; null when the columns are collinear. */
const profileAt = ({ n, within, groups }: Pooled, lambda: number): Point | null => {
  const p = within.length - 1
  const weighted = (weight: (size: number) => number, start: readonly (readonly [number, Matrix])[]) =>
    combine(...start, ...groups.map(({ size, between }) => [weight(size), between] as const))
  const moments = weighted((size) => 1 / (1 + size * lambda), [[1, within]])
  const slopes = weighted((size) => -size / (1 + size * lambda) ** 2, [])
  const covariates = (matrix: Matrix) => matrix.slice(0, p).map((row) => row.slice(0, p))
  const factor = cholesky(covariates(moments))
  if (!factor) return null
  const beta = factor.solve(moments.slice(0, p).map((row) => row[p]!))
  const residual = [...beta.map((b) => -b), 1]
  const residualSum = quadratic(moments, residual)
  const sizes = groups.map(({ size, schools }) => ({ size, schools, growth: 1 + size * lambda }))
  return {
    lambda,
    beta,
    residualSum,
    inverse: factor.inverse,
    deviance:
      sizes.reduce((sum, { schools, growth }) => sum + schools * Math.log(growth), 0) +
      factor.logDeterminant +
      (n - p) * (1 + Math.log((2 * Math.PI * residualSum) / (n - p))),
    score:
      dot(
        sizes.map(({ schools }) => schools),
        sizes.map(({ size, growth }) => size / growth),
      ) +
      traceOfProduct(factor.inverse(), covariates(slopes)) +
      ((n - p) * quadratic(slopes, residual)) / residualSum,
  }
}

const grid = Array.from({ length: 57 }, (_, step) => Math.exp(-21 + 0.75 * step))

/** The λ of least deviance: every valley between neighbouring grid points is solved to its root, and λ = 0 stands beside them. Null when collinear. */
export const leastDeviance = (pooled: Pooled): Point | null => {
  const atZero = profileAt(pooled, 0)
  if (!atZero) return null
  const at = (lambda: number) => profileAt(pooled, lambda)!
  const points = grid.map(at)
  const valleys = points.flatMap((point, place) => {
    const next = points[place + 1]
    if (!next || !(point.score < 0 && next.score >= 0)) return []
    return [at(Math.exp(findRoot((log) => at(Math.exp(log)).score, Math.log(point.lambda), Math.log(next.lambda))))]
  })
  const steepest = points.at(-1)! // where the deviance falls to the end, schools are nearly all there is
  return [atZero, ...valleys, steepest].reduce((best, point) => (point.deviance < best.deviance ? point : best))
}

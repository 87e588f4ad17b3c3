// The REML or ML deviance of a random-intercept model as a function of λ = τ²/σ² alone, from per-school sums.
// Columns are shifted by their overall means; the intercept stands first and the outcome last.
import { findRoot } from '../distributions/find-root.ts'
import { cholesky, dot, type Matrix, multiply, quadratic, times, traceOfProduct, type Vector, zeros } from '../linear-algebra.ts'
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

const addSquare = (target: number[][], m: Vector, weight: number) => {
  for (let i = 0; i < m.length; i += 1) {
    const row = target[i]!
    for (let j = 0; j < m.length; j += 1) row[j] = row[j]! + weight * (m[i]! * m[j]!)
  }
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
  const found = new Map<number, { schools: number; readonly between: number[][] }>()
  const m = new Array<number>(columns + 1).fill(1)
  for (const { n: size, means } of sums) {
    const group = found.get(size) ?? { schools: 0, between: zeros(columns + 1) }
    found.set(size, group)
    group.schools += 1
    for (let k = 0; k < columns; k += 1) m[k + 1] = means[k]! - shift[k]!
    addSquare(group.between, m, size)
  }
  const groups = [...found].map(([size, { schools, between }]) => ({ size, schools, between }))
  return { n, schools: sums.length, shift, within, groups }
}

/** From shifted coordinates back to the caller's: a contrast on his coefficients as one on ours. */
export const unshift = (shift: Vector, contrast: Vector): Vector =>
  contrast.map((weight, k) => (k === 0 ? weight : weight - contrast[0]! * shift[k - 1]!))

export type Method = 'REML' | 'ML'

/** What the logarithm of the residual sum is multiplied by: REML has spent the coefficients, ML has not. */
export const freeValues = ({ n, within }: Pooled, method: Method): number => (method === 'REML' ? n - (within.length - 1) : n)

/** Second derivatives by λ, with the first ones they go with, for the information about the variances. */
type Curvature = {
  /** of the deviance apart from the residual sum */
  readonly determinants: number
  readonly residualSlope: number
  readonly residualSecond: number
  /** d(X′V⁻¹X)/dλ at σ² = 1 */
  readonly slopes: Matrix
}

export type Point = {
  readonly lambda: number
  readonly deviance: number
  /** the derivative of the deviance by λ */
  readonly score: number
  readonly beta: Vector
  readonly residualSum: number
  readonly curvature: () => Curvature
  readonly inverse: () => Matrix
}

/** The deviance at no school variance, for the test of it. */
export const devianceWithoutSchools = (pooled: Pooled, method: Method): number | null => profileAt(pooled, 0, method)?.deviance ?? null

/** The deviance, its exact derivative and the coefficients at one λ; null when the columns are collinear. */
export const profileAt = (pooled: Pooled, lambda: number, method: Method): Point | null => {
  const { within, groups } = pooled
  const p = within.length - 1
  const [free, reml] = [freeValues(pooled, method), Number(method === 'REML')]
  const weighted = (weight: (size: number) => number, start: Matrix | null) => {
    const sum = start ? start.map((row) => [...row]) : zeros(p + 1)
    for (const { size, between } of groups) {
      const share = weight(size)
      for (let i = 0; i <= p; i += 1) {
        const [to, from] = [sum[i]!, between[i]!]
        for (let j = 0; j <= p; j += 1) to[j] = to[j]! + share * from[j]!
      }
    }
    return sum
  }
  const moments = weighted((size) => 1 / (1 + size * lambda), within)
  const slopes = weighted((size) => -size / (1 + size * lambda) ** 2, null)
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
    curvature: () => {
      const seconds = weighted((size) => (2 * size ** 2) / (1 + size * lambda) ** 3, null)
      const inverse = factor.inverse()
      const turned = multiply(inverse, covariates(slopes))
      const moved = times(slopes, residual).slice(0, p)
      return {
        determinants:
          -sizes.reduce((sum, { size, schools, growth }) => sum + schools * (size / growth) ** 2, 0) +
          reml * (traceOfProduct(inverse, covariates(seconds)) - traceOfProduct(turned, turned)),
        residualSlope: quadratic(slopes, residual),
        residualSecond: quadratic(seconds, residual) - 2 * quadratic(inverse, moved),
        slopes: covariates(slopes),
      }
    },
    deviance:
      sizes.reduce((sum, { schools, growth }) => sum + schools * Math.log(growth), 0) +
      reml * factor.logDeterminant +
      free * (1 + Math.log((2 * Math.PI * residualSum) / free)),
    score:
      dot(
        sizes.map(({ schools }) => schools),
        sizes.map(({ size, growth }) => size / growth),
      ) +
      reml * traceOfProduct(factor.inverse(), covariates(slopes)) +
      (free * quadratic(slopes, residual)) / residualSum,
  }
}

const grid = Array.from({ length: 57 }, (_, step) => Math.exp(-21 + 0.75 * step))

/** The λ of least deviance: every valley between neighbouring grid points is solved to its root, and λ = 0 stands beside them. Null when collinear. */
export const leastDeviance = (pooled: Pooled, method: Method = 'REML'): Point | null => {
  const atZero = profileAt(pooled, 0, method)
  if (!atZero) return null
  const at = (lambda: number) => profileAt(pooled, lambda, method)!
  const points = grid.map(at)
  const valleys = points.flatMap((point, place) => {
    const next = points[place + 1]
    if (!next || !(point.score < 0 && next.score >= 0)) return []
    return [at(Math.exp(findRoot((log) => at(Math.exp(log)).score, Math.log(point.lambda), Math.log(next.lambda))))]
  })
  const steepest = points.at(-1)! // where the deviance falls to the end, schools are nearly all there is
  return [atZero, ...valleys, steepest].reduce((best, point) => (point.deviance < best.deviance ? point : best))
}

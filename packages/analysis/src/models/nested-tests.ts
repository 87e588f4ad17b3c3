// Degrees of freedom of the fixed effects of a nested model, from the derivatives of log|V| and X′V⁻¹X. Coordinates are those of the sums, at σ² = 1.
import { cholesky, combine, dot, type Matrix, multiply, quadratic, times, traceOfProduct, type Vector, zeros } from '../linear-algebra.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import type { NestedPoint } from './nested-deviance.ts'
import { byTheta, type FittedTerm, hessianByTheta, jacobianOf } from './nested-fit.ts'

/** A⁻¹ over the directions in which A is positive, as lmerTest inverts the information at a singular fit. */
const positiveInverse = (matrix: Matrix): Matrix | null => {
  const { values, vectors } = symmetricEigen(matrix)
  const largest = Math.max(...values)
  if (!(largest > 0)) return null
  const made = zeros(matrix.length)
  for (const [k, value] of values.entries()) {
    if (value <= 1e-10 * largest) continue
    const vector = vectors[k]!
    for (let i = 0; i < vector.length; i += 1) for (let j = 0; j < vector.length; j += 1) made[i]![j]! += (vector[i]! * vector[j]!) / value
  }
  return made
}

/**
 * Satterthwaite's degrees of freedom as lmerTest computes them, from the exact observed information about (θ, σ).
 * Source: Fai & Cornelius 1996, doi:10.1080/00949659608811740; Kuznetsova et al. 2017, doi:10.18637/jss.v082.i13.
 */
export const nestedSatterthwaite = (
  terms: readonly FittedTerm[],
  theta: Vector,
  point: NestedPoint,
): ((contrast: Vector) => number) | null => {
  const jacobian = jacobianOf(terms, theta)
  const cross = byTheta(jacobian, point.joint.cross)
  const own = hessianByTheta(terms, theta, point.joint.phi, point.gradient)
  const sigma = Math.sqrt(point.residualSum / point.free)
  // scaled to a diagonal of one, so that units do not decide which directions count as flat
  const hessian = [...own.map((row, i) => [...row, cross[i]!]), [...cross, point.joint.sigma]]
  const sizes = hessian.map((row, i) => Math.sqrt(Math.abs(row[i]!)) || 1)
  const information = positiveInverse(hessian.map((row, i) => row.map((value, j) => value / (sizes[i]! * sizes[j]!))))
  if (!information) return null
  const inverse = point.factor.inverse()
  return (contrast) => {
    const direction = times(inverse, contrast)
    const unit = dot(direction, contrast)
    const slopes = byTheta(
      jacobian,
      point.fixedFirst.map((matrix) => -quadratic(matrix, direction)),
    )
    const gradient = [...slopes.map((slope) => sigma ** 2 * slope), 2 * sigma * unit].map((value, i) => value / sizes[i]!)
    return (sigma ** 2 * unit) ** 2 / quadratic(information, gradient)
  }
}

/** X′V⁻¹X and log|V| by (φ, σ²) at σ² = 1: they are homogeneous, so the derivatives by σ² follow from those by φ. */
const byVariances = ({ phi, moments, fixedFirst, fixedSecond, factor }: NestedPoint, n: number, fixed: Matrix) => {
  const { first, second } = moments.logDeterminant
  const sumOf = (matrices: readonly Matrix[]) => combine(...matrices.map((matrix, i) => [phi[i]!, matrix] as const))
  const tilted = fixedSecond.map(sumOf)
  const slope = sumOf(fixedFirst)
  const scaled = first.map((value, i) => value + dot(phi, second[i]!))
  return {
    covariance: factor.inverse(),
    p: [...fixedFirst, combine([-1, fixed], [-1, slope])],
    q: [
      ...fixedSecond.map((row, i) => [...row.map((matrix) => combine([0.5, matrix])), combine([-1, fixedFirst[i]!], [-0.5, tilted[i]!])]),
      [...fixedFirst.map((matrix, i) => combine([-1, matrix], [-0.5, tilted[i]!])), combine([1, fixed], [2, slope], [0.5, sumOf(tilted)])],
    ],
    traces: [
      ...second.map((row, i) => [...row.map((value) => -value), scaled[i]!]),
      [...scaled, n - 2 * dot(phi, first) - quadratic(second, phi)],
    ],
  }
}

export type NestedKenwardRoger = {
  readonly covariance: Matrix
  readonly df: (contrast: Vector) => number
  /** what the test of several contrasts needs beside: the covariance before its adjustment, d(X′V⁻¹X) by each variance, and their covariance */
  readonly unadjusted: Matrix
  readonly slopes: readonly Matrix[]
  readonly weights: Matrix
}

/**
 * Kenward and Roger's adjusted covariance (over σ²) and degrees of freedom with the expected information, as pbkrtest computes them.
 * Not for maximum likelihood. Null when the variances cannot be told apart.
 * Source: Kenward & Roger 1997, doi:10.2307/2533558; Halekoh & Højsgaard 2014, doi:10.18637/jss.v059.i09.
 */
export const nestedKenwardRoger = (point: NestedPoint, n: number): NestedKenwardRoger | null => {
  const fixed = point.moments.moments.value.slice(0, point.beta.length).map((row) => row.slice(0, point.beta.length))
  const { covariance, p, q, traces } = byVariances(point, n, fixed)
  const phiP = p.map((matrix) => multiply(covariance, matrix))
  const information = p.map((_, i) =>
    p.map((_other, j) => (traces[i]![j]! - 2 * traceOfProduct(covariance, q[i]![j]!) + traceOfProduct(phiP[i]!, phiP[j]!)) / 2),
  )
  const w = cholesky(information)?.inverse()
  if (!w) return null
  const pairs = p.flatMap((_, i) => p.map((_other, j) => [i, j] as const))
  const inner = combine(...pairs.map(([i, j]) => [w[i]![j]!, combine([1, q[i]![j]!], [-1, multiply(p[i]!, phiP[j]!)])] as const))
  const half = multiply(covariance, multiply(inner, covariance))
  return {
    covariance: combine([1, covariance], [1, half], [1, half[0]!.map((_, j) => half.map((row) => row[j]!))]),
    df: (contrast) => {
      const direction = times(covariance, contrast)
      const shares = p.map((matrix) => quadratic(matrix, direction) / dot(contrast, direction))
      return 2 / quadratic(w, shares)
    },
    unadjusted: covariance,
    slopes: p,
    weights: w,
  }
}

// Least squares from per-cluster sums, in coordinates in which the columns of all rows together are orthonormal: X′X is the identity there,
// and everything a sandwich needs of a cluster is G = X_j′X_j and X_j′y_j.
import { cholesky, dot, type Matrix, type Vector, zeros } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { pool, unshift } from './profile.ts'
import type { SchoolSums } from './school-sums.ts'

export type ClusterGram = { readonly gram: Matrix; readonly score: Vector }
export type LeastSquares = {
  readonly kind: 'estimated'
  readonly n: number
  readonly beta: Vector
  readonly residualSum: number
  /** per cluster G and X_j′e_j */
  readonly clusters: readonly ClusterGram[]
  /** a contrast on the caller's coefficients in these coordinates */
  readonly contrast: (contrast: Vector) => Vector
  readonly estimate: (contrast: Vector) => number
}

/** X_j′X_j and X_j′y_j with the intercept first, columns about their overall means. */
export const crossProducts = ({ n, means, centred }: SchoolSums, shift: Vector): Matrix => {
  const m = [1, ...means.map((mean, k) => mean - shift[k]!)]
  const products = zeros(m.length)
  for (let i = 0; i < m.length; i += 1)
    for (let j = 0; j < m.length; j += 1) products[i]![j] = n * m[i]! * m[j]! + (i && j ? centred[i - 1]![j - 1]! : 0)
  return products
}

/** L⁻¹ G L⁻′ and L⁻¹ X_j′e_j; `turn` is L⁻¹, lower triangular. */
export const turned = (products: Matrix, turn: Matrix, beta: Vector): ClusterGram => {
  const p = beta.length
  const half = zeros(p, p + 1)
  const gram = zeros(p)
  const score = new Array<number>(p).fill(0)
  for (let i = 0; i < p; i += 1) {
    const to = half[i]!
    for (let k = 0; k <= i; k += 1) {
      const [weight, from] = [turn[i]![k]!, products[k]!]
      for (let j = 0; j <= p; j += 1) to[j] = to[j]! + weight * from[j]!
    }
    score[i] = to[p]!
  }
  for (let i = 0; i < p; i += 1)
    for (let j = 0; j < p; j += 1) {
      let sum = 0
      for (let k = 0; k <= j; k += 1) sum += half[i]![k]! * turn[j]![k]!
      gram[i]![j] = sum
      score[i] = score[i]! - sum * beta[j]!
    }
  return { gram, score }
}

/** y = Xb by least squares. Not-estimable when rows do not suffice, nothing varies, or columns are collinear. */
export const leastSquares = (sums: readonly SchoolSums[]): LeastSquares | NotEstimable => {
  const { n, shift } = pool(sums)
  const p = shift.length
  if (n <= p) return notEstimable('too-few-values')
  const products = sums.map((one) => crossProducts(one, shift))
  const total = zeros(p + 1)
  for (const one of products) for (let i = 0; i <= p; i += 1) for (let j = 0; j <= p; j += 1) total[i]![j]! += one[i]![j]!
  if (!(total[p]![p]! > 0)) return notEstimable('no-variation')
  const factor = cholesky(total.slice(0, p).map((row) => row.slice(0, p)))
  if (!factor) return notEstimable('collinear')
  const beta = factor.forward(total.slice(0, p).map((row) => row[p]!))
  const turn = factor.lowerInverse()
  const clusters = products.map((one) => turned(one, turn, beta))
  const contrast = (own: Vector) => factor.forward(unshift(shift, own))
  return {
    kind: 'estimated',
    n,
    beta,
    residualSum: total[p]![p]! - dot(beta, beta),
    clusters,
    contrast,
    estimate: (own) => dot(contrast(own), beta) + own[0]! * shift.at(-1)!,
  }
}

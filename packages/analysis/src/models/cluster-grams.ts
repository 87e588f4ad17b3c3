// Least squares from per-cluster sums, in coordinates in which the columns of all rows together are orthonormal: X′X is the identity there,
// and everything a sandwich needs of a cluster is G = X_j′X_j and X_j′y_j.
import { dot, type Matrix, type Vector } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { addOuter, factored, invertLower, type Packed, packedLength } from './packed.ts'
import { overallMeans, unshift } from './pooled-sums.ts'
import type { SchoolSums } from './school-sums.ts'

/** Flat, cluster after cluster: G by rows in p² places, and X_j′e_j in p. */
export type ClusterGrams = { readonly count: number; readonly p: number; readonly grams: Float64Array; readonly scores: Float64Array }
export type LeastSquares = {
  readonly kind: 'estimated'
  readonly n: number
  readonly beta: Vector
  readonly residualSum: number
  readonly clusters: ClusterGrams
  /** a contrast on the caller's coefficients in these coordinates */
  readonly contrast: (contrast: Vector) => Vector
  readonly estimate: (contrast: Vector) => number
}

/** X_j′X_j and X_j′y_j of every cluster, packed one after the other, with the intercept first and the columns about their overall means. */
export const crossProducts = (sums: readonly SchoolSums[], shift: Vector): Packed => {
  const width = shift.length + 1
  const length = packedLength(width)
  const products = new Float64Array(sums.length * length)
  const m = new Float64Array(width).fill(1)
  for (let cluster = 0; cluster < sums.length; cluster += 1) {
    const { n, means, centred } = sums[cluster]!
    for (let k = 1; k < width; k += 1) m[k] = means[k - 1]! - shift[k - 1]!
    addOuter(products, cluster * length, m, n)
    for (let i = 1; i < width; i += 1) {
      const [row, place] = [centred[i - 1]!, cluster * length + packedLength(i) + 1]
      for (let j = 0; j < i; j += 1) products[place + j]! += row[j]!
    }
  }
  return products
}

/** Coordinates in which a matrix X′X, factored as LL′, is the identity: L⁻¹ takes vectors there. */
export type Turn = { readonly p: number; readonly lowerInverse: Packed; readonly forward: (v: ArrayLike<number>) => Vector }

/** From the packed matrix of the covariates and the outcome; null when columns are collinear. */
export const turnOf = (total: Packed, p: number): Turn | null => {
  const [lower, lowerInverse] = [new Float64Array(packedLength(p)), new Float64Array(packedLength(p))]
  if (!factored(total, p, lower)) return null
  invertLower(lower, p, lowerInverse)
  const forward = (v: ArrayLike<number>) => {
    const x: number[] = []
    for (let i = 0; i < p; i += 1) {
      let rest = v[i]!
      for (let k = 0; k < i; k += 1) rest -= lower[packedLength(i) + k]! * x[k]!
      x.push(rest / lower[packedLength(i) + i]!)
    }
    return x
  }
  return { p, lowerInverse, forward }
}

/** L⁻¹ G L⁻′ and L⁻¹ X_j′e_j of every cluster. */
export const turnedGrams = (products: Packed, { p, lowerInverse }: Turn, beta: Vector): ClusterGrams => {
  const length = packedLength(p + 1)
  const count = products.length / length
  const [grams, scores, half] = [new Float64Array(count * p * p), new Float64Array(count * p), new Float64Array(p * (p + 1))]
  for (let cluster = 0; cluster < count; cluster += 1) {
    turnRows(products, cluster * length, lowerInverse, p, half)
    for (let i = 0; i < p; i += 1) {
      let score = half[i * (p + 1) + p]!
      for (let j = 0; j < p; j += 1) {
        let sum = 0
        for (let k = 0; k <= j; k += 1) sum += half[i * (p + 1) + k]! * lowerInverse[packedLength(j) + k]!
        grams[(cluster * p + i) * p + j] = sum
        score -= sum * beta[j]!
      }
      scores[cluster * p + i] = score
    }
  }
  return { count, p, grams, scores }
}

/** L⁻¹ [X_j′X_j, X_j′y_j], p rows of p + 1. */
const turnRows = (products: Packed, from: number, lowerInverse: Packed, p: number, half: Float64Array) => {
  for (let i = 0; i < p; i += 1)
    for (let j = 0; j <= p; j += 1) {
      let sum = 0
      for (let k = 0; k <= i; k += 1) {
        const place = k > j ? packedLength(k) + j : packedLength(j) + k
        sum += lowerInverse[packedLength(i) + k]! * products[from + place]!
      }
      half[i * (p + 1) + j] = sum
    }
}

/** y = Xb by least squares. Not-estimable when rows do not suffice, nothing varies, or columns are collinear. */
export const leastSquares = (sums: readonly SchoolSums[]): LeastSquares | NotEstimable => {
  const { n, shift } = overallMeans(sums)
  const p = shift.length
  if (n <= p) return notEstimable('too-few-values')
  const products = crossProducts(sums, shift)
  const length = packedLength(p + 1)
  const total = new Float64Array(length)
  for (let place = 0; place < products.length; place += 1) total[place % length]! += products[place]!
  if (!(total[length - 1]! > 0)) return notEstimable('no-variation')
  const turn = turnOf(total, p)
  if (!turn) return notEstimable('collinear')
  const beta = turn.forward(total.subarray(packedLength(p)))
  const contrast = (own: Vector) => turn.forward(unshift(shift, own))
  return {
    kind: 'estimated',
    n,
    beta,
    residualSum: total[length - 1]! - dot(beta, beta),
    clusters: turnedGrams(products, turn, beta),
    contrast,
    estimate: (own) => dot(contrast(own), beta) + own[0]! * shift.at(-1)!,
  }
}

/** One of the matrices that stand flat by rows, one after the other. */
export const matrixAt = (flat: Float64Array, place: number, size: number): Matrix =>
  Array.from({ length: size }, (_, i) => [...flat.subarray((place * size + i) * size, (place * size + i + 1) * size)])

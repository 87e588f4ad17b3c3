import { cholesky, dot, type Matrix, multiply, times, type Vector, zeros } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import { crossProducts, matrixAt, turnedGrams, turnOf } from './cluster-grams.ts'
import { refusal } from './estimable.ts'
import { type Packed, packedLength } from './packed.ts'
import { overallMeans, pool, unshift } from './pooled-sums.ts'
import { leastDeviance } from './profile.ts'
import { type ClusterRobust, emptyShares, type SandwichType, sandwich } from './sandwich.ts'
import type { SchoolSums } from './school-sums.ts'

const nothing = 1e-10

/** I + weight·vv′ */
const bordered = (v: Vector, weight: number): Matrix => v.map((x, i) => v.map((y, j) => Number(i === j) + weight * x * y))

/** The power −1/2 of a symmetric matrix, directions of no size left out. */
const inverseRoot = (matrix: Matrix): Matrix => {
  const { values, vectors } = symmetricEigen(matrix)
  const root = zeros(matrix.length)
  for (const [k, vector] of vectors.entries())
    if (values[k]! > nothing)
      for (let i = 0; i < vector.length; i += 1)
        for (let j = 0; j < vector.length; j += 1) root[i]![j]! += (vector[i]! * vector[j]!) / Math.sqrt(values[k]!)
  return root
}

/** A′ on the span; null where it has none: CR3's, when the cluster left out leaves the columns collinear. */
const adjustment = (type: SandwichType, f: Matrix, inverse: Matrix, half: Matrix, rest: Matrix): Matrix | null => {
  if (type === 'CR2') return multiply(half, multiply(inverseRoot(multiply(half, multiply(rest, half))), half))
  if (type !== 'CR3') return bordered(new Array<number>(f.length).fill(0), 0)
  const scaled = multiply(half, multiply(inverse, multiply(rest, multiply(inverse, half)))) // F^−½ (F − KK′) F^−½, from 0 to 1
  const left = symmetricEigen(scaled).values.every((value) => value > nothing) ? cholesky(rest)?.inverse() : null
  return left ? multiply(left, f) : null
}

/**
 * A cluster on the span of its columns, which Φ = I + λ11′ maps into itself because 1 is among them. U is an orthonormal base of the span:
 * X = UK, 1 = Ua, F = I + λaa′, and A = F^½ (F^½ (F − KK′) F^½)^−½ F^½ for CR2, (I − KK′F⁻¹)⁻¹ = F(F − KK′)⁻¹ for CR3.
 */
const adjusted = (gram: Matrix, score: Vector, ones: Vector, lambda: number, type: SandwichType) => {
  const { values, vectors } = symmetricEigen(gram)
  const most = Math.max(...values)
  const kept = values.flatMap((value, k) => (value > 1e-13 * most ? [{ root: Math.sqrt(value), vector: vectors[k]! }] : []))
  const k = kept.map(({ root, vector }) => vector.map((x) => root * x))
  const a = kept.map(({ root, vector }) => dot(vector, ones) / root)
  const n = dot(a, a)
  const residual = kept.map(({ root, vector }) => dot(vector, score) / root)
  const f = bordered(a, lambda)
  const inverse = bordered(a, -lambda / (1 + n * lambda))
  const half = bordered(a, lambda / (1 + Math.sqrt(1 + n * lambda)))
  const rest = f.map((row, i) => row.map((value, j) => value - dot(k[i]!, k[j]!)))
  const adjust = adjustment(type, f, inverse, half, rest)
  if (!adjust) return null
  const turn = multiply(adjust, multiply(inverse, k))
  const transposed = (matrix: Matrix): Matrix => gram.map((_, j) => matrix.map((row) => row[j]!))
  return {
    leverage: multiply(transposed(k), turn),
    spread: multiply(transposed(turn), multiply(f, turn)),
    score: times(transposed(turn), residual),
  }
}

/** Σ over clusters of [X y]′Φ⁻¹[X y], packed. */
const weighted = (sums: readonly SchoolSums[], products: Packed, p: number, lambda: number): Packed => {
  const length = packedLength(p + 1)
  const total = new Float64Array(length)
  for (const [cluster, { n }] of sums.entries()) {
    const from = cluster * length
    const share = lambda / (1 + n * lambda)
    for (let i = 0; i <= p; i += 1)
      for (let j = 0; j <= i; j += 1) {
        const place = packedLength(i) + j
        total[place]! += products[from + place]! - share * products[from + packedLength(i)]! * products[from + packedLength(j)]!
      }
  }
  return total
}

/** The same at a given λ = τ²/σ², for a working model that is known. The sums are those of a model that can be estimated. */
export const mixedRobustAt = (
  sums: readonly SchoolSums[],
  names: readonly string[],
  lambda: number,
  type: SandwichType,
  level = 0.95,
): ClusterRobust | NotEstimable => {
  const { shift, n } = overallMeans(sums)
  const p = shift.length
  const products = crossProducts(sums, shift)
  const total = weighted(sums, products, p, lambda)
  const turn = turnOf(total, p)
  if (!turn) return notEstimable('collinear')
  const beta = turn.forward(total.subarray(packedLength(p)))
  const { grams, scores } = turnedGrams(products, turn, beta)
  const shares = emptyShares(sums.length, p)
  for (let cluster = 0; cluster < sums.length; cluster += 1) {
    const ones = Array.from({ length: p }, (_, k) => products[cluster * packedLength(p + 1) + packedLength(k)]!)
    const own = adjusted(
      matrixAt(grams, cluster, p),
      [...scores.subarray(cluster * p, (cluster + 1) * p)],
      turn.forward(ones),
      lambda,
      type,
    )
    if (!own) return notEstimable('collinear')
    shares.leverage.set(own.leverage.flat(), cluster * p * p)
    shares.spread.set(own.spread.flat(), cluster * p * p)
    shares.scores.set(own.score, cluster * p)
  }
  const contrast = (own: Vector) => turn.forward(unshift(shift, own))
  const estimate = (own: Vector) => dot(contrast(own), beta) + own[0]! * shift.at(-1)!
  return sandwich(type, ['(Intercept)', ...names], { contrast, estimate }, shares, n, level)
}

/**
 * The random-intercept model by REML with cluster-robust standard errors and Satterthwaite's df, from per-cluster sums: for when the pupils of a school may
 * be alike in another way than the model says. CR2 is unbiased when the model is true; report it beside Kenward-Roger's, with 20 clusters or more.
 * @param sums per cluster, covariates in the order of `names`, then the outcome. Not-estimable where the model is. Throws when names and columns disagree.
 * Source: Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004. Example: mixedRobust(sums, ['arm'], 'CR2').coefficients[1].df
 */
export const mixedRobust = (
  sums: readonly SchoolSums[],
  names: readonly string[],
  type: SandwichType = 'CR2',
  level = 0.95,
): ClusterRobust | NotEstimable => {
  if (sums.some(({ means }) => means.length !== names.length + 1))
    throw new Error(`mixedRobust requires ${names.length} covariates and the outcome in every cluster's sums`)
  if (sums.length < 2) return notEstimable('too-few-schools')
  const pooled = pool(sums)
  const refused = refusal(pooled)
  const lambda = refused ? undefined : leastDeviance(pooled)?.lambda
  if (refused || lambda === undefined) return refused ?? notEstimable('collinear')
  return mixedRobustAt(sums, names, lambda, type, level)
}

// What every sandwich has in common, once a cluster is reduced to three small things: the df of a coefficient and the HTZ test of several.
import { fisherF } from '../distributions/fisher-f.ts'
import { studentEstimate } from '../effects/student-estimate.ts'
import { cholesky, dot, type Matrix, quadratic, times, type Vector, zeros } from '../linear-algebra.ts'
import { type Estimate, type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { matrixAt } from './cluster-grams.ts'

export const sandwichTypes = ['CR0', 'CR1', 'CR1S', 'CR2', 'CR3'] as const
export type SandwichType = (typeof sandwichTypes)[number]

export type WaldTest = { readonly statistic: number; readonly dfNumerator: number; readonly dfDenominator: number; readonly p: number }
export type ClusterRobust = {
  readonly kind: 'estimated'
  readonly method: SandwichType
  readonly n: number
  readonly clusters: number
  readonly coefficients: readonly (Estimate & { readonly name: string })[]
  readonly covariance: Matrix
  readonly warnings: readonly Warning[]
  /** Hotelling's T² test (HTZ) that the coefficients at these places, 0 the intercept, are all zero; null when it cannot be computed. */
  readonly wald: (places: readonly number[]) => WaldTest | null
}

/**
 * The clusters in coordinates in which the information of all is the identity. For a contrast c with g = A_j′W_j X_j c: w = `leverage` c is X_j′g,
 * c′`spread` d is g_c′Φ_j g_d, and P_jk = δ_jk g′Φg − w_j′w_k under the working covariance Φ. `scores` are X_j′W_j A_j e_j.
 * Flat, cluster after cluster: both matrices by rows in size² places, the score in `size`.
 */
export type Shares = {
  readonly count: number
  readonly size: number
  readonly leverage: Float64Array
  readonly spread: Float64Array
  readonly scores: Float64Array
}

export const emptyShares = (count: number, size: number): Shares => ({
  count,
  size,
  leverage: new Float64Array(count * size * size),
  spread: new Float64Array(count * size * size),
  scores: new Float64Array(count * size),
})

/** Coefficients in those coordinates: a contrast on the caller's, and the estimate it gives. */
export type Coordinates = { readonly contrast: (own: Vector) => Vector; readonly estimate: (own: Vector) => number }

const fewClusters = 20

const scaleOf = (type: SandwichType, clusters: number, n: number, p: number): number => {
  if (type !== 'CR1' && type !== 'CR1S') return 1
  return (clusters / (clusters - 1)) * (type === 'CR1S' ? (n - 1) / (n - p) : 1)
}

/** Per cluster a_st and w_s of the contrasts. */
const partsOf = ({ count, size, leverage, spread }: Shares, contrasts: readonly Vector[]) =>
  Array.from({ length: count }, (_, cluster) => {
    const [own, turned] = [matrixAt(leverage, cluster, size), matrixAt(spread, cluster, size)]
    return {
      a: contrasts.map((one) => contrasts.map((other) => dot(one, times(turned, other)))),
      w: contrasts.map((contrast) => times(own, contrast)),
    }
  })

/** Σ_jk P^st_jk P^uv_jk */
const productOf = (
  parts: ReturnType<typeof partsOf>,
  [s, t]: readonly [number, number],
  [u, v]: readonly [number, number],
  size: number,
): number => {
  const [left, right] = [zeros(size), zeros(size)]
  let sum = 0
  for (const { a, w } of parts) {
    sum += a[s]![t]! * a[u]![v]! - a[s]![t]! * dot(w[u]!, w[v]!) - a[u]![v]! * dot(w[s]!, w[t]!)
    for (let i = 0; i < size; i += 1)
      for (let j = 0; j < size; j += 1) {
        left[i]![j]! += w[s]![i]! * w[u]![j]!
        right[i]![j]! += w[t]![i]! * w[v]![j]!
      }
  }
  return sum + left.reduce((total, row, i) => total + dot(row, right[i]!), 0)
}

const traceOf = (parts: ReturnType<typeof partsOf>, s: number, t: number): number =>
  parts.reduce((sum, { a, w }) => sum + a[s]![t]! - dot(w[s]!, w[t]!), 0)

/** Below this share of its variance a contrast has no residual between clusters, and its df would be made of rounding errors. */
const nothingLeft = 1e-10

/** (Σ P_jj)² / Σ P_jk², as traceOf and productOf have it, in one pass for one contrast; null when each cluster determines its own part. */
const freedom = ({ size, leverage, spread }: Shares, contrast: Vector): number | null => {
  const [c, w, outer] = [Float64Array.from(contrast), new Float64Array(size), new Float64Array(size * size)]
  let [trace, squares] = [0, 0]
  for (let from = 0; from < leverage.length; from += size * size) {
    let [a, ww] = [0, 0]
    for (let i = 0; i < size; i += 1) {
      const row = from + i * size
      let [along, turned] = [0, 0]
      for (let k = 0; k < size; k += 1) {
        along += leverage[row + k]! * c[k]!
        turned += spread[row + k]! * c[k]!
      }
      w[i] = along
      a += turned * c[i]!
      ww += along * along
      for (let j = 0; j <= i; j += 1) outer[i * size + j]! += along * w[j]!
    }
    trace += a - ww
    squares += a * a - 2 * a * ww
  }
  for (let i = 0; i < size; i += 1) for (let j = 0; j <= i; j += 1) squares += (i === j ? 1 : 2) * outer[i * size + j]! ** 2
  return trace > nothingLeft * dot(contrast, contrast) && squares > 0 ? trace ** 2 / squares : null
}

/** Σ of the scores' squares over clusters. */
const meatOf = ({ size, scores }: Shares): Matrix => {
  const meat = new Float64Array(size * size)
  for (let from = 0; from < scores.length; from += size)
    for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) meat[i * size + j]! += scores[from + i]! * scores[from + j]!
  return matrixAt(meat, 0, size)
}

/** The HTZ test: contrasts made independent under the working model, then df from the variance of the whole matrix. */
const hotelling = (clusters: Shares, contrasts: readonly Vector[], estimates: Vector, covariance: Matrix): WaldTest | null => {
  const q = contrasts.length
  const plain = partsOf(clusters, contrasts)
  const working = contrasts.map((_, s) => contrasts.map((_other, t) => traceOf(plain, s, t)))
  const robust = cholesky(covariance)
  const half = cholesky(working)
  if (!half || !robust) return null
  const size = contrasts[0]!.length
  const columns = Array.from({ length: size }, (_, k) => half.forward(contrasts.map((contrast) => contrast[k]!)))
  const parts = partsOf(
    clusters,
    contrasts.map((_, s) => columns.map((column) => column[s]!)),
  )
  let variance = 0
  for (let s = 0; s < q; s += 1)
    for (let t = 0; t < q; t += 1) variance += productOf(parts, [s, s], [t, t], size) + productOf(parts, [s, t], [t, s], size)
  const eta = (q * (q + 1)) / variance
  if (!(eta > q - 1)) return null
  const statistic = ((eta - q + 1) / (eta * q)) * dot(estimates, robust.solve(estimates))
  return { statistic, dfNumerator: q, dfDenominator: eta - q + 1, p: fisherF(statistic, q, eta - q + 1).upper }
}

/** The sandwich of so many clusters: estimates, standard errors with Satterthwaite's df, and the tests of several. Not-estimable when a coefficient has no residual between clusters, as with one school in an arm. */
export const sandwich = (
  type: SandwichType,
  names: readonly string[],
  { contrast, estimate }: Coordinates,
  clusters: Shares,
  n: number,
  level: number,
): ClusterRobust | NotEstimable => {
  const size = names.length
  const meat = meatOf(clusters)
  const scale = scaleOf(type, clusters.count, n, size)
  const units = Array.from({ length: size }, (_, place) => Array.from({ length: size }, (_other, k) => Number(k === place)))
  const contrasts = units.map(contrast)
  const estimates = units.map(estimate)
  const freedoms = contrasts.map((one) => freedom(clusters, one))
  if (freedoms.includes(null)) return notEstimable('too-few-schools')
  const covariance = contrasts.map((a) => contrasts.map((b) => scale * dot(a, times(meat, b))))
  return {
    kind: 'estimated',
    method: type,
    n,
    clusters: clusters.count,
    coefficients: names.map((name, k) => ({
      name,
      ...studentEstimate(estimates[k]!, Math.sqrt(scale * quadratic(meat, contrasts[k]!)), freedoms[k]!, level),
    })),
    covariance,
    warnings: clusters.count < fewClusters ? ['few-schools'] : [],
    wald: (places) => {
      const pick = <T>(values: readonly T[]) => places.map((place) => values[place]!)
      return hotelling(clusters, pick(contrasts), pick(estimates), pick(covariance).map(pick))
    },
  }
}

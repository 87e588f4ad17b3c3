import { fisherF } from '../distributions/fisher-f.ts'
import { studentEstimate } from '../effects/student-estimate.ts'
import { cholesky, dot, type Matrix, quadratic, times, type Vector, zeros } from '../linear-algebra.ts'
import { type Estimate, type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import { leastSquares } from './cluster-grams.ts'
import type { SchoolSums } from './school-sums.ts'

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

const fewClusters = 20
/** Below this, 1 − l counts as zero and the generalised inverse leaves its direction out. */
const nothing = 1e-10

const powerOf = (rest: number, type: SandwichType): number => (type === 'CR2' ? 1 / Math.sqrt(rest) : type === 'CR3' ? 1 / rest : 1)

/**
 * The power of I − H_jj on the span of the cluster's columns, as a matrix on G: null where CR3 would divide by zero.
 * A direction that the cluster alone determines leaves no residual: it is taken out of every type, or its rounding errors drown the df.
 */
const adjustment = (gram: Matrix, type: SandwichType): Matrix | null => {
  const size = gram.length
  const made = zeros(size)
  const { values, vectors } = symmetricEigen(gram)
  if (type === 'CR3' && values.some((value) => 1 - value < nothing)) return null
  for (const [k, vector] of vectors.entries()) {
    const rest = 1 - values[k]!
    const weight = rest < nothing ? 0 : powerOf(rest, type)
    for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) made[i]![j]! += weight * vector[i]! * vector[j]!
  }
  return made
}

const scaleOf = (type: SandwichType, clusters: number, n: number, p: number): number => {
  if (type !== 'CR1' && type !== 'CR1S') return 1
  return (clusters / (clusters - 1)) * (type === 'CR1S' ? (n - 1) / (n - p) : 1)
}

type Adjusted = { readonly gram: Matrix; readonly adjust: Matrix; readonly score: Vector }

/** Per cluster and contrast s, its share a_st = g_s′g_t and w_s = X_j′g_s, g = A_j X_j M c: P_jk = δ_jk a_j − w_j′w_k on a working identity. */
const shares = (clusters: readonly Adjusted[], contrasts: readonly Vector[]) =>
  clusters.map(({ gram, adjust }) => {
    const turned = contrasts.map((contrast) => times(adjust, contrast))
    const w = turned.map((vector) => times(gram, vector))
    return { a: turned.map((vector) => w.map((other) => dot(vector, other))), w }
  })

/** Σ_jk P^st_jk P^uv_jk */
const productOf = (
  parts: ReturnType<typeof shares>,
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

const traceOf = (parts: ReturnType<typeof shares>, s: number, t: number): number =>
  parts.reduce((sum, { a, w }) => sum + a[s]![t]! - dot(w[s]!, w[t]!), 0)

/** (Σ P_jj)² / Σ P_jk², as traceOf and productOf have it, in one pass for one contrast. */
const freedom = (clusters: readonly Adjusted[], contrast: Vector): number => {
  const size = contrast.length
  const [turned, w] = [new Float64Array(size), new Float64Array(size)]
  const outer = new Float64Array(size * size)
  let [trace, squares] = [0, 0]
  for (const { gram, adjust } of clusters) {
    multiplyInto(turned, adjust, contrast)
    multiplyInto(w, gram, turned)
    let [a, ww] = [0, 0]
    for (let i = 0; i < size; i += 1) {
      a += turned[i]! * w[i]!
      ww += w[i]! * w[i]!
      for (let j = 0; j <= i; j += 1) outer[i * size + j]! += w[i]! * w[j]!
    }
    trace += a - ww
    squares += a * a - 2 * a * ww
  }
  for (let i = 0; i < size; i += 1) for (let j = 0; j <= i; j += 1) squares += (i === j ? 1 : 2) * outer[i * size + j]! ** 2
  return trace ** 2 / squares
}

const multiplyInto = (target: Float64Array, matrix: Matrix, vector: ArrayLike<number>) => {
  for (let i = 0; i < target.length; i += 1) {
    const row = matrix[i]!
    let sum = 0
    for (let k = 0; k < row.length; k += 1) sum += row[k]! * vector[k]!
    target[i] = sum
  }
}

/** The HTZ test: contrasts made independent under the working model, then df from the variance of the whole matrix. */
const hotelling = (clusters: readonly Adjusted[], contrasts: readonly Vector[], estimates: Vector, covariance: Matrix): WaldTest | null => {
  const q = contrasts.length
  const plain = shares(clusters, contrasts)
  const working = contrasts.map((_, s) => contrasts.map((_other, t) => traceOf(plain, s, t)))
  const robust = cholesky(covariance)
  const half = cholesky(working)
  if (!half || !robust) return null
  const size = contrasts[0]!.length
  const columns = Array.from({ length: size }, (_, k) => half.forward(contrasts.map((contrast) => contrast[k]!)))
  const parts = shares(
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

/**
 * Least squares with cluster-robust standard errors, from per-cluster sums alone, with Satterthwaite's df for each coefficient. CR2, unbiased when rows
 * are in truth independent, is the one to report; CR0 is too small with few clusters, CR3 (the jackknife) too large.
 * Not for a single cluster. Where a cluster alone determines a coefficient (its own fixed effect), CR2 takes the generalised inverse and CR3 has no answer.
 * @param sums per cluster, covariates in the order of `names`, then the outcome; @param names of the covariates; @param level of the intervals
 * Not-estimable when clusters or rows do not suffice or columns are collinear (for CR3, once a cluster is left out). Throws when names and columns disagree.
 * Source: Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004. Example: clusterRobust(sums, ['arm'], 'CR2').coefficients[1].df
 */
export const clusterRobust = (
  sums: readonly SchoolSums[],
  names: readonly string[],
  type: SandwichType = 'CR2',
  level = 0.95,
): ClusterRobust | NotEstimable => {
  if (sums.some(({ means }) => means.length !== names.length + 1))
    throw new Error(`clusterRobust requires ${names.length} covariates and the outcome in every cluster's sums`)
  if (sums.length < 2) return notEstimable('too-few-schools')
  const fit = leastSquares(sums)
  if (fit.kind === 'not-estimable') return fit
  const size = names.length + 1
  const clusters: Adjusted[] = []
  const meat = zeros(size)
  for (const { gram, score } of fit.clusters) {
    const adjust = adjustment(gram, type)
    if (!adjust) return notEstimable('collinear')
    const adjusted = times(adjust, score)
    for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) meat[i]![j]! += adjusted[i]! * adjusted[j]!
    clusters.push({ gram, adjust, score })
  }
  const scale = scaleOf(type, sums.length, fit.n, size)
  const units = Array.from({ length: size }, (_, place) => Array.from({ length: size }, (_, k) => Number(k === place)))
  const contrasts = units.map(fit.contrast)
  const covariance = contrasts.map((a) => contrasts.map((b) => scale * dot(a, times(meat, b))))
  const estimates = units.map(fit.estimate)
  return {
    kind: 'estimated',
    method: type,
    n: fit.n,
    clusters: sums.length,
    coefficients: ['(Intercept)', ...names].map((name, k) => ({
      name,
      ...studentEstimate(estimates[k]!, Math.sqrt(scale * quadratic(meat, contrasts[k]!)), freedom(clusters, contrasts[k]!), level),
    })),
    covariance,
    warnings: sums.length < fewClusters ? ['few-schools'] : [],
    wald: (places) => {
      const pick = <T>(values: readonly T[]) => places.map((place) => values[place]!)
      return hotelling(clusters, pick(contrasts), pick(estimates), pick(covariance).map(pick))
    },
  }
}

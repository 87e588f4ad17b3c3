import { chiSquared } from '../distributions/chi-squared.ts'
import { cholesky, dot, type Matrix, quadratic, type Vector } from '../linear-algebra.ts'
import { notEstimable, type Warning } from '../result.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import { adaptiveLikelihood, type ClusteredRows, type Likelihood, type Parameters } from './adaptive-likelihood.ts'
import { type BinaryRefusal, largeSample, ratioOf } from './binary-fit.ts'
import { gaussHermite, type QuadratureRule } from './gauss-hermite.ts'
import { binaryData, type LogisticCoefficient, logisticMaximum, unitContrasts } from './logistic-regression.ts'

export type LogisticMixedModel = {
  readonly kind: 'estimated'
  readonly method: 'adaptive-gauss-hermite' | 'laplace'
  readonly quadraturePoints: number
  readonly n: number
  readonly events: number
  readonly clusters: number
  readonly coefficients: readonly LogisticCoefficient[]
  readonly covariance: Matrix
  readonly clusterStandardDeviation: number
  readonly clusterVariance: number
  /** of the latent response, whose logistic residual has variance π²/3 */
  readonly icc: number
  readonly logLik: number
  readonly parameters: number
  readonly AIC: number
  readonly BIC: number
  /** against no variance between clusters; the p is halved, as the null lies on the border */
  readonly clusterVarianceTest: { readonly statistic: number; readonly p: number }
  readonly singular: boolean
  readonly iterations: number
  readonly warnings: readonly Warning[]
}

const mostIterations = 100

/** Rows of a cluster together, clusters in the order of their first rows. */
const together = (names: readonly string[]) => {
  const members = Map.groupBy(
    names.map((_, row) => row),
    (row) => names[row]!,
  )
  const order = Int32Array.from([...members.values()].flat())
  const starts = Int32Array.from([0, ...Array.from(members.values(), ({ length }) => length)])
  for (let k = 1; k < starts.length; k += 1) starts[k]! += starts[k - 1]!
  return { order, starts }
}

/** The Hessian of the negative log-likelihood by central differences of its gradient: of two points on the way, of four for the standard errors. */
const hessianAt = (rows: ClusteredRows, at: Parameters, rule: QuadratureRule, exact: boolean): number[][] => {
  const difference = (k: number, width: number): Float64Array => {
    const [up, down] = [width, -width].map((move) => adaptiveLikelihood(rows, at.with(k, at[k]! + move), rule).gradient)
    return up!.map((own, i) => (down![i]! - own) / (2 * width))
  }
  const columns = Array.from(at, (value, k) => {
    const width = 1e-4 * Math.max(1, Math.abs(value))
    if (!exact) return difference(k, width)
    const wider = difference(k, 2 * width)
    return difference(k, width).map((own, i) => (4 * own - wider[i]!) / 3)
  })
  return columns.map((column, i) => Array.from(column, (value, j) => (value + columns[j]![i]!) / 2))
}

/** Newton's step where the likelihood is concave; otherwise along the eigenvectors, with the sizes of their curvatures. */
const ascent = (hessian: Matrix, gradient: Float64Array): Vector => {
  const direct = cholesky(hessian)
  if (direct) return direct.solve(Array.from(gradient))
  const { values, vectors } = symmetricEigen(hessian)
  const largest = Math.max(...values.map(Math.abs))
  const step = new Array<number>(gradient.length).fill(0)
  for (const [k, vector] of vectors.entries()) {
    const along = dot(vector, Array.from(gradient)) / Math.max(Math.abs(values[k]!), 1e-4 * largest)
    for (let i = 0; i < step.length; i += 1) step[i]! += along * vector[i]!
  }
  return step
}

const longestStep = 3

const maximised = (rows: ClusteredRows, start: Parameters, rule: QuadratureRule) => {
  let at = start
  let now: Likelihood = adaptiveLikelihood(rows, at, rule)
  for (let iteration = 1; iteration <= mostIterations; iteration += 1) {
    const hessian = hessianAt(rows, at, rule, false)
    const raw = ascent(hessian, now.gradient)
    const length = Math.max(...raw.map(Math.abs))
    const step = length > longestStep ? raw.map((value) => (value * longestStep) / length) : raw
    if (length <= 1e-9) return { at, logLik: now.logLik, hessian: hessianAt(rows, at, rule, true), iterations: iteration }
    let [next, moved] = [now, at]
    for (let share = 1; share > 1e-9; share /= 2) {
      moved = at.map((value, k) => value + share * step[k]!)
      next = adaptiveLikelihood(rows, moved, rule)
      if (next.logLik >= now.logLik - 1e-12 * Math.abs(now.logLik)) break
    }
    if (Math.abs(moved.at(-1)!) < 1e-3 && Math.abs(at.at(-1)!) < 1e-2) return null // s is on its way to 0
    at = moved
    now = next
  }
  return { at, logLik: now.logLik, hessian: null, iterations: mostIterations }
}

type Found = { readonly beta: Vector; readonly s: number; readonly logLik: number; readonly inverse: Matrix; readonly iterations: number }

/** Starts from logistic regression and a middling variance; at a variance of zero it is logistic regression again. */
const fitted = (
  rows: ClusteredRows,
  names: readonly string[],
  rule: QuadratureRule,
): { readonly found: Found; readonly without: number } | BinaryRefusal => {
  const pooled = logisticMaximum(rows.x, rows.y, names)
  if (!pooled) return notEstimable('collinear')
  if (pooled.kind !== 'estimated') return pooled
  const without = pooled.logLik
  const zero = { beta: pooled.beta, s: 0, logLik: without, inverse: cholesky(pooled.information)!.inverse(), iterations: 0 }
  for (const s of [0.7, 0.2, 2]) {
    const best = maximised(rows, Float64Array.of(...pooled.beta.map((value) => value * Math.sqrt(1 + 0.35 * s * s)), s), rule)
    if (best === null || best.logLik < without) continue
    const factor = best.hessian && cholesky(best.hessian)
    if (!factor) return { kind: 'not-converged', iterations: best.iterations }
    const size = best.at.length - 1
    const inverse = factor
      .inverse()
      .slice(0, size)
      .map((row) => row.slice(0, size))
    return {
      found: {
        beta: Array.from(best.at.subarray(0, size)),
        s: Math.abs(best.at[size]!),
        logLik: best.logLik,
        inverse,
        iterations: best.iterations,
      },
      without,
    }
  }
  return { found: zero, without }
}

/**
 * Logistic regression with a random intercept for each cluster, by maximum likelihood with adaptive Gauss-Hermite quadrature (25 points unless named; one is Laplace's
 * approximation, biased for small clusters). Odds ratios are within a cluster: larger than those of the whole population, for which gee is.
 * Not for few clusters (tests are large-sample ones), not for random slopes. A variance estimated as zero is said (`singular`): then it is logistic regression.
 * @param y 0 or 1; @param columns covariates in the order of `names`; @param clusters the cluster of each row
 * @returns log odds ratios, the intercept first; standard errors from the whole Hessian, as glmer's. Separated where no finite estimate exists.
 * Source: Pinheiro & Chao 2006, doi:10.1198/106186006X96962; Bates et al. 2015, doi:10.18637/jss.v067.i01.
 * Example: logisticMixedModel(y, [arm], ['arm'], schools).coefficients[1].oddsRatio.estimate
 */
export const logisticMixedModel = (
  y: Float64Array,
  columns: readonly Float64Array[],
  names: readonly string[],
  clusters: readonly string[],
  { quadraturePoints = 25, level = 0.95 }: { readonly quadraturePoints?: number; readonly level?: number } = {},
): LogisticMixedModel | BinaryRefusal => {
  if (clusters.length !== y.length) throw new Error(`logisticMixedModel requires ${y.length} clusters, one a row`)
  const { order, starts } = together(clusters)
  const arranged = (values: Float64Array) => Float64Array.from(order, (row) => values[row]!)
  const rows = arranged(y)
  const x = binaryData(rows, columns.map(arranged), 'logisticMixedModel')
  if ('kind' in x) return x
  const count = starts.length - 1
  if (count < 2 || count === y.length) return notEstimable('too-few-schools')
  const fit = fitted({ x, y: rows, starts }, names, gaussHermite(quadraturePoints))
  if ('kind' in fit) return fit
  const { beta, s, logLik, inverse, iterations } = fit.found
  const all = ['(Intercept)', ...names]
  const contrasts = unitContrasts(all.length, x)
  const statistic = Math.max(0, 2 * (logLik - fit.without))
  return {
    kind: 'estimated',
    method: quadraturePoints === 1 ? 'laplace' : 'adaptive-gauss-hermite',
    ...{ quadraturePoints, n: y.length, events: y.reduce((sum, value) => sum + value, 0), clusters: count },
    coefficients: all.map((name, k) => {
      const tested = largeSample(dot(contrasts[k]!, beta), Math.sqrt(quadratic(inverse, contrasts[k]!)), level)
      return { name, ...tested, oddsRatio: ratioOf(tested) }
    }),
    covariance: contrasts.map((a) =>
      contrasts.map((b) =>
        dot(
          a,
          inverse.map((row) => dot(row, b)),
        ),
      ),
    ),
    ...{ clusterStandardDeviation: s, clusterVariance: s * s, icc: (s * s) / (s * s + Math.PI ** 2 / 3) },
    ...{
      logLik,
      parameters: all.length + 1,
      AIC: 2 * (all.length + 1) - 2 * logLik,
      BIC: Math.log(y.length) * (all.length + 1) - 2 * logLik,
    },
    clusterVarianceTest: { statistic, p: statistic === 0 ? 1 : chiSquared(statistic, 1).upper / 2 },
    singular: s === 0,
    iterations,
    warnings: [...(s === 0 ? ['singular-fit' as const] : []), ...(count < 20 ? ['few-schools' as const] : [])],
  }
}

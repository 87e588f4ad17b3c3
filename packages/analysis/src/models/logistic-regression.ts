import { cholesky, dot, type Matrix, quadratic, type Vector } from '../linear-algebra.ts'
import { notEstimable } from '../result.ts'
import {
  type BinaryRefusal,
  type LargeSample,
  largeSample,
  logistic,
  type NotConverged,
  type Ratio,
  ratioOf,
  type Separated,
  softplus,
} from './binary-fit.ts'
import { crossed, linearPredictor, type ScaledColumns, scaledColumns, weightedGram } from './scaled-columns.ts'

export type LogisticCoefficient = LargeSample & { readonly name: string; readonly oddsRatio: Ratio }
export type LogisticRegression = {
  readonly kind: 'estimated'
  readonly method: 'maximum-likelihood'
  readonly n: number
  readonly events: number
  readonly coefficients: readonly LogisticCoefficient[]
  readonly covariance: Matrix
  readonly logLik: number
  readonly AIC: number
}
/** On the scaled columns. */
export type LogisticMaximum = { readonly kind: 'estimated'; readonly beta: Vector; readonly information: Matrix; readonly logLik: number }

const mostIterations = 100
/** Newton's first steps say nothing of separation yet, and late ones nothing new. */
const firstChecked = 10

/** Whether a direction tells the outcome apart, up to rounding: nowhere against it, somewhere for it. */
const separatedBy = (x: ScaledColumns, y: Float64Array, direction: Vector, names: readonly string[]): Separated | null => {
  const along = linearPredictor(x, direction)
  const largest = along.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (!(largest > 0.5)) return null // the step of an estimate that is settling
  let least = Number.POSITIVE_INFINITY
  for (let row = 0; row < along.length; row += 1) least = Math.min(least, y[row] === 1 ? along[row]! : -along[row]!)
  if (least < -1e-6 * largest) return null
  const size = Math.max(...direction.map(Math.abs))
  const columns = direction.flatMap((value, k) => (k > 0 && Math.abs(value) > 1e-3 * size ? [names[k - 1]!] : []))
  return { kind: 'separated', separation: least > 1e-6 * largest ? 'complete' : 'quasi-complete', columns }
}

const logLikOf = (eta: Float64Array, y: Float64Array): number => {
  let sum = 0
  for (let row = 0; row < eta.length; row += 1) sum += y[row]! * eta[row]! - softplus(eta[row]!)
  return sum
}

/** The maximum of the likelihood by Newton's steps, halved where they overshoot; separation is proved by the step itself. */
export const logisticMaximum = (
  x: ScaledColumns,
  y: Float64Array,
  names: readonly string[],
): LogisticMaximum | Separated | NotConverged | null => {
  const share = y.reduce((sum, value) => sum + value, 0) / y.length
  let beta: Vector = x.columns.map((_, k) => (k === 0 ? Math.log(share / (1 - share)) : 0))
  let eta = linearPredictor(x, beta)
  let logLik = logLikOf(eta, y)
  let step: Vector = []
  for (let iteration = 1; iteration <= mostIterations; iteration += 1) {
    const fitted = eta.map(logistic)
    const information = weightedGram(
      x,
      fitted.map((p) => p * (1 - p)),
    )
    const factor = cholesky(information)
    if (!factor) return step.length > 0 ? separatedBy(x, y, step, names) : null
    step = factor.solve(
      crossed(
        x,
        y.map((value, row) => value - fitted[row]!),
      ),
    )
    if (iteration >= firstChecked) {
      const separated = separatedBy(x, y, step, names)
      if (separated) return separated
    }
    const settled = step.every((value, k) => Math.abs(value) <= 1e-12 * (1 + Math.abs(beta[k]!)))
    let next = beta.map((value, k) => value + step[k]!)
    for (let halving = 0; halving < 30; halving += 1) {
      eta = linearPredictor(x, next)
      if (logLikOf(eta, y) >= logLik - 1e-10 * Math.abs(logLik)) break
      next = next.map((value, k) => (value + beta[k]!) / 2)
    }
    beta = next
    logLik = logLikOf(eta, y)
    if (settled) return { kind: 'estimated', beta, information, logLik }
  }
  return { kind: 'not-converged', iterations: mostIterations }
}

/** The outcome and columns as every model of a binary outcome takes them, or why it cannot. Throws when the outcome is not 0 and 1. */
export const binaryData = (y: Float64Array, columns: readonly Float64Array[], name: string) => {
  if (columns.some(({ length }) => length !== y.length)) throw new Error(`${name} requires ${y.length} values in every column`)
  const wrong = y.find((value) => value !== 0 && value !== 1)
  if (wrong !== undefined) throw new Error(`${name} requires an outcome of 0 and 1, got ${wrong}`)
  if (y.length <= columns.length + 1) return notEstimable('too-few-values')
  if (y.every((value) => value === y[0])) return notEstimable('no-variation')
  return scaledColumns(y.length, columns) ?? notEstimable('collinear')
}

export const unitContrasts = (count: number, { contrast }: ScaledColumns): readonly Vector[] =>
  Array.from({ length: count }, (_, place) => contrast(Array.from({ length: count }, (_other, k) => Number(k === place))))

/**
 * Logistic regression by maximum likelihood, with large-sample tests. Separation is found and named: then a coefficient has no finite estimate.
 * Not for pupils of several schools: gee or logisticMixedModel count the schools. Rough below about ten events a coefficient.
 * @param y 0 or 1; @param columns covariates in the order of `names`; @param level of the intervals
 * @returns log odds ratios, the intercept first. Not-estimable when the outcome or a column does not vary or columns are collinear.
 * Source: McCullagh & Nelder 1989, doi:10.1007/978-1-4899-3242-6; Albert & Anderson 1984, doi:10.1093/biomet/71.1.1 (separation).
 * Example: logisticRegression(y, [arm], ['arm']).coefficients[1].oddsRatio.estimate
 */
export const logisticRegression = (
  y: Float64Array,
  columns: readonly Float64Array[],
  names: readonly string[],
  level = 0.95,
): LogisticRegression | BinaryRefusal => {
  const x = binaryData(y, columns, 'logisticRegression')
  if ('kind' in x) return x
  const found = logisticMaximum(x, y, names)
  if (!found) return notEstimable('collinear')
  if (found.kind !== 'estimated') return found
  const inverse = cholesky(found.information)!.inverse() // it was factored on the way
  const all = ['(Intercept)', ...names]
  const contrasts = unitContrasts(all.length, x)
  const coefficients = all.map((name, k): LogisticCoefficient => {
    const tested = largeSample(dot(contrasts[k]!, found.beta), Math.sqrt(quadratic(inverse, contrasts[k]!)), level)
    return { name, ...tested, oddsRatio: ratioOf(tested) }
  })
  return {
    kind: 'estimated',
    method: 'maximum-likelihood',
    n: y.length,
    events: y.reduce((sum, value) => sum + value, 0),
    coefficients,
    covariance: contrasts.map((a) =>
      contrasts.map((b) =>
        dot(
          a,
          inverse.map((row) => dot(row, b)),
        ),
      ),
    ),
    logLik: found.logLik,
    AIC: 2 * all.length - 2 * found.logLik,
  }
}

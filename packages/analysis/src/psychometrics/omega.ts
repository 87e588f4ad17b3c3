import { normalInterval } from '../effects/normal-interval.ts'
import { cholesky, dot, type Matrix, times, type Vector, zeros } from '../linear-algebra.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { type Covariance, covarianceOf } from './covariance.ts'

type OmegaWarning = 'not-converged' | 'negative-uniqueness' | 'mis-keyed-item'
export type Omega = {
  readonly kind: 'estimated'
  readonly method: 'one-factor-maximum-likelihood'
  /** (Σλ)² / ((Σλ)² + Σψ), the share of the model's variance of the sum */
  readonly estimate: number
  readonly standardError: number
  readonly interval: Interval
  /** the same over the observed variance of the sum */
  readonly ofObservedVariance: number
  /** in points per standard deviation of the factor, their sum positive; covariances divided by n */
  readonly loadings: Vector
  readonly uniquenesses: Vector
  readonly iterations: number
  readonly n: number
  readonly warnings: readonly OmegaWarning[]
}

type Parameters = { readonly loadings: Vector; readonly uniquenesses: Vector }
const sum = (values: Vector) => values.reduce((total, value) => total + value, 0)

/** Inverse of ΛΛ′ + Ψ by Sherman-Morrison. */
const inverseOf = ({ loadings, uniquenesses }: Parameters): Matrix => {
  const scaled = loadings.map((loading, i) => loading / uniquenesses[i]!)
  const divisor = 1 + dot(loadings, scaled)
  return scaled.map((a, i) => scaled.map((b, j) => (i === j ? 1 / uniquenesses[i]! : 0) - (a * b) / divisor))
}

/** log|Σ| + tr(SΣ⁻¹), infinite unless Σ is positive definite: it may be so with one uniqueness below zero. */
const discrepancy = (s: Matrix, at: Parameters): number => {
  const { loadings, uniquenesses } = at
  const growth = 1 + sum(loadings.map((loading, i) => loading ** 2 / uniquenesses[i]!))
  const negative = uniquenesses.filter((value) => value < 0).length
  if (negative > 1 || !(negative === 1 ? growth < 0 : growth > 0)) return Number.POSITIVE_INFINITY
  const inverse = inverseOf(at)
  return (
    sum(uniquenesses.map((value) => Math.log(Math.abs(value)))) + Math.log(Math.abs(growth)) + sum(s.map((row, i) => dot(row, inverse[i]!)))
  )
}

/** Gradient and expected second derivatives of log|Σ| + tr(SΣ⁻¹), loadings first and uniquenesses after them. */
const derivatives = (s: Matrix, at: Parameters) => {
  const { loadings, uniquenesses } = at
  const k = loadings.length
  const w = inverseOf(at)
  const u = times(w, loadings)
  const q = dot(loadings, u)
  const difference = loadings.map((a, i) => loadings.map((b, j) => a * b + (i === j ? uniquenesses[i]! : 0) - s[i]![j]!))
  const left = w.map((row) => times(difference, row))
  const gradient = [...left.map((row) => 2 * dot(row, u)), ...left.map((row, i) => dot(row, w[i]!))]
  const information = zeros(2 * k)
  for (let i = 0; i < k; i += 1)
    for (let j = 0; j < k; j += 1) {
      information[i]![j] = 2 * (u[i]! * u[j]! + w[i]![j]! * q)
      information[i]![k + j] = 2 * w[i]![j]! * u[j]!
      information[k + j]![i] = information[i]![k + j]!
      information[k + i]![k + j] = w[i]![j]! ** 2
    }
  return { gradient, information }
}

/** The first principal axis, by power iteration: a start that gives each item its sign. */
const start = (s: Matrix): Parameters => {
  let axis: Vector = s.map((row, i) => row[i]!)
  for (let step = 0; step < 100; step += 1) {
    const next = times(s, axis)
    const length = Math.sqrt(dot(next, next))
    axis = next.map((value) => value / length)
  }
  const scale = Math.sqrt(dot(axis, times(s, axis)))
  return {
    loadings: axis.map((value, i) => Math.sign(value) * Math.min(Math.abs(value) * scale * 0.8, 0.9 * Math.sqrt(s[i]![i]!))),
    uniquenesses: s.map((row, i) => row[i]! / 2),
  }
}

const moved = ({ loadings, uniquenesses }: Parameters, step: Vector, share: number): Parameters => ({
  loadings: loadings.map((value, i) => value - share * step[i]!),
  uniquenesses: uniquenesses.map((value, i) => value - share * step[loadings.length + i]!),
})

/** Fisher scoring with halved steps until a step changes nothing above 1e-13. Null when the information is singular. */
const fit = (s: Matrix) => {
  let at = start(s)
  let value = discrepancy(s, at)
  for (let iterations = 1; iterations <= 500; iterations += 1) {
    const { gradient, information } = derivatives(s, at)
    const factor = cholesky(information)
    if (!factor) return null
    const step = factor.solve(gradient)
    let [share, next] = [1, moved(at, step, 1)]
    let nextValue = discrepancy(s, next)
    while (!(nextValue <= value + 1e-13 * Math.abs(value)) && share > 1e-6) {
      share /= 2
      next = moved(at, step, share)
      nextValue = discrepancy(s, next)
    }
    if (share <= 1e-6) return { at, solve: factor.solve, iterations, converged: false }
    const scale = s.map((row, i) => row[i]!)
    const change = Math.max(...step.map((part, i) => Math.abs(part) / (i < s.length ? Math.sqrt(scale[i]!) : scale[i - s.length]!)))
    ;[at, value] = [next, nextValue]
    if (change < 1e-13) return { at, solve: factor.solve, iterations, converged: true }
  }
  return null
}

/**
 * McDonald's omega of one factor by maximum likelihood: the share of the variance of the sum that the common factor explains, without alpha's equal loadings.
 * Not a proof of one factor: look at the fit first. Not when items load on several factors, nor when a uniqueness comes out below zero (it is said).
 * @param answers one row a pupil, one keyed value an item, complete rows only; @param level of the delta-method interval
 * @returns omega without unit; not-estimable with fewer than three items, too few rows, a constant item, or no one-factor solution
 * Source: McDonald 1999; Jöreskog 1967, doi:10.1007/BF02289658; interval: Raykov 2002, doi:10.1207/S15327906MBR3701_04. Example: omega(answers).estimate
 */
export const omega = (answers: readonly (readonly number[])[], level = 0.95): Omega | NotEstimable => {
  const size = answers[0]?.length ?? 0
  if (answers.some((row) => row.length !== size)) throw new Error(`omega requires ${size} answers in every row`)
  const covariance = covarianceOf(answers)
  return covariance ? omegaOf(covariance, level) : notEstimable('too-few-values')
}

/** The same from the covariances of the items. */
export const omegaOf = (covariance: Covariance, level = 0.95): Omega | NotEstimable => {
  const { n } = covariance
  const size = covariance.matrix.length
  if (n <= size) return notEstimable('too-few-values')
  if (size < 3) return notEstimable('too-few-items')
  if (covariance.matrix.some((row, item) => row[item] === 0)) return notEstimable('no-variation')
  const s = covariance.matrix.map((row) => row.map((value) => (value * (n - 1)) / n))
  const found = cholesky(s) && fit(s)
  if (!found) return notEstimable('collinear')
  const sign = Math.sign(sum(found.at.loadings)) || 1
  const loadings = found.at.loadings.map((loading) => sign * loading)
  const { uniquenesses } = found.at
  const [common, unique] = [sum(loadings) ** 2, sum(uniquenesses)]
  const estimate = common / (common + unique)
  const slope = [
    ...loadings.map(() => (2 * sign * sum(loadings) * unique) / (common + unique) ** 2),
    ...uniquenesses.map(() => -common / (common + unique) ** 2),
  ]
  const standardError = Math.sqrt((2 / n) * dot(slope, found.solve(slope)))
  return {
    kind: 'estimated',
    method: 'one-factor-maximum-likelihood',
    estimate,
    standardError,
    interval: normalInterval(estimate, standardError, level),
    ofObservedVariance: common / sum(s.map(sum)),
    loadings,
    uniquenesses,
    iterations: found.iterations,
    n,
    warnings: [
      ...(found.converged ? [] : (['not-converged'] as const)),
      ...(uniquenesses.some((value) => value < 0) ? (['negative-uniqueness'] as const) : []),
      ...(loadings.some((loading) => loading < 0) ? (['mis-keyed-item'] as const) : []),
    ],
  }
}

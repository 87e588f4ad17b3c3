import { studentEstimate } from '../effects/student-estimate.ts'
import { combine, dot, type Matrix, quadratic, type Vector } from '../linear-algebra.ts'
import { type Estimate, type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { refusal } from './estimable.ts'
import { kenwardRoger } from './kenward-roger.ts'
import { freeValues, leastDeviance, type Method, type Point, type Pooled, pool, unshift } from './profile.ts'
import { satterthwaite } from './satterthwaite.ts'
import type { SchoolSums } from './school-sums.ts'

type Tested = Omit<Estimate, 'estimate'>
type MixedCoefficient = {
  readonly name: string
  readonly estimate: number
  readonly standardError: number
  readonly satterthwaite: Tested | null
  /** with its own, adjusted standard error; null under ML, for which it is not defined */
  readonly kenwardRoger: Tested | null
}
export type LinearMixedModel = {
  readonly kind: 'estimated'
  readonly method: Method
  readonly n: number
  readonly clusters: number
  readonly coefficients: readonly MixedCoefficient[]
  readonly covariance: Matrix
  readonly varianceComponents: { readonly cluster: number; readonly residual: number }
  readonly icc: number
  readonly logLik: number
  readonly parameters: number
  readonly AIC: number
  readonly BIC: number
  readonly singular: boolean
  readonly warnings: readonly Warning[]
}

const fewClusters = 20

const testedBy = (estimate: number, standardError: number, df: number, level: number): Tested => {
  const { estimate: _, ...tested } = studentEstimate(estimate, standardError, df, level)
  return tested
}

/** Each coefficient in the caller's coordinates, as a contrast on the shifted ones. */
const contrastsOf = (pooled: Pooled, count: number): readonly Vector[] =>
  Array.from({ length: count }, (_, place) =>
    unshift(
      pooled.shift,
      Array.from({ length: count }, (_, k) => Number(k === place)),
    ),
  )

const fixedEffects = (names: readonly string[], pooled: Pooled, point: Point, method: Method, level: number) => {
  const residual = point.residualSum / freeValues(pooled, method)
  const shifted = combine([residual, point.inverse()])
  const adjusted = method === 'REML' ? kenwardRoger(pooled, shifted, { residual, school: point.lambda * residual }) : null
  const freedom = satterthwaite(pooled, point, method)
  const contrasts = contrastsOf(pooled, names.length)
  const coefficients = names.map((name, place): MixedCoefficient => {
    const contrast = contrasts[place]!
    const estimate = dot(contrast, point.beta) + (place === 0 ? pooled.shift.at(-1)! : 0)
    const standardError = Math.sqrt(quadratic(shifted, contrast))
    return {
      name,
      estimate,
      standardError,
      satterthwaite: freedom && testedBy(estimate, standardError, freedom(contrast), level),
      kenwardRoger: adjusted && testedBy(estimate, Math.sqrt(quadratic(adjusted.covariance, contrast)), adjusted.df(contrast), level),
    }
  })
  const covariance = contrasts.map((a) =>
    contrasts.map((b) =>
      dot(
        a,
        shifted.map((row) => dot(row, b)),
      ),
    ),
  )
  return { coefficients, covariance, residual }
}

/**
 * The linear mixed model y = Xb + cluster + residual with an intercept, by REML or ML from per-cluster sums, with Satterthwaite's and Kenward-Roger's
 * tests side by side. Report Kenward-Roger's: at a singular fit Satterthwaite's df are the residual ones. ML is for comparing models, not for reporting one.
 * Not for binary outcomes, more than two levels, or effects that differ between clusters.
 * @param sums per cluster, covariates in the order of `names`, then the outcome; @param names of the covariates; @param level of the intervals
 * @returns coefficients ('(Intercept)' first), variance components in the outcome's unit squared, icc, logLik (REML's is of the residual contrasts).
 * Not-estimable when clusters, values or variation do not suffice or columns are collinear. Throws when names and columns disagree.
 * Source: Laird & Ware 1982, doi:10.2307/2529876; Bates et al. 2015, doi:10.18637/jss.v067.i01.
 * Example: linearMixedModel(sums, ['arm'], 'REML').coefficients[1].kenwardRoger.p
 */
export const linearMixedModel = (
  sums: readonly SchoolSums[],
  names: readonly string[],
  method: Method = 'REML',
  level = 0.95,
): LinearMixedModel | NotEstimable => {
  if (sums.some(({ means }) => means.length !== names.length + 1))
    throw new Error(`linearMixedModel requires ${names.length} covariates and the outcome in every cluster's sums`)
  if (sums.length < 2) return notEstimable('too-few-schools')
  const pooled = pool(sums)
  const refused = refusal(pooled)
  if (refused) return refused
  const best = leastDeviance(pooled, method)
  if (!best) return notEstimable('collinear')
  const { coefficients, covariance, residual } = fixedEffects(['(Intercept)', ...names], pooled, best, method, level)
  const parameters = coefficients.length + 2
  const singular = best.lambda === 0
  return {
    kind: 'estimated',
    method,
    n: pooled.n,
    clusters: pooled.schools,
    coefficients,
    covariance,
    varianceComponents: { cluster: best.lambda * residual, residual },
    icc: best.lambda / (1 + best.lambda),
    logLik: -best.deviance / 2,
    parameters,
    AIC: best.deviance + 2 * parameters,
    BIC: best.deviance + Math.log(pooled.n) * parameters,
    singular,
    warnings: [...(singular ? ['singular-fit' as const] : []), ...(pooled.schools < fewClusters ? ['few-schools' as const] : [])],
  }
}

import { studentEstimate } from '../effects/student-estimate.ts'
import { combine, dot, type Matrix, quadratic } from '../linear-algebra.ts'
import { type Estimate, type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { refusal } from './estimable.ts'
import { kenwardRoger } from './kenward-roger.ts'
import { leastDeviance, type Point, type Pooled, pool, unshift } from './profile.ts'
import type { SchoolSums } from './school-sums.ts'

type Coefficient = Estimate & { readonly name: string; readonly unadjustedStandardError: number }
export type RandomIntercept = {
  readonly kind: 'estimated'
  readonly method: 'random-intercept-reml-kenward-roger'
  readonly n: number
  readonly schools: number
  readonly coefficients: readonly Coefficient[]
  readonly residualVariance: number
  readonly schoolVariance: number
  readonly intraclassCorrelation: number
  readonly logLikelihood: number
  readonly singular: boolean
  readonly warnings: readonly Warning[]
}

const coefficientsOf = (names: readonly string[], pooled: Pooled, { beta, inverse, residualSum }: Point, level: number, school: number) => {
  const residual = residualSum / (pooled.n - beta.length)
  const covariance: Matrix = combine([residual, inverse()])
  const adjusted = kenwardRoger(pooled, covariance, { residual, school: school * residual })
  if (!adjusted) return null
  return names.map((name, place): Coefficient => {
    const contrast = unshift(
      pooled.shift,
      names.map((_, k) => Number(k === place)),
    )
    const estimate = dot(contrast, beta) + (place === 0 ? pooled.shift.at(-1)! : 0)
    const standardError = Math.sqrt(quadratic(adjusted.covariance, contrast))
    return {
      name,
      ...studentEstimate(estimate, standardError, adjusted.df(contrast), level),
      unadjustedStandardError: Math.sqrt(quadratic(covariance, contrast)),
    }
  })
}

/**
 * The linear mixed model y = Xb + school + residual with an intercept, fitted by REML from per-school sums, with Kenward-Roger standard errors and df.
 * For trials allocated by school. Not for binary outcomes, not for more than two levels, not when effects differ between schools (random slopes).
 * @param sums per school, each with the covariates in the order of `names`, then the outcome; @param names of the covariates; @param level of the intervals
 * @returns coefficients ('intercept' first) in units of the outcome, variances in its square. A school variance estimated as zero is said (`singular`).
 * Not-estimable when schools, values or variation do not suffice or columns are collinear. Throws when names and columns disagree.
 * Source: Laird & Ware 1982, doi:10.2307/2529876; Kenward & Roger 1997, doi:10.2307/2533558.
 * Example: randomIntercept(schoolSums(rows), ['arm', 'baseline']).coefficients[1] is the effect of the arm.
 */
export const randomIntercept = (sums: readonly SchoolSums[], names: readonly string[], level = 0.95): RandomIntercept | NotEstimable => {
  if (sums.some(({ means }) => means.length !== names.length + 1))
    throw new Error(`randomIntercept requires ${names.length} covariates and the outcome in every school's sums`)
  if (sums.length < 2) return notEstimable('too-few-schools')
  const pooled = pool(sums)
  const refused = refusal(pooled)
  if (refused) return refused
  const best = leastDeviance(pooled)
  const coefficients = best && coefficientsOf(['intercept', ...names], pooled, best, level, best.lambda)
  if (!best || !coefficients) return notEstimable('collinear')
  const residualVariance = best.residualSum / (pooled.n - coefficients.length)
  const singular = best.lambda === 0
  return {
    kind: 'estimated',
    method: 'random-intercept-reml-kenward-roger',
    n: pooled.n,
    schools: pooled.schools,
    coefficients,
    residualVariance,
    schoolVariance: best.lambda * residualVariance,
    intraclassCorrelation: best.lambda / (1 + best.lambda),
    logLikelihood: -best.deviance / 2,
    singular,
    warnings: singular ? ['singular-fit'] : [],
  }
}

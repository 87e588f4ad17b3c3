import { studentEstimate } from '../effects/student-estimate.ts'
import { combine, dot, quadratic, times, type Vector } from '../linear-algebra.ts'
import type { Estimate } from '../result.ts'
import { kenwardRogerF } from './kenward-roger-f.ts'
import type { FittedTerm, NestedFit } from './nested-fit.ts'
import type { NestedSums } from './nested-sums.ts'
import { nestedKenwardRoger, nestedSatterthwaite } from './nested-tests.ts'
import type { WaldTest } from './sandwich.ts'

type Tested = Omit<Estimate, 'estimate'>
/** An estimate with the two tests of it. Kenward-Roger's has its own, adjusted standard error; under ML, for which it is not defined, it is null. */
export type NestedEstimate = {
  readonly estimate: number
  readonly standardError: number
  readonly satterthwaite: Tested | null
  readonly kenwardRoger: Tested | null
}

const testedBy = (estimate: number, standardError: number, df: number, level: number): Tested => {
  const { estimate: _, ...tested } = studentEstimate(estimate, standardError, df, level)
  return tested
}

/** A contrast on the caller's coefficients as one on those of the standardised columns: the intercept there is the mean, here it is at zero. */
const standardised = ({ shift, scale, fixed }: NestedSums, contrast: Vector): Vector =>
  Array.from({ length: fixed }, (_, k) => ((k === 0 ? contrast[0]! : contrast[k]! - contrast[0]! * shift[k]!) * scale.at(-1)!) / scale[k]!)

/** What is said of contrasts on the caller's coefficients, the covariance of two of them, and whether several without the intercept are zero together. */
export const nestedContrasts = (sums: NestedSums, terms: readonly FittedTerm[], { theta, point }: NestedFit, level: number) => {
  const residual = point.residualSum / point.free
  const covariance = combine([residual, point.factor.inverse()])
  const adjusted = point.method === 'REML' ? nestedKenwardRoger(point, sums.n) : null
  const freedom = nestedSatterthwaite(terms, theta, point)
  const estimateOf = (own: Vector): NestedEstimate => {
    const contrast = standardised(sums, own)
    const estimate = dot(contrast, point.beta) + own[0]! * sums.shift.at(-1)!
    const standardError = Math.sqrt(quadratic(covariance, contrast))
    const adjustedError = adjusted && Math.sqrt(residual * quadratic(adjusted.covariance, contrast))
    return {
      estimate,
      standardError,
      satterthwaite: freedom && testedBy(estimate, standardError, freedom(contrast), level),
      kenwardRoger: adjusted && testedBy(estimate, adjustedError!, adjusted.df(contrast), level),
    }
  }
  const covarianceOf = (one: Vector, other: Vector) => dot(standardised(sums, one), times(covariance, standardised(sums, other)))
  const jointOf = (own: readonly Vector[]): WaldTest | null => {
    const contrasts = own.map((one) => standardised(sums, one))
    const estimates = contrasts.map((one) => dot(one, point.beta))
    return adjusted && kenwardRogerF(adjusted, contrasts, estimates, residual)
  }
  return { estimateOf, covarianceOf, jointOf }
}

/** How far two groups are apart at baseline, in one unit for numbers and for shares, and how the What Works Clearinghouse grades it. */
import { cohensD } from '../effects/cohens-d.ts'
import { twoProportions } from '../effects/two-proportions.ts'
import { type NotEstimable, notEstimable } from '../result.ts'

/** `equivalent` up to .05, `adjust` up to .25 (equivalent only if the analysis adjusts for it), else `not-equivalent`. */
export type BalanceGrade = 'equivalent' | 'adjust' | 'not-equivalent'
export type StandardisedDifference = {
  readonly kind: 'estimated'
  readonly method: 'hedges-g' | 'cox-index'
  readonly standardisedBy: 'pooled-standard-deviation' | 'logistic-standard-deviation'
  /** first − second, corrected for small samples by 1 − 3/(4N − 9) */
  readonly estimate: number
  readonly uncorrected: number
  readonly grade: BalanceGrade
  /** `zero-count`: a share was 0 or 1, and half a pupil was added to each of the four counts */
  readonly warnings: readonly 'zero-count'[]
}

const gradeOf = (difference: number): BalanceGrade => {
  const size = Math.abs(difference)
  return size <= 0.05 ? 'equivalent' : size <= 0.25 ? 'adjust' : 'not-equivalent'
}

const omega = (n: number): number => 1 - 3 / (4 * n - 9)

/**
 * Two groups of numbers, by Hedges' g as the What Works Clearinghouse corrects it. Not for inference: a baseline needs no p-value.
 * @returns not-estimable with fewer than two values in a group or fewer than five in both, or when all are equal
 * Source: What Works Clearinghouse Procedures Handbook 4.1, appendix E. Example: numberDifference([1, 2, 3], [4, 6, 9]).uncorrected is −2.2630…
 */
export const numberDifference = (first: readonly number[], second: readonly number[]): StandardisedDifference | NotEstimable => {
  const d = cohensD(first, second)
  if (d.kind === 'not-estimable') return d
  const n = first.length + second.length
  if (n < 5) return notEstimable('too-few-values')
  const estimate = d.estimate * omega(n)
  return {
    kind: 'estimated',
    method: 'hedges-g',
    standardisedBy: 'pooled-standard-deviation',
    estimate,
    uncorrected: d.estimate,
    grade: gradeOf(estimate),
    warnings: [],
  }
}

type Count = { readonly events: number; readonly n: number }

/**
 * Two shares, by Cox's index (log odds ratio / 1.65), which is comparable with g. Where a share is 0 or 1 half a pupil is added to every count, and said.
 * @returns not-estimable without pupils, with fewer than five in all, or when all are alike
 * Source: Sánchez-Meca et al. 2003, doi:10.1037/1082-989X.8.4.448. Example: shareDifference({ events: 30, n: 60 }, { events: 20, n: 60 }).uncorrected is 0.4200…
 */
export const shareDifference = (first: Count, second: Count): StandardisedDifference | NotEstimable => {
  const n = first.n + second.n
  if (first.n === 0 || second.n === 0 || n < 5) return notEstimable('too-few-values')
  const events = first.events + second.events
  if (events === 0 || events === n) return notEstimable('no-variation')
  const padded = [first, second].some((one) => one.events === 0 || one.events === one.n)
  const added = ({ events: own, n: size }: Count): Count => (padded ? { events: own + 0.5, n: size + 1 } : { events: own, n: size })
  const found = twoProportions(added(first), added(second))
  if (found.kind === 'not-estimable' || !found.coxIndex) return notEstimable('no-variation')
  const uncorrected = found.coxIndex.estimate
  return {
    kind: 'estimated',
    method: 'cox-index',
    standardisedBy: 'logistic-standard-deviation',
    estimate: uncorrected * omega(n),
    uncorrected,
    grade: gradeOf(uncorrected * omega(n)),
    warnings: padded ? ['zero-count'] : [],
  }
}

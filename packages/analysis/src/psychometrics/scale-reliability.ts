import { type NotEstimable, notEstimable } from '../result.ts'
import { covarianceOf } from './covariance.ts'
import { alphaOf, type CronbachAlpha } from './cronbach-alpha.ts'
import { type InternalConsistency, internalConsistencyOf } from './internal-consistency.ts'
import { type ItemStatistics, itemStatisticsOf } from './item-statistics.ts'
import { type Omega, omegaOf } from './omega.ts'

export type ScaleReliability = {
  readonly alpha: CronbachAlpha | NotEstimable
  readonly omega: Omega | NotEstimable
  readonly itemStatistics: ItemStatistics | NotEstimable
  readonly internalConsistency: InternalConsistency | NotEstimable
}

/**
 * Alpha, omega and item statistics of one scale from one pass over its answers. What each is for: see cronbachAlpha, omega, itemStatistics.
 * @param answers one row a pupil, one keyed value an item, complete rows only; @param level of the intervals
 * @returns each by itself estimated or not-estimable. Throws when rows differ in length. Example: scaleReliability([[1, 2], [2, 2], [3, 4]]).alpha
 */
export const scaleReliability = (answers: readonly (readonly number[])[], level = 0.95): ScaleReliability => {
  const size = answers[0]?.length ?? 0
  if (answers.some((row) => row.length !== size)) throw new Error(`scaleReliability requires ${size} answers in every row`)
  const covariance = covarianceOf(answers)
  const none = notEstimable('too-few-values')
  if (!covariance) return { alpha: none, omega: none, itemStatistics: none, internalConsistency: none }
  const { n, matrix } = covariance
  const total = matrix.reduce((sum, row) => row.reduce((inRow, value) => inRow + value, sum), 0)
  const variances = matrix.map((row, item) => row[item]!)
  const varies = total > 1e-14 * variances.reduce((sum, variance) => sum + variance, 0)
  return {
    alpha: size < 2 ? notEstimable('too-few-items') : varies ? alphaOf(variances, total, n, level) : notEstimable('no-variation'),
    omega: omegaOf(covariance, level),
    itemStatistics: itemStatisticsOf(covariance),
    internalConsistency: internalConsistencyOf(covariance),
  }
}

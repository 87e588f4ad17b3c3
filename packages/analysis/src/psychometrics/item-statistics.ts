import { dot, type Vector } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { type Covariance, covarianceOf } from './covariance.ts'

type ItemWarning = 'constant-item' | 'mis-keyed-item'
type Item = {
  readonly mean: number
  readonly standardDeviation: number
  /** correlation of the item with the sum of the others; null when either does not vary */
  readonly itemRest: number | null
  /** null when one item would be left, or what is left does not vary */
  readonly alphaIfDropped: number | null
  readonly warnings: readonly ItemWarning[]
}
export type ItemStatistics = {
  readonly kind: 'estimated'
  readonly method: 'item-statistics'
  readonly n: number
  readonly items: readonly Item[]
}

const sum = (values: Vector) =>
  dot(
    values,
    values.map(() => 1),
  )

/**
 * Each item against the sum of the others (corrected item-rest r), alpha without it, and an alarm for an item that runs against the rest:
 * most often it was keyed the wrong way, or turned twice. Look at its wording before turning it.
 * Not a reason to drop items from a published scale in one sample.
 * @param answers one row a pupil, one keyed value an item, complete rows only
 * @returns in the order of the items; not-estimable with fewer than two rows or items. Throws when rows differ in length.
 * Source: Nunnally 1978; Cronbach 1951, doi:10.1007/BF02310555. Example: itemStatistics([[1, 2, 3], [2, 2, 1], [3, 4, 2]]).items[2].warnings is ['mis-keyed-item']
 */
export const itemStatistics = (answers: readonly (readonly number[])[]): ItemStatistics | NotEstimable => {
  const size = answers[0]?.length ?? 0
  if (answers.some((row) => row.length !== size)) throw new Error(`itemStatistics requires ${size} answers in every row`)
  const covariance = covarianceOf(answers)
  return covariance ? itemStatisticsOf(covariance) : notEstimable('too-few-values')
}

/** The same from the covariances of the items. */
export const itemStatisticsOf = ({ n, means, matrix }: Covariance): ItemStatistics | NotEstimable => {
  const size = matrix.length
  if (size < 2) return notEstimable('too-few-items')
  const variances = matrix.map((row, item) => row[item]!)
  const withItem = matrix.map((row) => sum(row))
  const [total, own] = [sum(withItem), sum(variances)]
  const items = variances.map((variance, item): Item => {
    const withRest = withItem[item]! - variance
    const rest = total - 2 * withRest - variance
    const others = size - 1
    const varies = rest > 1e-12 * total
    const itemRest = variance > 0 && varies ? withRest / Math.sqrt(variance * rest) : null
    return {
      mean: means[item]!,
      standardDeviation: Math.sqrt(variance),
      itemRest,
      alphaIfDropped: others > 1 && varies ? (others / (others - 1)) * (1 - (own - variance) / rest) : null,
      warnings: variance === 0 ? ['constant-item'] : itemRest !== null && itemRest < 0 ? ['mis-keyed-item'] : [],
    }
  })
  return { kind: 'estimated', method: 'item-statistics', n, items }
}

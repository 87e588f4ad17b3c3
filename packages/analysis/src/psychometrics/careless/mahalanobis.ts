import { chiSquared } from '../../distributions/chi-squared.ts'
import { cholesky, type Matrix } from '../../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../../result.ts'
import { symmetricEigen } from '../../symmetric-eigen.ts'
import { covarianceOf } from '../covariance.ts'
import type { ItemColumns } from './person-correlation.ts'

export type Mahalanobis = {
  readonly kind: 'estimated'
  readonly method: 'mahalanobis-distance'
  /** squared distance per respondent from the mean of complete respondents; null without an answer */
  readonly squared: readonly (number | null)[]
  /** degrees of freedom: the items answered, fewer where the covariance is singular */
  readonly df: readonly number[]
  /** P(chi-squared with df >= squared): small where answers are far from those of the others */
  readonly p: readonly (number | null)[]
  readonly complete: number
  readonly warnings: readonly 'singular-covariance'[]
}

/** Rows whose squared length is the distance, and how many of them count. */
type Whitening = { readonly rows: Matrix; readonly rank: number }

/** The inverse root of a covariance; directions in which nothing varies are left out. */
const whitening = (covariance: Matrix): Whitening => {
  const factor = cholesky(covariance)
  if (factor) return { rows: factor.lowerInverse(), rank: covariance.length }
  const { values, vectors } = symmetricEigen(covariance)
  const largest = Math.max(...values)
  const rows = vectors.flatMap((vector, k) => {
    const value = values[k]!
    return value > 1e-10 * largest ? [vector.map((part) => part / Math.sqrt(value))] : []
  })
  return { rows, rank: rows.length }
}

const squaredLength = (rows: Matrix, deviation: readonly number[]): number => {
  let sum = 0
  for (const row of rows) {
    let along = 0
    for (let k = 0; k < row.length; k += 1) along += row[k]! * deviation[k]!
    sum += along * along
  }
  return sum
}

/**
 * Mahalanobis' squared distance of each respondent's answers from the mean of all, with its chi-squared p: how unusual the whole sheet is.
 * Not proof of carelessness: the most distressed pupils are far from the mean too. Skewed items make p too small. Never the only ground for leaving out a sheet.
 * Mean and covariance are those of the complete respondents; who left items out is measured in the items answered, with as many df. Where items are
 * combinations of others the generalised inverse is taken and df is the rank.
 * @param items columns, keyed or not: turning an item changes nothing
 * @returns not-estimable with no more complete respondents than items, or when nothing varies
 * Source: Mahalanobis 1936; Meade & Craig 2012, doi:10.1037/a0028085. Example: mahalanobis(items).squared[0]
 */
export const mahalanobis = (items: ItemColumns): Mahalanobis | NotEstimable => {
  const respondents = Array.from({ length: items[0]?.length ?? 0 }, (_, respondent) => items.map((column) => column[respondent]!))
  const complete = respondents.filter((answers): answers is number[] => answers.every((answer) => answer !== null))
  const found = covarianceOf(complete)
  if (!found || complete.length <= items.length) return notEstimable('too-few-values')
  if (found.matrix.every((row, k) => row[k] === 0)) return notEstimable('no-variation')
  const patterns = new Map<string, Whitening>()
  const measured = respondents.map((answers) => {
    const places = answers.flatMap((answer, place) => (answer === null ? [] : [place]))
    if (places.length === 0) return { squared: null, df: 0 }
    const key = places.length === items.length ? 'all' : places.join()
    const known = patterns.get(key) ?? whitening(places.map((i) => places.map((j) => found.matrix[i]![j]!)))
    patterns.set(key, known)
    const deviation = places.map((place) => answers[place]! - found.means[place]!)
    return { squared: squaredLength(known.rows, deviation), df: known.rank }
  })
  return {
    kind: 'estimated',
    method: 'mahalanobis-distance',
    squared: measured.map(({ squared }) => squared),
    df: measured.map(({ df }) => df),
    p: measured.map(({ squared, df }) => (squared === null || df === 0 ? null : chiSquared(squared, df).upper)),
    complete: complete.length,
    warnings: whitening(found.matrix).rank < items.length ? ['singular-covariance'] : [],
  }
}

import { spread } from '../describe.ts'
import { fisherFQuantile } from '../distributions/fisher-f.ts'
import { type Interval, type NotEstimable, notEstimable, type Warning } from '../result.ts'

export type CronbachAlpha = {
  readonly kind: 'estimated'
  readonly method: 'cronbach-alpha-feldt'
  readonly estimate: number
  readonly interval: Interval
  readonly df: readonly [number, number]
  readonly items: number
  readonly n: number
  readonly warnings: readonly Warning[]
}

/** Alpha and Feldt's interval from the variances of the items (two or more) and of their sum, which is above 0. */
export const alphaOf = (variances: readonly number[], totalVariance: number, n: number, level: number): CronbachAlpha => {
  const items = variances.length
  const estimate = (items / (items - 1)) * (1 - variances.reduce((sum, variance) => sum + variance, 0) / totalVariance)
  const df = [n - 1, (n - 1) * (items - 1)] as const
  const limit = (tail: 'lower' | 'upper') => 1 - (1 - estimate) * fisherFQuantile((1 - level) / 2, df[0], df[1], tail)
  return {
    kind: 'estimated',
    method: 'cronbach-alpha-feldt',
    estimate,
    interval: { lower: limit('upper'), upper: limit('lower'), level },
    df,
    items,
    n,
    warnings: [
      ...(variances.includes(0) ? (['constant-item'] as const) : []),
      ...(estimate < 0 ? (['negative-reliability'] as const) : []),
    ],
  }
}

/**
 * Cronbach's alpha of keyed items, with Feldt's interval: how consistently the items order these pupils.
 * Not a proof that they measure one thing, and not a property of the scale alone: it changes with the sample.
 * @param answers one row a pupil, one keyed value an item (reversed items already turned), complete rows only; @param level of the interval
 * @returns alpha without unit; not-estimable with fewer than two items, fewer than two rows, or totals that do not vary. Throws when rows differ in length.
 * Source: Cronbach 1951, doi:10.1007/BF02310555; Feldt 1965, doi:10.1007/BF02289499. Example: cronbachAlpha([[1, 2], [2, 2], [3, 4]]).estimate is 0.9230…
 */
export const cronbachAlpha = (answers: readonly (readonly number[])[], level = 0.95): CronbachAlpha | NotEstimable => {
  const items = answers[0]?.length ?? 0
  if (answers.some((row) => row.length !== items)) throw new Error(`cronbachAlpha requires ${items} answers in every row`)
  if (answers.length < 2) return notEstimable('too-few-values')
  if (items < 2) return notEstimable('too-few-items')
  const total = spread(answers.map((row) => row.reduce((sum, value) => sum + value, 0)))
  if (!total || total.variance === 0) return notEstimable('no-variation')
  const variances = Array.from({ length: items }, (_, item) => spread(answers.map((row) => row[item]!))!.variance)
  return alphaOf(variances, total.variance, total.n, level)
}

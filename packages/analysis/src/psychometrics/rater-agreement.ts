import { fisherF, fisherFQuantile } from '../distributions/fisher-f.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'

type Agreement = {
  readonly estimate: number
  readonly interval: Interval
  readonly statistic: number
  readonly df: readonly [number, number]
  readonly p: number
}
type Design = { readonly single: Agreement; readonly average: Agreement }
export type RaterAgreement = {
  readonly kind: 'estimated'
  readonly method: 'shrout-fleiss'
  /** ICC(1,1) and (1,k): each pupil rated by others */
  readonly oneWay: Design
  /** ICC(2,1) and (2,k): absolute agreement of these raters (or occasions) as a sample of raters */
  readonly absolute: Design
  /** ICC(3,1) and (3,k): consistency of just these raters, whose levels may differ */
  readonly consistency: Design
  readonly raters: number
  readonly n: number
}

const meanSquares = (ratings: readonly (readonly number[])[]) => {
  const [n, k] = [ratings.length, ratings[0]!.length]
  const offset = ratings[0]![0]!
  const shifted = ratings.map((row) => row.map((value) => value - offset))
  const rows = shifted.map((row) => row.reduce((sum, value) => sum + value, 0) / k)
  const columns = Array.from({ length: k }, (_, rater) => shifted.reduce((sum, row) => sum + row[rater]!, 0) / n)
  const mean = rows.reduce((sum, value) => sum + value, 0) / n
  const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value ** 2, 0)
  const residual = squares(shifted.flatMap((row, i) => row.map((value, j) => value - rows[i]! - columns[j]! + mean)))
  const between = squares(columns.map((value) => value - mean)) * n
  return {
    pupils: (squares(rows.map((value) => value - mean)) * k) / (n - 1),
    raters: between / (k - 1),
    error: residual / ((n - 1) * (k - 1)),
    within: (between + residual) / (n * (k - 1)),
  }
}

/** The degrees of freedom of the interval of absolute agreement, by Satterthwaite. */
const absoluteDf = (rho: number, ratio: number, n: number, k: number): number => {
  const [a, b] = [k * rho * ratio, n * (1 + (k - 1) * rho) - k * rho]
  return ((n - 1) * (k - 1) * (a + b) ** 2) / ((n - 1) * a ** 2 + b ** 2)
}

/**
 * Intraclass correlations of several raters or occasions of the same pupils: agreement (ICC 1 and 2) and consistency (ICC 3), single and averaged.
 * Not for pupils in schools: see intraclassCorrelation. A high consistency is no agreement: raters may differ in level.
 * @param ratings one row a pupil, one value a rater, complete rows only; @param level of the intervals
 * @returns without unit; not-estimable with fewer than two pupils or raters, or ratings that do not vary. Throws when rows differ in length.
 * Source: Shrout & Fleiss 1979, doi:10.1037/0033-2909.86.2.420; McGraw & Wong 1996, doi:10.1037/1082-989X.1.1.30.
 * Example: raterAgreement([[9, 2, 5], [6, 1, 3], [8, 4, 6]]).consistency.single.estimate is 0.7380…
 */
export const raterAgreement = (ratings: readonly (readonly number[])[], level = 0.95): RaterAgreement | NotEstimable => {
  const [n, k] = [ratings.length, ratings[0]?.length ?? 0]
  if (ratings.some((row) => row.length !== k)) throw new Error(`raterAgreement requires ${k} ratings in every row`)
  if (n < 2) return notEstimable('too-few-values')
  if (k < 2) return notEstimable('too-few-items')
  const { pupils, raters, error, within } = meanSquares(ratings)
  if (!(error > 0) || !(pupils > 0)) return notEstimable('no-variation')
  const alpha = (1 - level) / 2
  const design = (statistic: number, df: readonly [number, number], estimate: number, limits: readonly [number, number]): Design => {
    const p = fisherF(statistic, df[0], df[1]).upper
    const of = (averaged: (single: number) => number): Agreement => ({
      estimate: averaged(estimate),
      interval: { lower: averaged(limits[0]), upper: averaged(limits[1]), level },
      statistic,
      df,
      p,
    })
    return { single: of((single) => single), average: of((single) => (k * single) / (1 + (k - 1) * single)) }
  }
  const byRatio = (statistic: number, df: readonly [number, number]): Design => {
    const of = (f: number) => (f - 1) / (f + k - 1)
    const lower = of(statistic / fisherFQuantile(alpha, df[0], df[1], 'upper'))
    return design(statistic, df, of(statistic), [lower, of(statistic / fisherFQuantile(alpha, df[0], df[1], 'lower'))])
  }
  const df = [n - 1, (n - 1) * (k - 1)] as const
  const rest = k * raters + (k * n - k - n) * error
  const absolute = (pupils - error) / (pupils + (k - 1) * error + (k * (raters - error)) / n)
  const v = absoluteDf(absolute, raters / error, n, k)
  const [high, low] = [fisherFQuantile(alpha, n - 1, v, 'upper'), fisherFQuantile(alpha, v, n - 1, 'upper')]
  return {
    kind: 'estimated',
    method: 'shrout-fleiss',
    oneWay: byRatio(pupils / within, [n - 1, n * (k - 1)]),
    absolute: design(pupils / error, df, absolute, [
      (n * (pupils - high * error)) / (high * rest + n * pupils),
      (n * (low * pupils - error)) / (rest + n * low * pupils),
    ]),
    consistency: byRatio(pupils / error, df),
    raters: k,
    n,
  }
}

/** The shapes that every statistic answers with: a record with its method and its doubts, never a bare number. */

export type Interval = { readonly lower: number; readonly upper: number; readonly level: number }

/** An estimate with its uncertainty. `statistic` is estimate / standardError on Student's t with `df`. */
export type Estimate = {
  readonly estimate: number
  readonly standardError: number
  readonly df: number
  readonly statistic: number
  readonly p: number
  readonly interval: Interval
}

export type Reason =
  | 'too-few-values'
  | 'no-variation'
  | 'too-few-schools'
  | 'collinear'
  | 'too-few-items'
  | 'no-variation-within-schools'
  | 'arm-without-pupils'
  | 'small-cell'

/** The data cannot answer: a value with its reason, never an exception. */
export type NotEstimable = { readonly kind: 'not-estimable'; readonly reason: Reason }
export const notEstimable = (reason: Reason): NotEstimable => ({ kind: 'not-estimable', reason })

export type Warning =
  | 'singular-fit'
  | 'few-schools'
  | 'one-school-in-an-arm'
  | 'small-arm'
  | 'unmatched-pupils'
  | 'unallocated-pupils'
  | 'moved-pupils'
  | 'constant-item'
  | 'negative-reliability'

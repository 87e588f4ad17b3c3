import { type NotEstimable, notEstimable } from '../../result.ts'
import { correlationOf, type ItemColumns, leastPoints } from './person-correlation.ts'

type Pair = { readonly first: number; readonly second: number; readonly correlation: number }
export type PsychometricPairs = {
  readonly kind: 'estimated'
  readonly method: 'psychometric-synonyms' | 'psychometric-antonyms'
  /** places of items that go together in the sample, in the order of the form */
  readonly pairs: readonly Pair[]
  readonly limit: number
  /** per respondent, the correlation across the pairs; null where fewer than three pairs are answered or one side does not vary */
  readonly values: readonly (number | null)[]
}

const pairsOf = (items: ItemColumns, isPair: (correlation: number) => boolean): readonly Pair[] =>
  items.flatMap((later, second) =>
    items.slice(0, second).flatMap((earlier, first) => {
      const correlation = correlationOf(earlier, later)
      return correlation !== null && isPair(correlation) ? [{ first, second, correlation }] : []
    }),
  )

const within = (items: ItemColumns, pairs: readonly Pair[]): readonly (number | null)[] =>
  Array.from({ length: items[0]?.length ?? 0 }, (_, respondent) =>
    correlationOf(
      pairs.map(({ first }) => items[first]![respondent]!),
      pairs.map(({ second }) => items[second]![respondent]!),
    ),
  )

/**
 * Psychometric synonyms: pairs of items that correlate above `limit` in the sample, and within each respondent the correlation across those pairs,
 * the earlier item against the later. Low where answers do not hang together. Not for one short scale: it has too few pairs, and all alike.
 * @param items columns as on the form, unturned; @param limit .60 after Meade & Craig
 * @returns not-estimable with fewer than three pairs
 * Source: Meade & Craig 2012, doi:10.1037/a0028085. Example: psychometricSynonyms(items).values[0]
 */
export const psychometricSynonyms = (items: ItemColumns, limit = 0.6): PsychometricPairs | NotEstimable => {
  const pairs = pairsOf(items, (correlation) => correlation > limit)
  if (pairs.length < leastPoints) return notEstimable('too-few-items')
  return { kind: 'estimated', method: 'psychometric-synonyms', pairs, limit, values: within(items, pairs) }
}

/**
 * Psychometric antonyms: the same of pairs that correlate below `limit`. Here a value that is high (above zero) is the strange one.
 * Not for forms without reversed items. Example: psychometricAntonyms(items).values[0]
 */
export const psychometricAntonyms = (items: ItemColumns, limit = -0.6): PsychometricPairs | NotEstimable => {
  const pairs = pairsOf(items, (correlation) => correlation < limit)
  if (pairs.length < leastPoints) return notEstimable('too-few-items')
  return { kind: 'estimated', method: 'psychometric-antonyms', pairs, limit, values: within(items, pairs) }
}

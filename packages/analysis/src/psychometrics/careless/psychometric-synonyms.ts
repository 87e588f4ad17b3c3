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

const pairsOf = (items: ItemColumns): readonly Pair[] =>
  items.flatMap((later, second) =>
    items.slice(0, second).flatMap((earlier, first) => {
      const correlation = correlationOf(earlier, later)
      return correlation === null ? [] : [{ first, second, correlation }]
    }),
  )

const within = (items: ItemColumns, pairs: readonly Pair[]): readonly (number | null)[] =>
  Array.from({ length: items[0]?.length ?? 0 }, (_, respondent) =>
    correlationOf(
      pairs.map(({ first }) => items[first]![respondent]!),
      pairs.map(({ second }) => items[second]![respondent]!),
    ),
  )

const estimateOf = (
  items: ItemColumns,
  pairs: readonly Pair[],
  limit: number,
  method: PsychometricPairs['method'],
): PsychometricPairs | NotEstimable =>
  pairs.length < leastPoints ? notEstimable('too-few-items') : { kind: 'estimated', method, pairs, limit, values: within(items, pairs) }

/**
 * Psychometric synonyms: pairs of items that correlate above a limit in the sample, and within each respondent the correlation across those pairs, the
 * earlier item against the later. Low where answers do not hang together. Antonyms: the same of pairs that correlate below a limit; there a value that is
 * high (above zero) is the strange one. Not for one short scale, which has too few pairs, all alike; nor, antonyms, for forms without reversed items.
 * @param items columns as on the form, unturned; @param limits .60 and −.60 after Meade & Craig
 * @returns each not-estimable with fewer than three pairs
 * Source: Meade & Craig 2012, doi:10.1037/a0028085. Example: psychometricSynonyms(items).synonyms.values[0]
 */
export const psychometricSynonyms = (
  items: ItemColumns,
  { above = 0.6, below = -0.6 }: { readonly above?: number | undefined; readonly below?: number | undefined } = {},
): { readonly synonyms: PsychometricPairs | NotEstimable; readonly antonyms: PsychometricPairs | NotEstimable } => {
  const pairs = pairsOf(items)
  const chosen = (isPair: (correlation: number) => boolean) => pairs.filter(({ correlation }) => isPair(correlation))
  return {
    synonyms: estimateOf(
      items,
      chosen((r) => r > above),
      above,
      'psychometric-synonyms',
    ),
    antonyms: estimateOf(
      items,
      chosen((r) => r < below),
      below,
      'psychometric-antonyms',
    ),
  }
}

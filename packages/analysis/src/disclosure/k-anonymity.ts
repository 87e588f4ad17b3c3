import { type NotEstimable, notEstimable } from '../result.ts'
import type { EquivalenceClasses } from './equivalence-classes.ts'

type Share = { readonly records: number; readonly share: number }

export type KAnonymity = {
  readonly kind: 'estimated'
  readonly method: 'k-anonymity-missing-matches-any'
  /** The size of the smallest class. */
  readonly k: number
  /** The number of distinct combinations of quasi-identifiers. */
  readonly combinations: number
  /** Records in classes smaller than 2, 3, 5 and 10. */
  readonly below: readonly (Share & { readonly k: number })[]
  readonly sampleUniques: Share
  /** Sample uniques that stand for nobody but themselves, and how many sample uniques are expected to be unique in the population. */
  readonly populationUniques: Share & { readonly expected: number }
  readonly n: number
}

/**
 * k-anonymity: no record can be told from fewer than k − 1 others by its quasi-identifiers; with the sample uniques and, by weights, the population uniques.
 * Not a promise about what a class reveals: ask lDiversity too. A missing cell matches anything, so a table full of gaps has a large k.
 * The expected number is the sum over sample uniques of 1/F, as the population frequency is taken as negative binomial.
 * @returns integers, and shares of all records; not-estimable without records
 * Source: Sweeney 2002, doi:10.1142/S0218488502001648; Benedetti & Franconi 1998. Example: the classes of [['f'], ['f'], ['m']] have k 1 and one sample unique
 */
export const kAnonymity = ({ sizes, populations, patterns }: EquivalenceClasses): KAnonymity | NotEstimable => {
  const n = sizes.length
  if (n === 0) return notEstimable('too-few-values')
  const share = (records: number): Share => ({ records, share: records / n })
  const counted = (claim: (size: number, record: number) => boolean) => share(sizes.filter(claim).length)
  return {
    kind: 'estimated',
    method: 'k-anonymity-missing-matches-any',
    k: sizes.reduce((least, size) => Math.min(least, size), n),
    combinations: patterns,
    below: [2, 3, 5, 10].map((k) => ({ k, ...counted((size) => size < k) })),
    sampleUniques: counted((size) => size === 1),
    populationUniques: {
      ...counted((size, record) => size === 1 && populations[record]! <= 1),
      expected: sizes.reduce((sum, size, record) => (size === 1 ? sum + Math.min(1, 1 / populations[record]!) : sum), 0),
    },
    n,
  }
}

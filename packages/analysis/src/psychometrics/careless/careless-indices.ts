import { answerPattern } from '@tongxing/instruments'
import type { NotEstimable } from '../../result.ts'
import { type EvenOdd, evenOdd } from './even-odd.ts'
import { type Mahalanobis, mahalanobis } from './mahalanobis.ts'
import type { ItemColumns } from './person-correlation.ts'
import { type PsychometricPairs, psychometricSynonyms } from './psychometric-synonyms.ts'

export type CarelessIndices = {
  readonly kind: 'estimated'
  readonly method: 'careless-indices'
  /** respondents; every list below has one entry for each */
  readonly n: number
  readonly answered: readonly number[]
  readonly longString: readonly number[]
  readonly averageString: readonly (number | null)[]
  readonly variability: readonly (number | null)[]
  readonly mahalanobis: Mahalanobis | NotEstimable
  /** null where no scales were named */
  readonly evenOdd: EvenOdd | NotEstimable | null
  readonly synonyms: PsychometricPairs | NotEstimable
  readonly antonyms: PsychometricPairs | NotEstimable
}
export type CarelessAsked = {
  /** the same items keyed, where some are reversed; even-odd consistency stands on them */
  readonly keyed?: ItemColumns
  /** places of each scale's items */
  readonly scales?: readonly (readonly number[])[]
  readonly synonymsAbove?: number
  readonly antonymsBelow?: number
}

/**
 * How carefully each respondent of a sample answered, by every index that needs answers alone: runs, spread, distance, and consistency within the person.
 * It takes nobody out: flagCareless applies the cuts that a plan named beforehand, and an analysis is told with and without those it marks.
 * @param items columns as on the form, in its order; @param asked scales and limits
 * @returns Throws when columns differ in length or there is none.
 * Source: Meade & Craig 2012, doi:10.1037/a0028085; Curran 2016, doi:10.1016/j.jesp.2015.07.006; Dunn et al. 2018, doi:10.1007/s10869-016-9479-0.
 * Example: carelessIndices(items, { scales: [[0, 1, 2], [3, 4], [5, 6]] }).longString[0]
 */
export const carelessIndices = (items: ItemColumns, asked: CarelessAsked = {}): CarelessIndices => {
  const n = items[0]?.length ?? 0
  const uneven = [...items, ...(asked.keyed ?? [])].find((column) => column.length !== n)
  if (items.length === 0 || uneven)
    throw new Error(`carelessIndices requires ${n} answers to every item, got ${uneven?.length ?? 'no item'}`)
  const patterns = Array.from({ length: n }, (_, respondent) => answerPattern(items.map((column) => column[respondent]!)))
  return {
    kind: 'estimated',
    method: 'careless-indices',
    n,
    answered: patterns.map(({ answered }) => answered),
    longString: patterns.map(({ longString }) => longString),
    averageString: patterns.map(({ averageString }) => averageString),
    variability: patterns.map(({ variability }) => variability),
    mahalanobis: mahalanobis(items),
    evenOdd: asked.scales ? evenOdd(asked.keyed ?? items, asked.scales) : null,
    ...psychometricSynonyms(items, { above: asked.synonymsAbove, below: asked.antonymsBelow }),
  }
}

import { expect, test } from 'vitest'
import { estimated } from '../../../test/estimated.ts'
import { expectClose, golden } from '../../../test/oracle.ts'
import { carelessIndices } from './careless-indices.ts'
import { evenOdd } from './even-odd.ts'
import { flagCareless } from './flag-careless.ts'
import { mahalanobis } from './mahalanobis.ts'
import { psychometricSynonyms } from './psychometric-synonyms.ts'

type Numbers = readonly (number | null)[]
type Golden = Readonly<
  Record<'squared' | 'p' | 'longString' | 'averageString' | 'variability' | 'evenOdd' | 'synonyms' | 'antonyms', Numbers>
> & {
  readonly answers: readonly Numbers[]
  readonly scales: readonly (readonly number[])[]
  readonly reversed: readonly number[]
  readonly pairs: readonly [number, number]
  readonly singular: { readonly answers: readonly (readonly number[])[]; readonly squared: readonly number[] }
}
const R = golden<Golden>('careless')
const columnsOf = <T>(rows: readonly (readonly T[])[]): readonly (readonly T[])[] => rows[0]!.map((_, k) => rows.map((row) => row[k]!))
const items = columnsOf(R.answers)
const keyed = items.map((column, k) => (R.reversed.includes(k) ? column.map((value) => (value === null ? null : 6 - value)) : column))
const found = carelessIndices(items, { keyed, scales: R.scales })

const expectSame = (values: Numbers, wanted: Numbers, what: string) => {
  expect(values).toHaveLength(wanted.length)
  for (const [respondent, value] of values.entries()) {
    if (wanted[respondent] === null || value === null) expect(value, `${what} of ${respondent}`).toBe(wanted[respondent])
    else expectClose(value, wanted[respondent]!, 1e-10, `${what} of ${respondent}`)
  }
}

test('runs and spread are those of R', () => {
  expectSame(found.longString, R.longString, 'long string')
  expectSame(found.averageString, R.averageString, 'average string')
  expectSame(found.variability, R.variability, 'variability')
})

test("Mahalanobis' distance with its p is that of R, in the items answered where some are missing", () => {
  const { squared, p, df, warnings } = estimated(found.mahalanobis)
  expectSame(squared, R.squared, 'squared distance')
  expectSame(p, R.p, 'p')
  expect([df[0], df[4], df[39], warnings.length]).toEqual([14, 12, 0, 0])
})

test('even-odd consistency, synonyms and antonyms are those of brute force in R', () => {
  expectSame(estimated(found.evenOdd!).values, R.evenOdd, 'even-odd')
  expectSame(estimated(found.synonyms).values, R.synonyms, 'synonyms')
  expectSame(estimated(found.antonyms).values, R.antonyms, 'antonyms')
  expect([estimated(found.synonyms).pairs.length, estimated(found.antonyms).pairs.length]).toEqual(R.pairs)
})

test('items that are combinations of others leave the generalised inverse, and it is said', () => {
  const { squared, df, warnings } = estimated(mahalanobis(columnsOf(R.singular.answers)))
  expectSame(squared, R.singular.squared, 'squared distance')
  expect([df[0], warnings]).toEqual([5, ['singular-covariance']])
  const constant = estimated(mahalanobis([...items.slice(0, 3), items[0]!.map((value) => value && 3)]))
  expect(constant.df[0]).toBe(3)
  expectSame(constant.squared, estimated(mahalanobis(items.slice(0, 3))).squared, 'squared distance')
})

test('turning an item changes no distance', () => {
  expectSame(estimated(mahalanobis(keyed)).squared, R.squared, 'squared distance')
})

test('what cannot be said is said, not thrown; what makes no sense is refused', () => {
  expect(mahalanobis(items.map((column) => column.slice(0, 10)))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(mahalanobis([Array.from({ length: 9 }, () => 2)])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(evenOdd(keyed, R.scales.slice(0, 2))).toEqual({ kind: 'not-estimable', reason: 'too-few-items' })
  expect(psychometricSynonyms(items, { above: 0.99 }).synonyms).toEqual({ kind: 'not-estimable', reason: 'too-few-items' })
  expect(carelessIndices(items).evenOdd).toBeNull()
  expect(() => evenOdd(keyed, [[1, 2], [3]])).toThrow('evenOdd requires two items or more in every scale, scale 2 has 1')
  expect(() => carelessIndices([[1, 2], [1]])).toThrow('carelessIndices requires 2 answers to every item, got 1')
  expect(() => carelessIndices([])).toThrow('carelessIndices requires')
})

test('cuts mark respondents, and a value that is not known passes none', () => {
  const cuts = [
    { measure: 'long-string', side: 'above', limit: 6 },
    { measure: 'mahalanobis-p', side: 'below', limit: 0.001 },
    { measure: 'even-odd', side: 'below', limit: 0 },
  ] as const
  const one = flagCareless(found, cuts)
  expect([one.flagged[0], one.flagged[1], one.flagged[2], one.flagged[3], one.flagged[39]]).toEqual([true, true, true, false, false])
  expect(one.cuts.map(({ passed }) => passed)).toEqual([2, 2, R.evenOdd.filter((value) => value !== null && value < 0).length])
  expect(one.cuts[2]!.unknown).toBe(R.evenOdd.filter((value) => value === null).length)
  expect(one.count).toBe(one.flagged.filter(Boolean).length)
  const two = flagCareless(found, cuts, 2)
  expect([two.flagged[0], two.flagged[1]]).toEqual([false, true])
  expect(flagCareless(found, []).count).toBe(0)
})

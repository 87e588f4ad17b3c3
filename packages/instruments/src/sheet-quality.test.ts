import { expect, test } from 'vitest'
import type { Answers } from './answers.ts'
import { loadLibrary } from './library.ts'
import { hasTellingRuns, isKeyedBothWays, sheetQuality, timesOf } from './sheet-quality.ts'

const library = await loadLibrary()
const phq9 = library.get('phq-9', '1.0.0')!
const sheet = (...values: readonly number[]): Answers => Object.fromEntries(values.map((value, place) => [`phq9_${place + 1}`, value]))
const times = (...seconds: readonly number[]) =>
  Object.fromEntries(seconds.map((value, place) => [`phq9_${place + 1}`, Math.round(value * 1000)]))

test('the seconds of an item are the median over the answered items with a time, and the fast ones a share of them', () => {
  expect(sheetQuality(phq9, sheet(0, 1, 2, 3), times(0.4, 3, 0.999, 1))).toMatchObject({ secondsPerItem: 0.9995, fastShare: 0.5 })
  expect(sheetQuality(phq9, sheet(0, 1, 2), times(0.4, 3, 5, 9))).toMatchObject({ secondsPerItem: 3, fastShare: 1 / 3 }) // the fourth has no answer
})

test('without times nothing is said of time', () => {
  expect(sheetQuality(phq9, sheet(0, 1, 2))).toMatchObject({ answered: 3, of: 9, secondsPerItem: null, fastShare: null })
  expect(sheetQuality(phq9, {}, times(1, 2))).toMatchObject({ answered: 0, longString: 0, secondsPerItem: null })
})

test('the run of one answer and the spread are those of the codes on the form', () => {
  expect(sheetQuality(phq9, sheet(2, 2, 2, 2, 2, 2, 2, 2, 2))).toMatchObject({ longString: 9, of: 9, variability: 0 })
  expect(sheetQuality(phq9, sheet(0, 3, 0, 3, 0, 3, 0, 3, 0)).longString).toBe(1)
})

test('yes-or-no questions, a short form and one with several sets of options have runs that say nothing', () => {
  const options = (length: number) => Array.from({ length }, (_, value) => ({ id: `o${value}`, value }))
  const items = (count: number, set = 'a') => Array.from({ length: count }, (_, place) => ({ id: `x_${place + 1}`, options: set }))
  expect(hasTellingRuns({ items: items(5), optionSets: { a: options(3) } })).toBe(true)
  expect(hasTellingRuns({ items: items(20), optionSets: { a: options(2) } })).toBe(false)
  expect(hasTellingRuns({ items: items(4), optionSets: { a: options(5) } })).toBe(false)
  expect(hasTellingRuns({ items: [...items(5), ...items(5, 'b')], optionSets: { a: options(5), b: options(5) } })).toBe(false)
  const mht = library.get('mht', '1.0.0')!
  const saidYes = Object.fromEntries(mht.items.map(({ id }) => [id, 1]))
  expect(sheetQuality(mht, saidYes)).toMatchObject({ longString: null, variability: null, answered: mht.items.length })
})

test('a form that asks some items the other way round is told apart: only there is one answer throughout strange', () => {
  expect(isKeyedBothWays(phq9)).toBe(false)
  expect(isKeyedBothWays(library.get('ces-d', '1.0.0')!)).toBe(true)
})

test('times of items that the form does not have are left out, whatever they are called', () => {
  expect(timesOf(phq9, { phq9_2: 900, who5_1: 800, constructor: 700 })).toEqual({ phq9_2: 900 })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anySheet } from '../test/sheets.ts'
import type { Answers } from './answers.ts'
import { loadLibrary } from './library.ts'
import { responseQuality } from './quality.ts'
import { evaluateRisk } from './risk.ts'
import { scoreAnswers } from './score.ts'

const phq9 = (await loadLibrary()).get('phq-9', '1.0.0')!
const sheet = (...values: readonly (number | null)[]): Answers =>
  Object.fromEntries(values.flatMap((value, position) => (value === null ? [] : [[`phq9_${position + 1}`, value]])))

// longest and mean of rle(x)$lengths and sd(x, na.rm = TRUE) in R 4.2.2, which is what careless 1.2.2 returns
test.each([
  ['mixed answers', sheet(0, 1, 1, 1, 2, 0, 0, 3, 1), 3, 1.5, 1],
  ['one answer throughout', sheet(2, 2, 2, 2, 2, 2, 2, 2, 2), 9, 9, 0],
  ['answers that swing', sheet(0, 3, 0, 3, 0, 3, 0, 3, 0), 1, 1, 1.58113883008419],
  ['gaps between', sheet(1, 1, null, 1, 2, 2, 2, null, null), 3, 1.5, 0.547722557505166],
  ['gaps first', sheet(null, null, 3, 3, 0, 1, 2, 2, 2), 3, 1.5, 1.0690449676497],
])('%s have the long string, average string and variability of R', (_what, answers, longString, averageString, variability) => {
  const quality = responseQuality(phq9, answers)
  expect(quality).toMatchObject({ longString, averageString })
  expect(quality.variability).toBeCloseTo(variability, 13)
})

test('a sheet with no or one answer has no variability, and nothing is made up', () => {
  expect(responseQuality(phq9, {}, { seconds: 3 })).toEqual({
    answered: 0,
    longString: 0,
    averageString: null,
    variability: null,
    secondsPerItem: null,
    isHasty: null,
    infrequentAnswers: [],
  })
  expect(responseQuality(phq9, { phq9_4: 2, phq9_5: 'skipped' })).toMatchObject({ answered: 1, longString: 1, variability: null })
})

test('haste is less time for each answered item than the floor, which the caller may set', () => {
  const nine = sheet(0, 0, 0, 0, 0, 0, 0, 0, 0)
  expect(responseQuality(phq9, nine, { seconds: 17.9 })).toMatchObject({ isHasty: true })
  expect(responseQuality(phq9, nine, { seconds: 18 })).toMatchObject({ secondsPerItem: 2, isHasty: false })
  expect(responseQuality(phq9, nine, { seconds: 18, floor: 3 })).toMatchObject({ isHasty: true })
  expect(responseQuality(phq9, nine)).toMatchObject({ secondsPerItem: null, isHasty: null })
})

test('an answer that hardly anybody gives is named, a skipped one is not', () => {
  const infrequencyItems = [
    { item: 'phq9_1', from: 3, to: 3 },
    { item: 'phq9_2', from: 2, to: 3 },
    { item: 'phq9_3', from: 0, to: 3 },
  ]
  const answers = { phq9_1: 3, phq9_2: 1, phq9_3: 'skipped' } as const
  expect(responseQuality(phq9, answers, { infrequencyItems }).infrequentAnswers).toEqual(['phq9_1'])
})

test('SAF-02: careless answers are told beside the flags and suppress none of them', () => {
  const careless = sheet(3, 3, 3, 3, 3, 3, 3, 3, 3)
  expect(responseQuality(phq9, careless, { seconds: 2 })).toMatchObject({ longString: 9, variability: 0, isHasty: true })
  const flags = (answers: Answers) => evaluateRisk(phq9, answers, scoreAnswers(phq9, answers))
  expect(flags(careless).map(({ rule }) => rule)).toEqual(['item9-endorsed', 'total-severe'])
  fc.assert(
    fc.property(anySheet(phq9), fc.integer({ min: 0, max: 60 }), (answers, seconds) => {
      const before = flags(answers)
      responseQuality(phq9, Object.freeze(answers), { seconds })
      expect(flags(answers)).toEqual(before)
    }),
  )
})

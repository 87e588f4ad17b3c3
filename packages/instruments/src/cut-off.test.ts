import fc from 'fast-check'
import { expect, test } from 'vitest'
import { meetsCutOff, predictiveValue } from './cut-off.ts'

const cutOff = { id: 'positive', atLeast: 10, source: 'made up for a test' }
const known = { ...cutOff, sensitivity: 0.9, specificity: 0.8 }
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('among 1,000 pupils of whom 100 are depressed, 90 are found with 180 who are not, and 10 are missed beside 720', () => {
  expect(predictiveValue(known, 0.1)).toEqual({
    kind: 'predicted',
    positive: expect.closeTo(90 / 270, 14),
    negative: expect.closeTo(720 / 730, 14),
  })
})

test('where nobody is depressed every positive is false, and where everybody is every negative', () => {
  expect(predictiveValue(known, 0)).toEqual({ kind: 'predicted', positive: 0, negative: 1 })
  expect(predictiveValue(known, 1)).toEqual({ kind: 'predicted', positive: 1, negative: 0 })
})

test('a side on which nobody lies has no predictive value', () => {
  expect(predictiveValue({ ...cutOff, sensitivity: 1, specificity: 0 }, 0.3)).toMatchObject({ positive: 0.3, negative: null })
  expect(predictiveValue({ ...cutOff, sensitivity: 0, specificity: 1 }, 0.3)).toMatchObject({ positive: null, negative: 0.7 })
})

test('a cut-off that tells nothing predicts the prevalence', () => {
  fc.assert(
    fc.property(share, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (prevalence, sensitivity) => {
      const said = predictiveValue({ ...cutOff, sensitivity, specificity: 1 - sensitivity }, prevalence)
      expect(said).toMatchObject({ positive: expect.closeTo(prevalence, 9), negative: expect.closeTo(1 - prevalence, 9) })
    }),
  )
})

test('without sensitivity and specificity, or at no possible prevalence, the answer is that it is unknown', () => {
  expect(predictiveValue(cutOff, 0.1)).toEqual({ kind: 'unknown', reason: 'no-sensitivity-and-specificity' })
  for (const prevalence of [-0.1, 1.1, Number.NaN])
    expect(predictiveValue(known, prevalence)).toEqual({ kind: 'unknown', reason: 'prevalence-outside-0-to-1' })
})

test('a cut-off holds at its own number from above, and below it where low is what counts', () => {
  expect([9, 10, 11].map((value) => meetsCutOff(cutOff, value))).toEqual([false, true, true])
  const low = { id: 'low', below: 13, source: 'made up for a test' }
  expect([12, 13].map((value) => meetsCutOff(low, value))).toEqual([true, false])
})

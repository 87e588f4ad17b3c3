import fc from 'fast-check'
import { expect, test } from 'vitest'
import { small } from '../test/small.ts'
import type { Answers } from './answers.ts'
import { bandOf, reverse, scoreAnswers } from './score.ts'

const scored = (scale: string, answers: Answers) => scoreAnswers(small, answers).find((score) => score.scale === scale)!
const sheet = (...values: (number | 'skipped' | null)[]): Answers =>
  Object.fromEntries(values.flatMap((value, position) => (value === null ? [] : [[`q_${position + 1}`, value]])))

test('a sum adds the answers, a reversed item mirrored within its own options', () => {
  expect(scored('total', sheet(1, 2, 5))).toMatchObject({ kind: 'scored', value: 1 + 2 + 1, prorated: false, answered: 3, of: 3 })
})

test('a mean divides by the answers that are there', () => {
  expect(scored('mean', sheet(1, 2, 1))).toMatchObject({ value: 8 / 3 })
  expect(scored('mean', sheet(1, 2, null))).toMatchObject({ value: 1.5, prorated: true })
})

test('weights count in a sum and in its proration', () => {
  expect(scored('weighted', sheet(2, 3, 1))).toMatchObject({ value: Math.round(2 * 2 + 3 + 0.5 * 5) })
  expect(scored('weighted', sheet(2, 3, 'skipped'))).toMatchObject({ value: Math.floor((7 / 3) * 3.5 + 0.5), prorated: true })
})

test('half is rounded up, also where the binary fraction lies just below it', () => {
  expect(scored('total', sheet(1, 2, null))).toMatchObject({ value: 5 }) // 4.5
  expect(scored('tenths', sheet(1, 4, 2))).toMatchObject({ value: 3 })
  expect(scored('tenths', sheet(1, 1, 2))).toMatchObject({ value: 2 })
  expect(scored('tenths', sheet(2, 2, 3))).toMatchObject({ value: 2.3 })
  expect(1.005 * 100).toBeLessThan(100.5)
  expect(scored('hundredths', sheet(1))).toMatchObject({ value: 1.01 })
  expect(scored('large', sheet(1))).toMatchObject({ value: 12.35 })
})

test('too few answers make a score that says so, with what is missing, and never a number', () => {
  expect(scored('total', sheet(1, 'skipped', null))).toEqual({
    kind: 'unscorable',
    scale: 'total',
    reason: 'too-few-answered',
    answered: 1,
    of: 3,
    missing: ['q_2', 'q_3'],
  })
  expect(scored('strict', sheet(1, 2, 'skipped'))).toMatchObject({ kind: 'unscorable', answered: 2 })
})

test('a score between two bands belongs to the lower, and one below all bands to none', () => {
  const scale = small.scales.find(({ id }) => id === 'mean')!
  expect([1, 2.5, 2.55, 2.6, 4.05, 5, 0.5].map((value) => bandOf(scale, value))).toEqual([
    'low',
    'low',
    'low',
    'middle',
    'middle',
    'high',
    null,
  ])
})

test('an answer that only an inherited property holds is no answer', () => {
  expect(scored('total', Object.create({ q_1: 5, q_2: 5, q_3: 1 }))).toMatchObject({ kind: 'unscorable', answered: 0 })
})

test('reversing twice is the identity for any options, gaps included', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -9, max: 99 }), { minLength: 2, maxLength: 8 }), (values) => {
      for (const value of values) expect(reverse(reverse(value, values), values)).toBe(value)
    }),
  )
})

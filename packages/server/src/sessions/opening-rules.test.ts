import { loadLibrary } from '@tongxing/instruments/library'
import { describe, expect, test } from 'vitest'
import { agesText, asksOfRisk, expectedFlags, fits } from './opening-rules.ts'

const library = await loadLibrary()
const instrument = (id: string) => library.get(id, '1.0.0')!
const phq9 = instrument('phq-9')
const gad7 = instrument('gad-7')
const rses = instrument('rses')

describe('ages are completed years in the school’s own day', () => {
  const ages = { ages: { from: 8, to: 12 } }
  test.each([
    ['2018-04-01', '2026-03-31T15:59:59Z', false, 'the last second before the eighth birthday in China'],
    ['2018-04-01', '2026-03-31T16:00:00Z', true, 'the first second of it'],
    ['2013-04-01', '2026-03-31T15:59:59Z', true, 'the last second at twelve'],
    ['2013-04-01', '2026-03-31T16:00:00Z', false, 'the thirteenth birthday'],
  ])('born in the month of %s, asked at %s: %s, %s', (birthMonth, at, fitting) => {
    expect(fits(ages, birthMonth, new Date(at))).toBe(fitting)
  })

  test('are written as a span, or open at the top', () => {
    expect([agesText(ages), agesText(phq9)]).toEqual(['8–12', '12+'])
    expect(fits(phq9, '1999-01-01', new Date('2026-03-02T01:00:00Z'))).toBe(true)
  })
})

describe('SAF-17: expected flags', () => {
  test('are five of a hundred who are asked about death, rounded up: a school of 1,500 gets 75', () => {
    expect(expectedFlags([{ battery: [phq9, gad7], seats: 1500 }])).toBe(75)
    expect(
      expectedFlags([
        { battery: [phq9], seats: 30 },
        { battery: [phq9], seats: 31 },
      ]),
    ).toBe(4)
  })

  test('are none where nothing of risk is asked, and unknown where no rate is known', () => {
    expect([asksOfRisk([rses]), expectedFlags([{ battery: [rses], seats: 40 }])]).toEqual([false, 0])
    expect([asksOfRisk([gad7]), expectedFlags([{ battery: [gad7], seats: 40 }])]).toEqual([true, null])
  })

  test('of several sessions count those with a known rate', () => {
    expect(
      expectedFlags([
        { battery: [gad7], seats: 40 },
        { battery: [phq9], seats: 40 },
      ]),
    ).toBe(2)
  })
})

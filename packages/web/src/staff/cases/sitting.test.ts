import { expect, test } from 'vitest'
import { percentOf, saysSomething, secondsOf } from './sitting.ts'

const silent = {
  ...{ instrument: 'MHT', wave: 'baseline', at: '2026-03-02T01:00:00Z', aids: [], answered: 100, of: 100 },
  ...{ longString: null, secondsPerItem: null, fastShare: null, bothWays: false },
}

test('a sheet of which nothing is known, such as one on paper, takes no line; a time, a run or an aid is told', () => {
  expect(saysSomething(silent)).toBe(false)
  expect(saysSomething({ ...silent, secondsPerItem: 2.5 })).toBe(true)
  expect(saysSomething({ ...silent, longString: 9 })).toBe(true)
  expect(saysSomething({ ...silent, aids: ['read-aloud'] })).toBe(true)
})

test('seconds have one decimal where it matters, and a share is never rounded to none or all', () => {
  expect([0.04, 1.25, 9.94, 12.3].map(secondsOf)).toEqual(['0.0', '1.3', '9.9', '12'])
  expect([0.001, 0.333, 0.999, 1].map(percentOf)).toEqual([1, 33, 99, 100])
})

import { expect, test } from 'vitest'
import { describe } from './describe.ts'

test('counts, mean and sample standard deviation of scores', () => {
  expect(describe([1, 2, 3])).toEqual({ n: 3, mean: 2, standardDeviation: 1 })
})

test('nothing is said of no values, and no spread of a single one', () => {
  expect(describe([])).toEqual({ n: 0, mean: null, standardDeviation: null })
  expect(describe([4])).toEqual({ n: 1, mean: 4, standardDeviation: null })
})

test('a large offset costs no digit', () => {
  expect(describe([1, 2, 3].map((value) => value + 1e15)).standardDeviation).toBe(1)
})

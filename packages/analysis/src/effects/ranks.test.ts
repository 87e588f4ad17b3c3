import { expect, test } from 'vitest'
import { ranksOf, tieSum } from './ranks.ts'

test('equal values share the mean of their ranks', () => {
  expect(ranksOf([5, 3, 5, 9, 3, 3])).toEqual({ ranks: [4.5, 2, 4.5, 6, 2, 2], ties: [3, 2] })
  expect(ranksOf([])).toEqual({ ranks: [], ties: [] })
  expect(tieSum([3, 2])).toBe(30)
})

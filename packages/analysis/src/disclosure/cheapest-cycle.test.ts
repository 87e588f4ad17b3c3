import { expect, test } from 'vitest'
import { cheapestCycle } from './cheapest-cycle.ts'

const shownAll = (table: readonly (readonly number[])[]) => table.map((row) => row.map(() => false))

// two rows and three columns, with their totals
const table = [
  [3, 40, 70, 113],
  [50, 60, 20, 130],
  [53, 100, 90, 243],
]

test('the ring hides the least: 70, 20 and 50 rather than 40, 60 and 50', () => {
  const ring = cheapestCycle(table, shownAll(table), [0, 0], 10)
  expect(ring.toSorted()).toEqual([
    [0, 0],
    [0, 2],
    [1, 0],
    [1, 2],
  ])
})

test('what is suppressed already costs nothing', () => {
  const hidden = table.map((row, i) => row.map((_, j) => i < 2 && j === 1))
  expect(cheapestCycle(table, hidden, [0, 0], 1)).toContainEqual([0, 1])
})

test('a count of zero cannot fall, so the ring goes another way', () => {
  const zeros = [
    [0, 0, 12, 12],
    [30, 0, 15, 45],
    [30, 0, 27, 57],
  ]
  const ring = cheapestCycle(zeros, shownAll(zeros), [0, 0], 1)
  expect(ring).not.toContainEqual([0, 1])
  expect(ring).toContainEqual([0, 2])
})

test('a single count is hidden with its totals', () => {
  const single = [
    [0, 0],
    [0, 0],
  ]
  expect(cheapestCycle(single, shownAll(single), [0, 0], 10)).toHaveLength(4)
})

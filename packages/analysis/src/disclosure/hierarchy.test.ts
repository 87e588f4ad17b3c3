import { expect, test } from 'vitest'
import { generalised, heightOf, hierarchyOf, lossOf } from './hierarchy.ts'

const ages = hierarchyOf([
  ['8', '8-9', '*'],
  ['9', '8-9', '*'],
  ['10', '10-12', '*'],
  ['11', '10-12', '*'],
  ['12', '10-12', '*'],
])

test('a cell goes up step by step, a missing one stays missing, an unknown one is refused', () => {
  expect([0, 1, 2].map((level) => generalised('9', ages, level))).toEqual(['9', '8-9', '*'])
  expect(generalised(null, ages, 2)).toBeNull()
  expect(() => generalised('13', ages, 1)).toThrow('the hierarchy lacks 13 at level 1')
  expect([heightOf(ages), heightOf(null)]).toEqual([2, 0])
})

test('the loss of a cell is the share of other values that its group hides', () => {
  const loss = lossOf(ages)
  expect([loss('9', 0), loss('9', 1), loss('12', 1), loss('12', 2), loss(null, 2)]).toEqual([0, 1 / 4, 2 / 4, 1, 0])
  expect(lossOf(null)('9', 0)).toBe(0)
})

test('rows of unequal length, a value twice and a group that parts again are named with their row', () => {
  expect(() => hierarchyOf([['8', '*'], ['9']])).toThrow('row 2 has 1 levels, row 1 has 2')
  expect(() => hierarchyOf([['8'], ['8']])).toThrow('row 2 names 8 again')
  expect(() =>
    hierarchyOf([
      ['8', 'low', 'x'],
      ['9', 'low', 'y'],
    ]),
  ).toThrow('row 2, level 2: low belongs to y, but to x in row 1')
})

import { expect, test } from 'vitest'
import { incompleteFactor, incompleteNumbers } from './incomplete-column.ts'
import { missingPatterns } from './patterns.ts'

test('columns that are missing together are counted together, the most frequent first', () => {
  const found = missingPatterns([
    incompleteNumbers('pre', [1, 2, null, null, 5, 6]),
    incompleteNumbers('post', [1, null, null, null, null, 6]),
    incompleteFactor('sex', ['F', 'M', 'F', 'M', 'F', 'M']),
  ])
  expect([found.rows, found.completeRows]).toEqual([6, 2])
  expect(found.columns).toEqual([
    { name: 'pre', missing: 2, share: 1 / 3 },
    { name: 'post', missing: 4, share: 2 / 3 },
    { name: 'sex', missing: 0, share: 0 },
  ])
  expect(found.patterns.map(({ missing, rows }) => [missing, rows])).toEqual([
    [[], 2],
    [['post'], 2],
    [['pre', 'post'], 2],
  ])
})

test('columns of unequal length are refused', () => {
  expect(() => missingPatterns([incompleteNumbers('a', [1]), incompleteNumbers('b', [1, 2])])).toThrow('1 rows in every column')
})

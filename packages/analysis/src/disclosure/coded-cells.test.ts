import { expect, test } from 'vitest'
import { codedCells } from './coded-cells.ts'

test('a missing cell is 0, and each column numbers its own values', () => {
  expect(
    codedCells([
      ['9', null],
      ['8', '9'],
      ['9', 'null'],
    ]),
  ).toEqual([
    [1, 0],
    [2, 1],
    [1, 2],
  ])
  expect(codedCells([])).toEqual([])
})

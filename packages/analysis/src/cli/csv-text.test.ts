import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvText } from './csv-text.ts'

test('SEC-09: no cell begins a formula, a negative number stays one, a missing cell is empty', () => {
  expect(csvText(['a'], [['=1+1', '-2.5', '-x', null, '@b']])).toBe(`a\n'=1+1\n-2.5\n'-x\n\n'@b\n`)
})

test('commas, quotes and line ends come back as they were', () => {
  const cell = fc.stringMatching(/^[a-c,"\n 0-9]+$/)
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const text = csvText(
        ['a', 'b'],
        [0, 1].map((column) => rows.map((row) => row[column]!)),
      )
      expect(parse(text)).toEqual([['a', 'b'], ...rows])
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvText, readCsv } from './csv.ts'

const cellsOf = (text: string) => readCsv(text).map(({ cells }) => cells)

test.each([
  [
    'a file without a last line end',
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'line ends of Windows and of old Macs',
    'a,b\r\n1,2\r3,4\n',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['a byte order mark', '\uFEFFa,b\n', [['a', 'b']]],
  ['quoted commas, line ends and quotation marks', '"a,1","b\r\n2","say ""so"""\n', [['a,1', 'b\r\n2', 'say "so"']]],
  [
    'empty cells, also the last',
    ',,\n"",\n',
    [
      ['', '', ''],
      ['', ''],
    ],
  ],
  ['a quotation mark inside an unquoted cell', '5" wide,b\n', [['5" wide', 'b']]],
  ['a blank line as a record of one empty cell', 'a\n\nb\n', [['a'], [''], ['b']]],
  ['nothing', '', []],
])('reads %s', (_what, text, cells) => expect(cellsOf(text)).toEqual(cells))

test('a record knows its line, also after cells of several lines', () => {
  expect(readCsv('a,b\r\n"1\n2",3\r\n4,5\n').map(({ line }) => line)).toEqual([1, 2, 4])
})

test.each([
  ['a,b\n1,"2\n3,4\n', 'line 2: a quotation mark is never closed'],
  ['a,b\n"1"2,3\n', 'line 2: text stands after a closing quotation mark'],
])('%j is refused with its line', (text, sentence) => expect(() => readCsv(text)).toThrow(sentence))

test('SEC-09: no written cell begins a formula, and numbers stay numbers', () => {
  expect(csvText([['=1+1', '+1', '-1', '@a', '\tb', '|c', -1, null]])).toBe("'=1+1,'+1,'-1,'@a,'\tb,'|c,-1,\n")
})

test('what is written reads back, but for the apostrophe before a formula', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '量', ',', '"', '\n', '\r', "'", '=', '-') })
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 }), (rows) => {
      const expected = rows.map((row) => row.map((text) => (/^[=+\-@\t\r|]/.test(text) ? `'${text}` : text)))
      expect(cellsOf(csvText(rows))).toEqual(expected)
    }),
  )
})

import { expect, test } from 'vitest'
import { small } from '../../test/small.ts'
import { answerSheets } from './answer-sheets.ts'

const asking = { file: 'a.csv', ids: [], byPosition: false }
const read = (text: string, more: Partial<Parameters<typeof answerSheets>[2]> = {}) => answerSheets(small, text, { ...asking, ...more })

test('columns stand in any order, an empty cell is a skipped answer, and the words for a missing one are understood', () => {
  expect(read('q_3,q_1,q_2\n5,1,\n declined ,skipped,4\n').sheets).toEqual([
    { row: 1, kept: [], answers: { q_1: 1, q_2: 'skipped', q_3: 5 } },
    { row: 2, kept: [], answers: { q_1: 'skipped', q_2: 4, q_3: 'declined' } },
  ])
})

test('a byte order mark, Windows line ends, quotes, spaces, blank lines at the end and 1.0 for 1 are read', () => {
  expect(read('\uFEFF"q_1", q_2 ,q_3\r\n"1",2.0, 3\r\n\r\n,,\r\n').sheets).toEqual([
    { row: 1, kept: [], answers: { q_1: 1, q_2: 2, q_3: 3 } },
  ])
})

test('by position, i1 is the first item', () => {
  expect(read('i2,i1,i3\n2,1,3\n', { byPosition: true }).sheets[0]!.answers).toEqual({ q_1: 1, q_2: 2, q_3: 3 })
  expect(() => read('q_1,q_2,q_3\n', { byPosition: true })).toThrow('i1, i2, i3 missing')
})

test('a column named by --id is kept, and so is the mark of simulated rows', () => {
  expect(read('simulated,q_1,code,q_2,q_3\nsimulated,1,=a,2,3\n', { ids: ['code'] })).toEqual({
    kept: ['code', 'simulated'],
    sheets: [{ row: 1, kept: ['=a', 'simulated'], answers: { q_1: 1, q_2: 2, q_3: 3 } }],
  })
})

test('an item that skip logic takes away is not shown when its cell is empty, and skipped when it was asked', () => {
  const gated = { ...small, items: [small.items[0]!, small.items[1]!, { ...small.items[2]!, askedIf: { item: 'q_1', from: 2, to: 5 } }] }
  const answers = (row: string) => answerSheets(gated, `q_1,q_2,q_3\n${row}\n`, asking).sheets[0]!.answers.q_3
  expect([answers('1,1,'), answers('1,1,not_shown'), answers('2,1,'), answers(',1,')]).toEqual([
    'not_shown',
    'not_shown',
    'skipped',
    'skipped',
  ])
  expect(() => answers('2,1,not_shown')).toThrow(
    '"not_shown" is not allowed; allowed: 1, 2, 3, 4, 5, empty, skipped, declined, not_shown where',
  )
})

test.each([
  [
    'unknown, missing and repeated columns',
    'q_1,q_1,age,q_2\n',
    'a.csv:1: columns of small@1.0.0: age unknown; q_3 missing; q_1 repeated; expected: q_1 to q_3',
  ],
  [
    'a value that no option has',
    'q_1,q_2,q_3\n1,2,3\n1,9,3\n',
    'a.csv:3: row 2, column q_2: "9" is not allowed; allowed: 1, 2, 3, 4, 5, empty, skipped',
  ],
  ['a word', 'q_1,q_2,q_3\nNA,2,often\n', 'a.csv:2: row 1, column q_1: "NA" is not allowed'],
  ['how many more there are', 'q_1,q_2,q_3\nNA,2,often\n', '(and 1 more bad cells)'],
  [
    'an item that was asked and not shown',
    'q_1,q_2,q_3\n1,not_shown,3\n',
    'column q_2: "not_shown" is not allowed; allowed: 1, 2, 3, 4, 5, empty, skipped, declined',
  ],
  ['half a point', 'q_1,q_2,q_3\n1.5,2,3\n', '"1.5" is not allowed'],
  ['a short row', 'q_1,q_2,q_3\n1,2\n', 'a.csv:2: row 1 has 2 cells, the header has 3'],
  ['a quotation mark that is never closed', 'q_1,q_2,q_3\n1,"2,3\n', 'a.csv:2: a quotation mark is never closed'],
  ['another encoding', 'q_1,q_2,q_3,\uFFFD\n', 'a.csv is not UTF-8'],
  ['an empty file', '', 'a.csv is empty'],
])('%s: an error that says where', (_what, text, sentence) => expect(() => read(text)).toThrow(sentence))

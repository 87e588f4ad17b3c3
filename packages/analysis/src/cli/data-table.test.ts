import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isNumeric, numberColumn, readDataTable, rowNumber, textColumn } from './data-table.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongxing-table-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const read = async (text: string | Uint8Array, ...wanted: readonly string[]) => {
  const file = join(folder, 'pupils.csv')
  await writeFile(file, text)
  return readDataTable(file, wanted)
}

test('named columns come back in order, with an empty cell and NA as missing', async () => {
  const table = await read('\ufeff"school","班级",score\nA,"一, 甲",1.5\nB,,NA\n"C",二,-2e3\n', '班级', 'score')
  expect(table.rows).toBe(3)
  expect(textColumn(table, '班级')).toEqual(['一, 甲', null, '二'])
  expect(numberColumn(table, 'score')).toEqual([1.5, null, -2000])
  expect([isNumeric(table, '班级'), isNumeric(table, 'score')]).toEqual([false, true])
})

test('a file of many chunks keeps every row', async () => {
  const rows = Array.from({ length: 50_000 }, (_, place) => `学校${place % 7},${place}`)
  const table = await read(`school,score\n${rows.join('\n')}\n`, 'school', 'score')
  expect(numberColumn(table, 'score').reduce<number>((sum, value) => sum + value!, 0)).toBe((50_000 * 49_999) / 2)
  expect(textColumn(table, 'school')[49_999]).toBe(`学校${49_999 % 7}`)
})

test('a number whose square is none any more is refused, with its cell', async () => {
  const table = await read('a\n1\n1e300\n', 'a')
  expect(() => numberColumn(table, 'a')).toThrow('pupils.csv row 3, column a: 1e300 is too large to be reckoned with, at most 1e+100 is')
})

test.each([
  ['a,b\n1,2\n', ['c'], 'pupils.csv has no column c, its columns are a, b'],
  ['a;b\n1;2\n', ['b'], 'pupils.csv has no column b, its columns are a;b; cells are parted by commas'],
  ['a,a\n1,2\n', ['a'], 'pupils.csv row 1 names the column a twice'],
  ['a,b\n1,2\n3\n', ['a'], 'pupils.csv row 3 has 1 cells, its header has 2'],
  ['', ['a'], 'pupils.csv is empty'],
  ['a,b\n', ['a'], 'pupils.csv has no row of data below its header'],
  ['a,b\n1,"2\n', ['a'], 'pupils.csv is no readable CSV'],
  [new Uint8Array([97, 10, 0xb0, 0xe0, 10]), ['a'], 'pupils.csv is not UTF-8 text'],
] as const)('%j is refused in one sentence', async (text, wanted, sentence) => {
  await expect(read(text, ...wanted)).rejects.toThrow(sentence)
})

test('a cell that is no number is named by file, row and column', async () => {
  const table = await read('a,b\n1,2\n3,four\n', 'a', 'b')
  expect(() => numberColumn(table, 'b')).toThrow(
    'pupils.csv row 3, column b: four is not a number (a number is allowed, or empty or NA for missing)',
  )
})

test('blank rows are passed over and still counted, so a sentence names the row that a spreadsheet shows', async () => {
  const table = await read('a,b\n\n1,2\n\r\n  \n3,four\n\n', 'a', 'b')
  expect([table.rows, rowNumber(table, 0), rowNumber(table, 1)]).toEqual([2, 3, 6])
  expect(() => numberColumn(table, 'b')).toThrow('pupils.csv row 6, column b: four is not a number')
  await expect(read('a,b\n1,2\n\n3\n', 'a')).rejects.toThrow('pupils.csv row 4 has 1 cells, its header has 2')
  const quoted = await read('a,b\n"1\n\n2",2\n3,x\n', 'a', 'b')
  expect(() => numberColumn(quoted, 'b')).toThrow('pupils.csv row 3, column b')
})

test.each(['0x10', 'Infinity', '1,5', '1e999', '--2'])('%s is no number', async (cell) => {
  const table = await read(`a\n"${cell}"\n`, 'a')
  expect(() => numberColumn(table, 'a')).toThrow('is not a number')
})

test('a file of two gigabytes is refused before it is read, and an absent one too', async () => {
  const file = join(folder, 'large.csv')
  await writeFile(file, 'a\n1\n')
  await truncate(file, 2 * 2 ** 30)
  await expect(readDataTable(file, ['a'])).rejects.toThrow('large.csv has 2048 MB, at most 512 MB are read')
  await rm(file)
  await expect(readDataTable(file, ['a'])).rejects.toThrow('is no file that can be read')
})

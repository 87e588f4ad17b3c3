import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { numberColumn, readDataTable, textColumn } from './data-table.ts'

const made = (codec: string) => fileURLToPath(new URL(`../../oracle/parquet/${codec}.parquet`, import.meta.url))

test.each(['none', 'snappy', 'zstd', 'gzip', 'brotli'])(
  'a Parquet file packed with %s is read as a CSV of the same pupils would be',
  async (codec) => {
    const table = await readDataTable(made(codec), ['post', 'school', 'arm', 'pre', 'age', 'grade', 'boards', 'born', 'note'])
    const rows = Array.from({ length: 12 }, (_, k) => k)
    expect(table.rows).toBe(12)
    expect(textColumn(table, 'school')).toEqual(rows.map((k) => `学校${k % 3}`))
    expect(textColumn(table, 'arm')).toEqual(rows.map((k) => (k % 3 ? 'programme' : 'control')))
    expect(numberColumn(table, 'pre')).toEqual(rows.map((k) => (k === 4 ? null : 10 + ((k * 7) % 5) + k / 7)))
    expect(numberColumn(table, 'post')).toEqual(rows.map((k) => (k === 7 ? null : k * 0.1)))
    expect(numberColumn(table, 'age')).toEqual(rows.map((k) => (k === 2 ? null : 11 + (k % 4))))
    expect(numberColumn(table, 'grade')).toEqual(rows.map((k) => 7 + (k % 3)))
    expect(numberColumn(table, 'boards')).toEqual(rows.map((k) => (k === 1 ? null : Number(k % 2 === 0))))
    expect(textColumn(table, 'born')[0]).toBe('2012-01-03')
    expect(textColumn(table, 'note').slice(0, 3)).toEqual([null, null, 'word 2'])
  },
)

test('what a Parquet file cannot give is said in one sentence', async () => {
  await expect(readDataTable(made('snappy'), ['weight'])).rejects.toThrow(
    'snappy.parquet has no column weight, its columns are school, arm,',
  )
  await expect(readDataTable(made('snappy'), ['answers'])).rejects.toThrow('snappy.parquet, column answers: holds lists or records')
  const table = await readDataTable(made('snappy'), ['school'])
  expect(() => numberColumn(table, 'school')).toThrow('snappy.parquet row 2, column school: 学校0 is not a number')
  const folder = await mkdtemp(join(tmpdir(), 'tongxing-parquet-'))
  await writeFile(join(folder, 'broken.parquet'), 'PAR1 and no more')
  await expect(readDataTable(join(folder, 'broken.parquet'), ['a'])).rejects.toThrow('broken.parquet is no readable Parquet: ')
  await rm(folder, { recursive: true })
})

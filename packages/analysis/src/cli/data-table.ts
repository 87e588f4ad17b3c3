/** A researcher's data as named columns of text, with what is missing said: an empty cell and NA are null. */
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { readBundleTable } from './bundle-table.ts'
import { BadInput } from './command.ts'
import { readCsvTable } from './csv-table.ts'
import { readParquetTable } from './parquet-table.ts'
import { type Cell, type DataTable, mostBytes } from './table.ts'

export type { DataTable } from './table.ts'

/** The square of a larger one is no number any more. */
const largest = 1e100

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const isParquet = async (path: string): Promise<boolean> => {
  const handle = await open(path)
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.toString('latin1') === 'PAR1'
  } finally {
    await handle.close()
  }
}

/**
 * Reads the named columns of a CSV file (UTF-8, a header row), of a Parquet file, or of a dataset bundle (its folder or its manifest.json).
 * Throws BadInput for no file, an empty one, one too large, a column that is absent or twice, a row with too few or too many cells.
 */
export const readDataTable = async (path: string, wanted: readonly string[]): Promise<DataTable> => {
  const [file, names] = [basename(path), [...new Set(wanted)]]
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() || (found?.isFile() && file === 'manifest.json')) return readBundleTable(path, names)
  if (!found?.isFile()) throw new BadInput(`${path} is no file that can be read`)
  if (found.size === 0) throw new BadInput(`${file} is empty: a header row and rows of data are needed`)
  if (found.size > mostBytes)
    throw new BadInput(
      `${file} has ${Math.round(found.size / 2 ** 20)} MB, at most ${mostBytes / 2 ** 20} MB are read: keep the columns you need`,
    )
  return (await isParquet(path)) ? readParquetTable(path, names) : readCsvTable(path, names)
}

/** A column as text. */
export const textColumn = ({ columns }: DataTable, name: string): readonly Cell[] => columns.get(name)!

/** The number a spreadsheet gives to the row at a place: the header is row 1, and a blank row counts. */
export const rowNumber = ({ lines }: DataTable, place: number): number => lines?.[place] ?? place + 2

/** Where a cell stands, for a sentence. */
export const cellAt = (table: DataTable, place: number, name: string): string =>
  `${table.file} row ${rowNumber(table, place)}, column ${name}`

/** Whether every cell that is there is a number. */
export const isNumeric = (table: DataTable, name: string): boolean =>
  textColumn(table, name).every((cell) => cell === null || plainNumber.test(cell))

/** A column as numbers, null where missing. Throws BadInput at the first cell that is no number. */
export const numberColumn = (table: DataTable, name: string): readonly (number | null)[] =>
  textColumn(table, name).map((cell, place) => {
    if (cell === null) return null
    const value = Number(cell)
    if (!plainNumber.test(cell) || !Number.isFinite(value))
      throw new BadInput(`${cellAt(table, place, name)}: ${cell} is not a number (a number is allowed, or empty or NA for missing)`)
    if (Math.abs(value) > largest)
      throw new BadInput(`${cellAt(table, place, name)}: ${cell} is too large to be reckoned with, at most ${largest} is`)
    return value
  })

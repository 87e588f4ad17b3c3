import { basename } from 'node:path'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import {
  asyncBufferFromFile,
  type Compressors,
  type FileMetaData,
  type ParquetScan,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
} from 'hyparquet'
import { BadInput } from './command.ts'
import { type Cell, checkCells, checkHeader, type DataTable, isMissing, shared } from './table.ts'

const compressors: Compressors = {
  GZIP: (page) => gunzipSync(page),
  BROTLI: (page) => brotliDecompressSync(page),
  ZSTD: (page) => zstdDecompressSync(page),
}

/** A value as the text a CSV would hold: true and false as 1 and 0, a date by ISO 8601, not-a-number missing. Undefined where it has none. */
const cellOf = (value: unknown): Cell | undefined => {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isNaN(value) ? null : String(value)
  if (typeof value === 'string') return isMissing(value.trim()) ? null : value.trim()
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '')
  return undefined
}

const readable = async <T>(file: string, read: () => Promise<T>): Promise<T> => {
  try {
    return await read()
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput(`${file} is no readable Parquet: ${(error as Error).message}`) // hyparquet throws Errors
  }
}

const checked = (file: string, metadata: FileMetaData, names: readonly string[]): number => {
  const fields = parquetSchema(metadata).children
  checkHeader(
    file,
    fields.map(({ element }) => element.name),
    names,
  )
  const nested = fields.find(({ element, children }) => names.includes(element.name) && children.length > 0)
  if (nested)
    throw new BadInput(`${file}, column ${nested.element.name}: holds lists or records; numbers, text, dates and true or false are read`)
  const rows = Number(metadata.num_rows)
  if (rows === 0) throw new BadInput(`${file} has no row of data`)
  checkCells(file, rows, names.length)
  return rows
}

const cellsOf = async (file: string, { ranges, readColumn }: ParquetScan, column: string): Promise<readonly Cell[]> => {
  const share = shared()
  const cells: Cell[] = []
  for (const range of ranges)
    for (const value of await readable(file, () => readColumn({ column, ...range }))) {
      const cell = cellOf(value)
      if (cell === undefined)
        throw new BadInput(`${file} row ${cells.length + 2}, column ${column}: is neither number, text, date nor true or false`)
      cells.push(cell === null ? null : share(cell))
    }
  return cells
}

/** The named columns of a Parquet file, plain or packed with Snappy, gzip, Brotli or Zstandard. Rows are numbered as if a header stood in row 1. */
export const readParquetTable = async (path: string, names: readonly string[]): Promise<DataTable> => {
  const name = basename(path)
  const file = await asyncBufferFromFile(path)
  const metadata = await readable(name, () => parquetMetadataAsync(file))
  const rows = checked(name, metadata, names)
  const scan = await readable(name, () => parquetScan({ file, metadata, columns: [...names], compressors }))
  const columns = new Map<string, readonly Cell[]>()
  for (const column of names) columns.set(column, await cellsOf(name, scan, column))
  return { file: name, rows, columns, lines: null }
}

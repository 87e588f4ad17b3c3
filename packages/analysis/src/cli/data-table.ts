/** A researcher's CSV as named columns of text, with what is missing said: an empty cell and NA are null. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'csv-parse'
import { BadInput } from './command.ts'

type Cell = string | null
export type DataTable = { readonly file: string; readonly rows: number; readonly columns: ReadonlyMap<string, readonly Cell[]> }

/** Above this a file is refused before it is read: its columns would not fit in the memory of a laptop. */
const mostBytes = 512 * 2 ** 20

const isMissing = (cell: string) => cell === '' || cell === 'NA'
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const checkFile = async (path: string): Promise<string> => {
  const file = basename(path)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new BadInput(`${path} is no file that can be read`)
  if (found.size === 0) throw new BadInput(`${file} is empty: a header row and rows of data are needed`)
  if (found.size > mostBytes)
    throw new BadInput(
      `${file} has ${Math.round(found.size / 2 ** 20)} MB, at most ${mostBytes / 2 ** 20} MB are read: keep the columns you need`,
    )
  return file
}

async function* textOf(path: string, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true }) // no encoding is set, so chunks are buffers
    yield decoder.decode()
  } catch (error) {
    throw error instanceof TypeError ? new BadInput(`${file} is not UTF-8 text: save it as CSV UTF-8`) : error
  }
}

const checkHeader = (file: string, header: readonly string[], wanted: readonly string[]) => {
  const twice = header.find((name, place) => header.indexOf(name) !== place)
  if (twice !== undefined) throw new BadInput(`${file} row 1 names the column ${twice || '(empty)'} twice`)
  const absent = wanted.find((name) => !header.includes(name))
  if (absent !== undefined) throw new BadInput(`${file} has no column ${absent}, its columns are ${header.join(', ')}`)
}

/**
 * Reads the named columns of a CSV file, UTF-8 with a header row, in one stream. Rows are counted as a spreadsheet does: the header is row 1.
 * Throws BadInput for no file, an empty one, one too large, a column that is absent or twice, a row with too few or too many cells.
 */
export const readDataTable = async (path: string, wanted: readonly string[]): Promise<DataTable> => {
  const file = await checkFile(path)
  const names = [...new Set(wanted)]
  const columns: Cell[][] = names.map(() => [])
  let header: readonly string[] | null = null
  let places: readonly number[] = []
  let row = 0
  const records = parse({ bom: true, relax_column_count: true, skip_empty_lines: true })
  const feed = (async () => {
    for await (const text of textOf(path, file)) if (!records.write(text)) await new Promise((resume) => records.once('drain', resume))
    records.end()
  })().catch((error: unknown) => records.destroy(error as Error))
  try {
    for await (const cells of records as AsyncIterable<readonly string[]>) {
      row += 1
      if (!header) {
        header = cells.map((name) => name.trim())
        checkHeader(file, header, names)
        places = names.map((name) => header!.indexOf(name))
        continue
      }
      if (cells.length !== header.length)
        throw new BadInput(`${file} row ${row} has ${cells.length} cells, its header has ${header.length}`)
      for (const [k, place] of places.entries()) {
        const cell = cells[place]!.trim()
        columns[k]!.push(isMissing(cell) ? null : cell)
      }
    }
  } catch (error) {
    records.destroy()
    throw error instanceof Error && 'code' in error ? new BadInput(`${file} is no readable CSV: ${error.message}`) : error
  }
  await feed
  if (row < 2) throw new BadInput(`${file} has no row of data below its header`)
  return { file, rows: row - 1, columns: new Map(names.map((name, k) => [name, columns[k]!])) }
}

/** A column as text. */
export const textColumn = ({ columns }: DataTable, name: string): readonly Cell[] => columns.get(name)!

/** Whether every cell that is there is a number. */
export const isNumeric = (table: DataTable, name: string): boolean =>
  textColumn(table, name).every((cell) => cell === null || plainNumber.test(cell))

/** A column as numbers, null where missing. Throws BadInput at the first cell that is no number. */
export const numberColumn = (table: DataTable, name: string): readonly (number | null)[] =>
  textColumn(table, name).map((cell, index) => {
    if (cell === null) return null
    const value = Number(cell)
    if (!plainNumber.test(cell) || !Number.isFinite(value))
      throw new BadInput(
        `${table.file} row ${index + 2}, column ${name}: ${cell} is not a number (a number is allowed, or empty or NA for missing)`,
      )
    return value
  })

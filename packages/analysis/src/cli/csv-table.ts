import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'csv-parse'
import { BadInput } from './command.ts'
import { progress } from './progress.ts'
import { type Cell, checkCells, checkHeader, type DataTable, isMissing, shared } from './table.ts'

async function* textOf(path: string, file: string, told: (share: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const { size } = await stat(path)
  let read = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      yield decoder.decode(chunk, { stream: true }) // no encoding is set, so chunks are buffers
      read += chunk.length
      told(Math.min(0.99, read / size))
    }
    yield decoder.decode()
  } catch (error) {
    throw error instanceof TypeError ? new BadInput(`${file} is not UTF-8 text: save it as CSV UTF-8`) : error
  }
}

/** Rows as they come, of which the wanted columns are kept. Rows are counted as a spreadsheet does: the header is row 1, a blank row counts. */
const gatheredBy = (file: string, names: readonly string[]) => {
  const columns: Cell[][] = names.map(() => [])
  const share = names.map(shared)
  const lines: number[] = []
  let header: readonly string[] | null = null
  let places: readonly number[] = []
  let row = 0
  const take = (cells: readonly string[]): void => {
    row += 1
    if (cells.length === 1 && cells[0]!.trim() === '') return
    if (!header) {
      header = cells.map((name) => name.trim())
      checkHeader(file, header, names)
      places = names.map((name) => header!.indexOf(name))
      return
    }
    if (cells.length !== header.length) throw new BadInput(`${file} row ${row} has ${cells.length} cells, its header has ${header.length}`)
    if (lines.length % 100_000 === 0) checkCells(file, lines.length, names.length)
    lines.push(row)
    for (const [k, place] of places.entries()) {
      const cell = cells[place]!.trim()
      columns[k]!.push(isMissing(cell) ? null : share[k]!(cell))
    }
  }
  return { take, columns, lines }
}

/** The named columns of a CSV file, UTF-8 with a header row, in one stream. */
export const readCsvTable = async (path: string, names: readonly string[]): Promise<DataTable> => {
  const file = basename(path)
  const { take, columns, lines } = gatheredBy(file, names)
  const records = parse({ bom: true, relax_column_count: true })
  const told = progress(`reading ${file}`)
  const feed = (async () => {
    for await (const text of textOf(path, file, told))
      if (!records.write(text)) await new Promise((resume) => records.once('drain', resume))
    records.end()
  })().catch((error: unknown) => records.destroy(error as Error))
  try {
    for await (const cells of records as AsyncIterable<readonly string[]>) take(cells)
  } catch (error) {
    records.destroy()
    throw error instanceof Error && 'code' in error ? new BadInput(`${file} is no readable CSV: ${error.message}`) : error
  } finally {
    told(1)
  }
  await feed
  if (lines.length === 0) throw new BadInput(`${file} has no row of data below its header`)
  const isGapless = lines.at(-1) === lines.length + 1
  return { file, rows: lines.length, columns: new Map(names.map((name, k) => [name, columns[k]!])), lines: isGapless ? null : lines }
}

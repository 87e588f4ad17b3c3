// Comma- or tab-separated text in whatever encoding a school's software wrote it.
import { CsvError, parse } from 'csv-parse/sync'
import { FileFault } from './file-fault.ts'
import type { Line } from './grid.ts'
import { limits } from './limits.ts'

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]
export const delimiters = [',', '\t', ';', '，', '|'] as const
export type Delimiter = (typeof delimiters)[number]

const decode = (file: Buffer, encoding: Encoding): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file)
  } catch {
    return null
  }
}

/** Half of the bytes of ASCII characters are zero in UTF-16, at odd places when the small end comes first. */
const withoutMark = (file: Buffer): Encoding | null => {
  const sample = file.subarray(0, 4096)
  const zeros = (remainder: number) => sample.filter((byte, place) => byte === 0 && place % 2 === remainder).length
  const [even, odd] = [zeros(0), zeros(1)]
  if (even + odd === 0) return null
  return odd > even ? 'utf-16le' : 'utf-16be'
}

const encodingOf = (file: Buffer): Encoding => {
  if (file[0] === 0xff && file[1] === 0xfe) return 'utf-16le'
  if (file[0] === 0xfe && file[1] === 0xff) return 'utf-16be'
  return withoutMark(file) ?? (decode(file, 'utf-8') === null ? 'gb18030' : 'utf-8')
}

/** What stands most often in the first lines, outside of quotes. */
const delimiterOf = (text: string): Delimiter => {
  const sample = text.slice(0, 20_000).replace(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => sample.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))]!
}

const linesOf = (text: string, delimiter: Delimiter): readonly Line[] => {
  const lines: Line[] = []
  let row = 0
  const keep = (cells: readonly string[]) => {
    row += 1
    if (lines.length > limits.lines || row > limits.lastRow) throw new FileFault('too-many-rows')
    if (cells.some((cell) => cell.trim() !== ''))
      lines.push({ row, cells: cells.slice(0, limits.columns).map((cell) => cell.slice(0, limits.cell)) })
    return null // what is kept here need not be kept there
  }
  const shape = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 200_000,
  }
  try {
    parse(text, { ...shape, on_record: keep })
  } catch (error) {
    throw error instanceof CsvError ? new FileFault('quotes') : error
  }
  return lines
}

export type Text = { readonly lines: readonly Line[]; readonly encoding: Encoding; readonly delimiter: Delimiter }

export const readText = (
  file: Buffer,
  told: { readonly encoding?: Encoding | undefined; readonly delimiter?: Delimiter | undefined },
): Text => {
  const encoding = told.encoding ?? encodingOf(file)
  const text = decode(file, encoding)
  if (text === null || text.includes('\0')) throw new FileFault('encoding')
  const delimiter = told.delimiter ?? delimiterOf(text)
  const lines = linesOf(text, delimiter)
  return { lines, encoding, delimiter }
}

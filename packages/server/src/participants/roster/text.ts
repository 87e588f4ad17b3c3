// Comma- or tab-separated text in whatever encoding a school's software wrote it.
import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { FileFault } from './file-fault.ts'
import type { Line } from './grid.ts'
import { limits } from './limits.ts'

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]
export const delimiters = [',', '\t', ';', '，', '|'] as const
export type Delimiter = (typeof delimiters)[number]

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
  return withoutMark(file) ?? (isUtf8(file) ? 'utf-8' : 'gb18030')
}

/** What stands most often in the first lines, outside of quotes. */
const delimiterOf = (text: string): Delimiter => {
  const sample = text.slice(0, 20_000).replace(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => sample.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))]!
}

/** A line as it is read; whoever gets it keeps of it what is needed. */
export type Take = (line: Line) => void

const readLines = (text: Buffer, delimiter: Delimiter, take: Take) => {
  let row = 0
  let count = 0
  const on_record = (cells: readonly string[]) => {
    row += 1
    if (count > limits.lines || row > limits.lastRow) throw new FileFault('too-many-rows')
    if (cells.every((cell) => cell.trim() === '')) return null
    count += 1
    take({ row, cells: cells.slice(0, limits.columns).map((cell) => cell.slice(0, limits.cell)) })
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
    parse(text, { ...shape, on_record })
  } catch (error) {
    throw error instanceof CsvError ? new FileFault('quotes') : error
  }
}

const atOnce = 1_000_000 // as one string a large file would stand in memory at twice its size and more

const mark = Buffer.from([0xef, 0xbb, 0xbf])
const withoutMarkOf = (file: Buffer) => (file.subarray(0, mark.length).equals(mark) ? file.subarray(mark.length) : file)

/** The text as UTF-8, which is what it is read from. */
const utf8Of = (file: Buffer, encoding: Encoding): Buffer => {
  if (encoding === 'utf-8') {
    if (!isUtf8(file)) throw new FileFault('encoding')
    return withoutMarkOf(file)
  }
  const decoder = new TextDecoder(encoding, { fatal: true })
  const pieces: Buffer[] = []
  try {
    for (let from = 0; from < file.length; from += atOnce)
      pieces.push(Buffer.from(decoder.decode(file.subarray(from, from + atOnce), { stream: true })))
    pieces.push(Buffer.from(decoder.decode()))
  } catch {
    throw new FileFault('encoding')
  }
  return Buffer.concat(pieces)
}

export type Text = { readonly encoding: Encoding; readonly delimiter: Delimiter }

export const readText = (
  file: Buffer,
  told: { readonly encoding?: Encoding | undefined; readonly delimiter?: Delimiter | undefined },
  take: Take,
): Text => {
  const encoding = told.encoding ?? encodingOf(file)
  const text = utf8Of(file, encoding)
  if (text.includes(0)) throw new FileFault('encoding')
  const delimiter = told.delimiter ?? delimiterOf(text.toString('utf8', 0, 60_000))
  readLines(text, delimiter, take)
  return { encoding, delimiter }
}

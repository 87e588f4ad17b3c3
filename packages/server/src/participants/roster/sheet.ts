// One sheet of a workbook, row by row. A cell far to the right costs nothing: what lies beyond the last column is passed over.
import { FileFault } from './file-fault.ts'
import { type Line, ownText } from './grid.ts'
import { limits } from './limits.ts'
import type { Look, Workbook } from './workbook.ts'
import { readPart } from './xml.ts'
import type { Parts } from './zip.ts'

const day = 86_400_000
const firstDay = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) }

/** A day counted from 1900 or 1904 as 2012-03-05, or null where no calendar reaches. */
export const dateOfSerial = (serial: number, date1904: boolean): string | null => {
  if (!(serial >= 1 && serial < 2_958_466)) return null
  const shifted = !date1904 && serial < 60 ? serial + 1 : serial // 1900 was no leap year, but spreadsheets hold that it was
  return new Date(firstDay[date1904 ? 1904 : 1900] + Math.floor(shifted) * day).toISOString().slice(0, 10)
}

const plain: Look = { date: false, zeros: 0 }

/** A number as its cell shows it. Beyond fifteen digits a spreadsheet has lost some, and the exponent says so. */
const numberText = (raw: string, look: Look, date1904: boolean): string => {
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (look.date) return dateOfSerial(value, date1904) ?? String(value)
  if (Math.abs(value) >= 1e15) return value.toExponential()
  return look.zeros > 0 && Number.isInteger(value) && value >= 0 ? String(value).padStart(look.zeros, '0') : String(value)
}

/** Read by hand, since there are millions: up to three letters and seven digits, each perhaps after a $. */
const placeOf = (reference: string): { readonly column: number; readonly row: number } | null => {
  let [at, column, row] = [reference[0] === '$' ? 1 : 0, 0, 0]
  const letters = at
  for (let code = reference.charCodeAt(at); code >= 65 && code <= 90; code = reference.charCodeAt(at)) {
    column = column * 26 + code - 64
    at += 1
  }
  if (at === letters || at > letters + 3) return null
  if (reference[at] === '$') at += 1
  const digits = at
  for (let code = reference.charCodeAt(at); code >= 48 && code <= 57; code = reference.charCodeAt(at)) {
    row = row * 10 + code - 48
    at += 1
  }
  return at === digits || at > digits + 7 || at < reference.length ? null : { column: column - 1, row }
}

type Range = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }

const rangeOf = (reference: string): Range | null => {
  const [from, to] = reference.split(':').map(placeOf)
  if (!from || !to) return null
  return { top: from.row, bottom: to.row, left: from.column, right: Math.min(to.column, limits.columns - 1) }
}

/** A merged cell stands in all the places that it covers: a class name written once beside thirty pupils. */
const spread = (lines: readonly { readonly row: number; readonly cells: string[] }[], ranges: readonly Range[]) => {
  const at = new Map(lines.map((line, position) => [line.row, position]))
  for (const { top, bottom, left, right } of ranges) {
    const first = at.get(top)
    const value = first === undefined ? undefined : lines[first]!.cells[left]
    if (!value || first === undefined) continue
    for (let position = first; position < lines.length && lines[position]!.row <= bottom; position += 1)
      for (let column = left; column <= right; column += 1) {
        const { cells } = lines[position]!
        while (cells.length <= column) cells.push('')
        if (cells[column] === '') cells[column] = value
      }
  }
}

type Reading = { readonly lines: { row: number; cells: string[] }[]; readonly ranges: Range[] }

const readLines = async (file: Buffer, parts: Parts, workbook: Workbook, part: string, most: number): Promise<Reading> => {
  const { strings, looks, date1904 } = workbook
  const lines: Reading['lines'] = []
  const ranges: Range[] = []
  let row = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let look = plain
  let text = ''
  let listening = false
  const value = () => {
    if (type === 's') return strings[Number(text)] ?? ''
    if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE'
    if (type === 'd') return text.slice(0, 10)
    return type === '' || type === 'n' ? numberText(text, look, date1904) : ownText(text)
  }
  const keep = () => {
    const written = text === '' ? '' : value()
    if (written === '' || column >= limits.columns) return
    while (cells.length <= column) cells.push('')
    cells[column] = written
  }
  const found = await readPart(file, parts, part, {
    open: (element, attributes) => {
      if (element === 'row') {
        const above = row
        row = Number(attributes.r ?? row + 1) || row + 1
        if (!Number.isInteger(row) || row <= above || row > limits.lastRow) throw new FileFault('damaged') // a row's number says which row a person decides about
        cells = []
        column = -1
      } else if (element === 'c') {
        column = (attributes.r ? placeOf(attributes.r)?.column : undefined) ?? column + 1
        type = attributes.t ?? ''
        look = looks[Number(attributes.s ?? -1)] ?? plain
        text = ''
      } else if (element === 'mergeCell') {
        const range = rangeOf(attributes.ref ?? '')
        if (range && ranges.length < limits.merges) ranges.push(range)
      }
      listening = element === 'v' || element === 't' // a formula is not asked, only what it gave when the file was saved
    },
    text: (piece) => {
      if (listening && text.length < limits.cell) text += piece
    },
    close: (element) => {
      listening = false
      if (element === 'c') keep()
      if (element === 'row' && cells.length > 0) lines.push({ row, cells })
      if (lines.length > most) throw new FileFault('too-many-rows')
    },
  })
  if (!found) throw new FileFault('damaged')
  return { lines, ranges }
}

/** The rows that have something in them; `most` is how many may still come. */
export const readSheet = async (file: Buffer, parts: Parts, workbook: Workbook, part: string, most: number): Promise<readonly Line[]> => {
  const { lines, ranges } = await readLines(file, parts, workbook, part, most)
  if (ranges.length > 0) spread(lines, ranges)
  return lines
}

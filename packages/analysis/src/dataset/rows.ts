import type { CodebookColumn, DatasetRow } from '@tongxing/instruments'
import { parse } from 'csv-parse/sync'

const allowedIn = (column: CodebookColumn): string =>
  column.values
    ? `empty or one of ${column.values.map(({ value }) => value).join(', ')}`
    : column.range
      ? `empty or ${column.range.from} to ${column.range.to}`
      : `empty or ${column.type}`

const isAllowed = (column: CodebookColumn, cell: string): boolean => {
  if (cell === '') return true
  if (column.values) return column.values.some(({ value }) => String(value) === cell)
  if (column.type === 'string') return true
  const value = Number(cell)
  if (!/^-?\d+(\.\d+)?(e-?\d+)?$/i.test(cell) || !Number.isFinite(value) || (column.type === 'integer' && !Number.isInteger(value)))
    return false
  return !column.range || (value >= column.range.from - 1e-9 && value <= column.range.to + 1e-9)
}

/** data.csv as rows of text, its columns and every cell checked against the codebook. */
export const parsedRows = (data: string, columns: readonly CodebookColumn[]): readonly DatasetRow[] => {
  const table = (() => {
    try {
      return parse(data) as string[][] // csv-parse without options yields rows of strings
    } catch (error) {
      throw new Error(`data.csv: ${error instanceof Error ? error.message : 'cannot be read'}`)
    }
  })()
  const [header = [], ...body] = table
  const names = columns.map(({ name }) => name)
  const strange = Math.max(header.length, names.length)
  for (let place = 0; place < strange; place += 1)
    if (header[place] !== names[place])
      throw new Error(
        `data.csv: column ${place + 1} is ${header[place] ?? 'absent'} but the codebook says ${names[place] ?? 'there is none'}`,
      )
  return body.map((cells, index) => {
    for (const [place, column] of columns.entries())
      if (!isAllowed(column, cells[place]!))
        throw new Error(`data.csv: line ${index + 2}, ${column.name}: ${cells[place]} is not allowed, only ${allowedIn(column)}`)
    return Object.fromEntries(names.map((name, place) => [name, cells[place]!]))
  })
}

/** What every reader of data makes: named columns of text. */
import { BadInput } from './command.ts'

export type Cell = string | null
export type DataTable = {
  readonly file: string
  readonly rows: number
  readonly columns: ReadonlyMap<string, readonly Cell[]>
  /** the row of the sheet that each row of data stood in, where blank rows were passed over; otherwise null */
  readonly lines: readonly number[] | null
}

/** Above these a file is refused: its columns would not fit in the memory of a laptop. */
export const mostBytes = 512 * 2 ** 20
const mostCells = 20_000_000

export const isMissing = (cell: string): boolean => cell === '' || cell === 'NA'

export const checkHeader = (file: string, header: readonly string[], wanted: readonly string[]): void => {
  const twice = header.find((name, place) => header.indexOf(name) !== place)
  if (twice !== undefined) throw new BadInput(`${file} row 1 names the column ${twice || '(empty)'} twice`)
  const absent = wanted.find((name) => !header.includes(name))
  if (absent === undefined) return
  const parted = header.length === 1 && /[;\t]/.test(header[0]!) ? '; cells are parted by commas, not by semicolons or tabs' : ''
  throw new BadInput(`${file} has no column ${absent}, its columns are ${header.join(', ')}${parted}`)
}

export const checkCells = (file: string, rows: number, columns: number): void => {
  if (rows * columns > mostCells)
    throw new BadInput(`${file} has more than ${Math.floor(mostCells / columns)} rows of ${columns} columns, which is all that is read`)
}

/** Equal text as one string, as long as a column has few values: a million rows of two arms then hold two strings. */
export const shared = (): ((cell: string) => string) => {
  const known = new Map<string, string>()
  return (cell) => {
    const found = known.get(cell)
    if (found !== undefined) return found
    if (known.size < 10_000) known.set(cell, cell)
    return cell
  }
}

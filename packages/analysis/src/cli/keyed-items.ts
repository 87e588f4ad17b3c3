/** Items of a form as columns of numbers, and the same once the reversed ones are turned. */
import { BadInput, namesIn, numberIn } from './command.ts'
import { cellAt, type DataTable } from './data-table.ts'

type Column = readonly (number | null)[]
export type Ends = { readonly from: number; readonly to: number; readonly given: boolean }

/** The names of --reverse, each of them an item. */
export const reversedOf = (reverse: string | undefined, items: readonly string[]): readonly string[] => {
  const names = reverse === undefined ? [] : namesIn('reverse', reverse)
  const stray = names.find((name) => !items.includes(name))
  if (stray !== undefined) throw new BadInput(`--reverse names ${stray}, which is not among --items`)
  return names
}

const checkRange = (table: DataTable, item: string, values: Column, { from, to }: Ends) => {
  const row = values.findIndex((value) => value !== null && !(value >= from && value <= to))
  if (row >= 0) throw new BadInput(`${cellAt(table, row, item)}: ${values[row]} is not from ${from} to ${to}`)
}

const endsAsGiven = (min: string | undefined, max: string | undefined): Ends | null => {
  if ((min === undefined) !== (max === undefined)) throw new BadInput('--min and --max go together')
  if (min === undefined || max === undefined) return null
  const ends = { from: numberIn('min', min), to: numberIn('max', max), given: true }
  if (!(ends.from < ends.to)) throw new BadInput(`--min must be below --max, got ${min} and ${max}`)
  return ends
}

/** The ends of the scale: as given, or the smallest and largest answer; an answer outside given ends is refused. */
export const endsOf = (
  table: DataTable,
  items: readonly string[],
  columns: readonly Column[],
  { min, max }: { readonly min?: string | undefined; readonly max?: string | undefined },
): Ends => {
  const given = endsAsGiven(min, max)
  if (given) for (const [k, item] of items.entries()) checkRange(table, item, columns[k]!, given)
  if (given) return given
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const values of columns)
    for (const value of values)
      if (value !== null) {
        from = Math.min(from, value)
        to = Math.max(to, value)
      }
  return { from, to, given: false }
}

export const turned = (column: Column, { from, to }: Ends): Column => column.map((value) => (value === null ? null : from + to - value))

/** The columns of a file as imputation takes them: numbers, groups, and what is only carried along. */
import { type IncompleteColumn, incompleteFactor, incompleteNumbers } from '../missing/incomplete-column.ts'
import { BadInput } from './command.ts'
import { type DataTable, numberColumn, textColumn } from './data-table.ts'

export type Carried = { readonly column: string; readonly why: 'identifier' | 'many-words' }
export type IncompleteTable = {
  /** places in the file of the rows that have a cluster */
  readonly rows: readonly number[]
  readonly clusters: readonly string[] | null
  readonly columns: readonly IncompleteColumn[]
  readonly carried: readonly Carried[]
}
export type Named = {
  readonly cluster: string | null
  /** columns that were asked for by name, and are never carried */
  readonly asked: ReadonlySet<string>
  readonly factors: ReadonlySet<string>
  /** the reference of a factor, by column */
  readonly references: ReadonlyMap<string, string>
}

const mostLevels = 30

const isFactor = (cells: readonly (string | null)[], name: string, { factors, references }: Named): boolean => {
  if (factors.has(name) || references.has(name)) return true
  const present = cells.filter((cell) => cell !== null)
  return present.length > 0 && present.filter((cell) => Number.isFinite(Number(cell))).length * 2 < present.length
}

const factorOrCarried = (table: DataTable, name: string, cells: readonly (string | null)[], named: Named): IncompleteColumn | Carried => {
  const levels = new Set(cells.filter((cell) => cell !== null)).size
  if (levels > mostLevels && !named.asked.has(name)) return { column: name, why: 'many-words' }
  if (levels > mostLevels)
    throw new BadInput(`${table.file}, column ${name}: has ${levels} levels, a factor takes at most ${mostLevels} in imputation`)
  const reference = named.references.get(name) ?? null
  if (reference !== null && !cells.includes(reference))
    throw new BadInput(
      `${table.file}, column ${name}: has no level ${reference}, its levels are ${[...new Set(cells)].slice(0, 20).join(', ')}`,
    )
  return incompleteFactor(name, cells, reference)
}

/** Whole numbers, each once, none missing: a number that names a row. */
const isIdentifier = (values: readonly (number | null)[]): boolean =>
  values.length > 1 && values.every((value) => Number.isInteger(value)) && new Set(values).size === values.length

const numbersOrSentence = (table: DataTable, name: string): readonly (number | null)[] => {
  try {
    return numberColumn(table, name)
  } catch (error) {
    throw error instanceof BadInput
      ? new BadInput(`${error.message}; --factors ${name} if it names groups, --columns to leave it out`)
      : error
  }
}

const columnOf = (table: DataTable, name: string, rows: readonly number[], named: Named): IncompleteColumn | Carried => {
  const all = textColumn(table, name)
  const cells = rows.map((row) => all[row]!)
  if (cells.every((cell) => cell === null))
    throw new BadInput(`${table.file}, column ${name}: is missing in every row; name the columns without it with --columns`)
  if (isFactor(cells, name, named)) return factorOrCarried(table, name, cells, named)
  const numbers = numbersOrSentence(table, name)
  const values = rows.map((row) => numbers[row]!)
  return !named.asked.has(name) && isIdentifier(values) ? { column: name, why: 'identifier' } : incompleteNumbers(name, values)
}

/** The named columns of a table, without the rows that have no cluster. Throws BadInput. */
export const incompleteTable = (table: DataTable, names: readonly string[], named: Named): IncompleteTable => {
  const groups = named.cluster === null ? null : textColumn(table, named.cluster)
  const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => groups === null || groups[row] !== null)
  if (rows.length === 0) throw new BadInput(`${table.file}, column ${named.cluster}: is missing in every row`)
  const made = names.map((name) => columnOf(table, name, rows, named))
  return {
    rows,
    clusters: groups && rows.map((row) => groups[row]!),
    columns: made.flatMap((one) => ('data' in one ? [one] : [])),
    carried: made.flatMap((one) => ('why' in one ? [one] : [])),
  }
}

import type { VariableData } from '../formula/design.ts'
import { factorOf } from '../formula/factor.ts'
import type { Columns } from './completed-model.ts'
import type { IncompleteColumn } from './incomplete-column.ts'

const kept = (data: VariableData, rows: readonly number[]): VariableData => {
  if (data.kind === 'numbers') return { kind: 'numbers', values: Float64Array.from(rows, (row) => data.values[row]!) }
  const words = rows.map((row) => data.levels[data.codes[row]!]!)
  return factorOf(words, words.includes(data.levels[0]!) ? data.levels[0]! : null)
}

/** The rows without a hole, as complete columns, and their places: what complete-case analysis uses. Not unbiased unless values are missing completely at random. */
export const completeCases = (columns: readonly IncompleteColumn[]): { readonly rows: readonly number[]; readonly columns: Columns } => {
  const all = Array.from({ length: columns[0]?.missing.length ?? 0 }, (_, row) => row)
  const rows = all.filter((row) => columns.every(({ missing }) => !missing[row]))
  return { rows, columns: new Map(columns.map(({ name, data }) => [name, kept(data, rows)])) }
}

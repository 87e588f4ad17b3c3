import type { VariableData } from '../formula/design.ts'
import { factorOf } from '../formula/factor.ts'

/** A column with holes: `data` holds its values, NaN or the code -1 where `missing` is 1. */
export type IncompleteColumn = { readonly name: string; readonly data: VariableData; readonly missing: Uint8Array }

const holes = (values: readonly unknown[]) => Uint8Array.from(values, (value) => Number(value === null))

/** A column of numbers, null where missing. Example: incompleteNumbers('post', [3, null]).missing[1] is 1. */
export const incompleteNumbers = (name: string, values: readonly (number | null)[]): IncompleteColumn => ({
  name,
  data: { kind: 'numbers', values: Float64Array.from(values, (value) => value ?? Number.NaN) },
  missing: holes(values),
})

/** A column of words, null where missing; the reference, when named, must be one of them and comes first. */
export const incompleteFactor = (name: string, values: readonly (string | null)[], reference: string | null = null): IncompleteColumn => {
  const { levels } = factorOf(
    values.filter((value) => value !== null),
    reference,
  )
  const codes = new Map(levels.map((level, code) => [level, code]))
  return {
    name,
    data: { kind: 'factor', levels, codes: Int32Array.from(values, (value) => (value === null ? -1 : codes.get(value)!)) },
    missing: holes(values),
  }
}

/** The words or numbers of a completed column as the cells of a table. */
export const cellsOf = (data: VariableData): readonly string[] =>
  data.kind === 'numbers' ? Array.from(data.values, String) : Array.from(data.codes, (code) => data.levels[code]!)

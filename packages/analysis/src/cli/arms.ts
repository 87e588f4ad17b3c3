/** The arms that a command compares: a control by name, and the other level or levels of a column. */

import type { Covariate } from '../comparison/baseline-balance.ts'
import { BadInput } from './command.ts'
import { type DataTable, isNumeric, numberColumn, textColumn } from './data-table.ts'

/** The levels that are compared with the control: the one asked for, or each other one. */
export const programmesOf = (table: DataTable, arm: string, control: string, asked: string | undefined): readonly string[] => {
  const levels = [...new Set(textColumn(table, arm).filter((level) => level !== null))].sort()
  const others = levels.filter((level) => level !== control)
  const absent = [control, asked].find((level) => level !== undefined && !levels.includes(level))
  if (absent !== undefined)
    throw new BadInput(`${table.file}, column ${arm}: has no level ${absent}, its levels are ${levels.slice(0, 20).join(', ')}`)
  if (asked === control) throw new BadInput(`--programme and --control both name ${control}`)
  if (others.length === 0) throw new BadInput(`${table.file}, column ${arm}: has one level, ${control}; two arms are compared`)
  if (asked === undefined && others.length > 20)
    throw new BadInput(
      `${table.file}, column ${arm}: has ${levels.length} levels; it must hold arms, or --programme name the one to compare`,
    )
  return asked === undefined ? others : [asked]
}

/** The rows of two arms, and which of them is in the programme. */
export const rowsOfArms = (table: DataTable, arm: string, programme: string, control: string) => {
  const cells = textColumn(table, arm)
  const rows = cells.flatMap((level, row) => (level === programme || level === control ? [row] : []))
  return { rows, inProgramme: rows.map((row) => cells[row] === programme) }
}

/** Rows that name no arm: nobody's pupils, and counted. */
export const rowsWithoutArm = (table: DataTable, arm: string): number => textColumn(table, arm).filter((level) => level === null).length

export const armNotes = (without: number): readonly string[] => (without === 0 ? [] : [`${without} rows name no arm and were left out.`])

const mostLevels = 30

/** A column as numbers, or as groups where none of its cells is a number or the column is named among the factors. */
export const covariateOf = (table: DataTable, name: string, factors: readonly string[], rows: readonly number[]): Covariate => {
  const cells = textColumn(table, name)
  const hasNumber = cells.some((cell) => cell !== null && Number.isFinite(Number(cell)))
  if (!factors.includes(name) && (hasNumber || isNumeric(table, name))) {
    const values = numberColumn(table, name)
    return { name, kind: 'numbers', values: rows.map((row) => values[row]!) }
  }
  const levels = new Set(cells).size
  if (levels > mostLevels) throw new BadInput(`${table.file}, column ${name}: has ${levels} levels, a grouping takes at most ${mostLevels}`)
  return { name, kind: 'groups', values: rows.map((row) => cells[row]!) }
}

/** What was named twice among columns that must differ. */
export const checkDistinct = (command: string, wanted: readonly string[]): void => {
  const twice = wanted.find((name, place) => wanted.indexOf(name) !== place)
  if (twice !== undefined) throw new BadInput(`${command}: the column ${twice} is named for two things`)
}

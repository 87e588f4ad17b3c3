/** The hierarchies of a folder, one file a column: `age.csv` holds rows such as `9,8-9,*`, with or without a header that begins with the column's name. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Cell } from '../disclosure/equivalence-classes.ts'
import { type Hierarchy, hierarchyOf } from '../disclosure/hierarchy.ts'
import { BadInput } from './command.ts'

const rowsOf = (text: string, file: string): string[][] => {
  try {
    return parse(text, { bom: true, delimiter: [',', ';'], relax_column_count: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    throw new BadInput(`${file} is no readable CSV: ${(error as Error).message}`) // csv-parse throws only Errors
  }
}

const hierarchyIn = (text: string, file: string, column: string): Hierarchy => {
  const rows = rowsOf(text, file)
  const header = rows[0]?.[0] === column
  if (rows.length === (header ? 1 : 0))
    throw new BadInput(`${file} has no row: one row a value is needed, the value first and ever wider groups after it`)
  try {
    return hierarchyOf(header ? rows.slice(1) : rows)
  } catch (error) {
    throw new BadInput(`${file}${header ? ', below its header,' : ''} ${(error as Error).message}`) // hierarchyOf throws only Errors
  }
}

/** One hierarchy a column, null where the folder has no file for it. Throws BadInput where it has none at all, or one that lacks a value of the data. */
export const readHierarchies = async (
  folder: string,
  columns: readonly { readonly name: string; readonly cells: readonly Cell[] }[],
  rowOf: (place: number) => number,
): Promise<readonly (Hierarchy | null)[]> => {
  const found = await Promise.all(
    columns.map(async ({ name, cells }) => {
      const file = `${name}.csv`
      const text = await readFile(join(folder, file), 'utf8').catch(() => null)
      if (text === null) return null
      const hierarchy = hierarchyIn(text, file, name)
      const row = cells.findIndex((cell) => cell !== null && !hierarchy.has(cell))
      if (row >= 0) throw new BadInput(`${file} lacks ${cells[row]}, which row ${rowOf(row)}, column ${name} of the data holds`)
      return hierarchy
    }),
  )
  if (found.every((hierarchy) => hierarchy === null))
    throw new BadInput(`${folder} holds no hierarchy: a file named as a quasi-identifier is needed, such as ${columns[0]!.name}.csv`)
  return found
}

/** The completed tables as files: observed cells as they were written, holes filled. */
import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cellsOf } from '../missing/incomplete-column.ts'
import type { Imputed } from '../missing/multiple-imputation.ts'
import { BadInput } from './command.ts'
import { csvText } from './csv-text.ts'
import type { DataTable } from './data-table.ts'
import type { IncompleteTable } from './incomplete-table.ts'
import { writeOut } from './out.ts'

export const checkOutFolder = async (folder: string): Promise<void> => {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new BadInput(`--out ${folder} is no folder that can be written to`)
  })
  if (found.length > 0) throw new BadInput(`--out ${folder} is not empty, the completed tables need a folder of their own`)
}

/** Writes one CSV for each imputation, and answers with their names. */
export const writeImputed = async (
  folder: string,
  { columns }: DataTable,
  { rows }: IncompleteTable,
  { tables }: Imputed,
): Promise<readonly string[]> => {
  const digits = String(tables.length).length
  const names = tables.map((_, place) => `imputed-${String(place + 1).padStart(digits, '0')}.csv`)
  const files = new Map<string, string>()
  for (const [place, table] of tables.entries()) {
    const completed = [...columns].map(([name, cells]) => {
      const data = table.get(name)
      const filled = data ? cellsOf(data) : null
      return rows.map((row, at) => cells[row] ?? filled?.[at] ?? null)
    })
    files.set(names[place]!, csvText([...columns.keys()], completed))
  }
  await writeOut(resolve(folder), files)
  return names
}

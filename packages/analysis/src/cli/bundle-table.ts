import { basename, dirname, join } from 'node:path'
import { BadInput } from './command.ts'
import { readDatasetFolder } from './dataset-folder.ts'
import { checkHeader, type DataTable } from './table.ts'

/** The named columns of a dataset bundle, by its folder or its manifest.json, once its hashes and cells are checked. */
export const readBundleTable = async (path: string, names: readonly string[]): Promise<DataTable> => {
  const folder = basename(path) === 'manifest.json' ? dirname(path) : path
  const { rows, codebook } = await readDatasetFolder(folder).catch((error: unknown) => {
    throw new BadInput(error instanceof Error ? error.message : String(error))
  })
  const file = join(basename(folder), 'data.csv')
  const header = codebook.columns.map(({ name }) => name)
  checkHeader(file, header, names)
  if (rows.length === 0) throw new BadInput(`${file} has no row of data below its header`)
  return { file, rows: rows.length, columns: new Map(names.map((name) => [name, rows.map((row) => row[name] || null)])), lines: null }
}

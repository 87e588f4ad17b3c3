// As root below a closed folder the database lives in a folder of the system, named by a file in the data folder. A demonstration that ends
// by itself takes it away again: nobody would look for it there.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The database of this data folder outside of it, if it has one and the database says that it belongs here; null otherwise. */
export const databaseElsewhere = (dataFolder: string): string | null => {
  const pointer = join(dataFolder, 'database-elsewhere.json')
  if (!existsSync(pointer)) return null
  const { folder } = JSON.parse(readFileSync(pointer, 'utf8')) as { folder: string }
  const owner = join(folder, 'data-folder')
  const isOurs = /^database-[0-9a-f]{16}$/.test(basename(folder)) && existsSync(owner) && readFileSync(owner, 'utf8') === dataFolder
  return isOurs ? folder : null
}

/** After the server has stopped. Returns what was taken away. */
export const clearElsewhere = (dataFolder: string): string | null => {
  const folder = databaseElsewhere(dataFolder)
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
  return folder
}

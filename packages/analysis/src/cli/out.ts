/** What a command writes: a place that cannot be written to is bad input, said before the work is done where that can be known. */
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BadInput } from './command.ts'

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written to',
  EROFS: 'it may not be written to',
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'a file of that name is in the way',
  EISDIR: 'a folder of that name is in the way',
  ENOENT: 'its folder is not there',
  ENOSPC: 'the disk is full',
}

const refusal = (path: string, error: unknown): unknown => {
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? '']
  return reason ? new BadInput(`--out ${path}: ${reason}`) : error
}

/** Makes the folder, or says why there can be none. */
export const outFolder = async (folder: string): Promise<void> => {
  const found = await stat(folder).catch(() => null)
  if (found?.isDirectory()) return
  // Node's own recursion does not end below some of the system's folders
  if (!found && dirname(folder) !== folder) await outFolder(dirname(folder))
  await mkdir(folder).catch((error: unknown) => {
    throw refusal(folder, error)
  })
}

/** Writes files into a folder, by their names in it. */
export const writeOut = async (folder: string, files: ReadonlyMap<string, string>): Promise<void> => {
  for (const [name, text] of files) {
    const path = join(folder, name)
    await outFolder(dirname(path))
    await writeFile(path, text).catch((error: unknown) => {
      throw refusal(path, error)
    })
  }
}

/** Writes one file; its folder has to be there. */
export const writeOutFile = (path: string, text: string): Promise<void> =>
  writeFile(path, text).catch((error: unknown) => {
    throw refusal(path, error)
  })

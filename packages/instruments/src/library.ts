/** The library's folder, read and checked. With the command line, the only file of this package that touches the disk. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { canonicalJson } from './canonical-json.ts'
import { type Definition, definitionSchema } from './definition.ts'

export type LibraryEntry = { readonly definition: Definition; readonly hash: string; readonly path: string }
export type Library = {
  readonly get: (id: string, version: string) => Definition | undefined
  readonly list: () => readonly LibraryEntry[]
}

export const libraryFolder = fileURLToPath(new URL('../library/', import.meta.url))

/** Instruments that no commercial use may have. Whoever sells leaves this folder out, and the library is whole without it. */
export const nonCommercialFolder = fileURLToPath(new URL('../library-non-commercial/', import.meta.url))

/** The folders of the library that comes with Tongxing, each with its own lock. */
export const libraryFolders = (): readonly string[] => [libraryFolder, nonCommercialFolder].filter((folder) => existsSync(folder))

/** What identifies a released version: the SHA-256 of the canonical JSON of the definition with its texts. */
export const releaseHash = (definition: Definition): string => createHash('sha256').update(canonicalJson(definition)).digest('hex')

const parseYaml = async (file: string): Promise<unknown> => {
  try {
    return parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`)
  }
}

const foldersIn = async (folder: string) =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()

/** Reads one version's folder: definition.yaml and texts/<language>.yaml. An error names the file, the place in it and what is allowed. */
const readVersion = async (folder: string): Promise<Definition> => {
  const body = await parseYaml(join(folder, 'definition.yaml'))
  const languages = (await readdir(join(folder, 'texts'))).filter((name) => name.endsWith('.yaml')).sort()
  const texts = await Promise.all(
    languages.map(async (name) => [name.replace(/\.yaml$/, ''), await parseYaml(join(folder, 'texts', name))] as const),
  )
  const parsed = definitionSchema.safeParse({ ...(body as object), texts: Object.fromEntries(texts) })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const [first, language] = issue.path
  const file = first === 'texts' ? join(folder, 'texts', `${String(language)}.yaml`) : join(folder, 'definition.yaml')
  throw new Error(`${file}: ${issue.path.join('.')}: ${issue.message}`)
}

export const lockFile = (folder: string) => join(folder, 'lock.json')

/** A folder without a lock has nothing locked yet. */
export const readLock = async (folder: string): Promise<Readonly<Record<string, string>>> =>
  existsSync(lockFile(folder)) ? (JSON.parse(await readFile(lockFile(folder), 'utf8')) as Record<string, string>) : {}

type VersionFolder = { readonly id: string; readonly version: string; readonly path: string }

/** The folders library/<id>/<version>, in the order of their names. */
export const versionFolders = async (folder: string): Promise<readonly VersionFolder[]> => {
  const ids = await foldersIn(folder)
  const found = ids.map(async (id) =>
    (await foldersIn(join(folder, id))).map((version) => ({ id, version, path: join(folder, id, version) })),
  )
  return (await Promise.all(found)).flat()
}

/** One version's folder as an entry of the library; its path and its contents must agree. */
export const readEntry = async ({ id, version, path }: VersionFolder): Promise<LibraryEntry> => {
  const definition = await readVersion(path)
  if (definition.id !== id || definition.version !== version)
    throw new Error(`${path}: holds ${definition.id} ${definition.version}, folder and definition must agree`)
  return { definition, hash: releaseHash(definition), path }
}

const readFolder = async (folder: string): Promise<readonly LibraryEntry[]> => {
  const entries: LibraryEntry[] = []
  for (const version of await versionFolders(folder)) entries.push(await readEntry(version))
  return entries
}

const lockedEntries = async (folder: string): Promise<readonly LibraryEntry[]> => {
  const [entries, lock] = await Promise.all([readFolder(folder), readLock(folder)])
  for (const { definition, hash } of entries) {
    const key = `${definition.id}@${definition.version}`
    if (lock[key] === undefined) throw new Error(`${key} is not in ${lockFile(folder)}: a new version is locked before it is used`)
    if (lock[key] !== hash) throw new Error(`${key} differs from its lock: a released version never changes, make a new one`)
  }
  return entries
}

/** Loads the library's folders and refuses them when a released version differs from its lock (law 7), is not locked, or stands twice. */
export const loadLibrary = async (...folders: readonly string[]): Promise<Library> => {
  const entries: LibraryEntry[] = []
  for (const folder of folders.length > 0 ? folders : libraryFolders()) entries.push(...(await lockedEntries(folder)))
  const byKey = new Map(entries.map(({ definition }) => [`${definition.id}@${definition.version}`, definition]))
  if (byKey.size < entries.length) throw new Error(`${folders.join(', ')}: a version stands in two folders`)
  return { get: (id, version) => byKey.get(`${id}@${version}`), list: () => entries }
}

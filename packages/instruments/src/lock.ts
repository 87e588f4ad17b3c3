/** The lock of the library (law 7): what may be locked, and everything that is wrong with a library's folder. */
import { lawBreaches } from './laws.ts'
import { type LibraryEntry, lockFile, readEntry, readLock, versionFolders } from './library.ts'

type Lock = Readonly<Record<string, string>>
type Reading = { readonly entries: readonly LibraryEntry[]; readonly problems: readonly string[] }

const keyOf = ({ definition }: LibraryEntry) => `${definition.id}@${definition.version}`

const reading = async (folder: string): Promise<Reading> => {
  const entries: LibraryEntry[] = []
  const problems: string[] = []
  for (const version of await versionFolders(folder))
    try {
      const entry = await readEntry(version)
      entries.push(entry)
      const breaches = lawBreaches(entry.definition)
      problems.push(...breaches.map(({ law, place, problem }) => `${version.path}: ${place}: ${problem} (law: ${law})`))
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  return { entries, problems }
}

const lockProblems = (lock: Lock, entries: readonly LibraryEntry[], folder: string): readonly string[] => {
  const keys = new Set(entries.map(keyOf))
  return [
    ...entries
      .filter((entry) => lock[keyOf(entry)] !== undefined && lock[keyOf(entry)] !== entry.hash)
      .map((entry) => `${keyOf(entry)} differs from its lock: a released version never changes, make a new one`),
    ...Object.keys(lock)
      .filter((key) => !keys.has(key))
      .map((key) => `${key} is locked but cannot be read in ${folder}: a released version never goes away`),
  ]
}

/** Everything wrong with a library: files that cannot be read, laws broken, versions that differ from their lock or have none. */
export const libraryProblems = async (folder: string): Promise<readonly string[]> => {
  const [{ entries, problems }, lock] = await Promise.all([reading(folder), readLock(folder)])
  const unlocked = entries.filter((entry) => lock[keyOf(entry)] === undefined)
  return [
    ...problems,
    ...lockProblems(lock, entries, folder),
    ...unlocked.map((entry) => `${keyOf(entry)} is not in ${lockFile(folder)}: lock it with npm run instruments -- lock`),
  ]
}

/** The lock with every new version added. Throws, and locks nothing, when anything is wrong or a locked version has changed. */
export const extendedLock = async (folder: string): Promise<{ readonly lock: Lock; readonly added: readonly string[] }> => {
  const [{ entries, problems }, lock] = await Promise.all([reading(folder), readLock(folder)])
  const [first, ...more] = [...problems, ...lockProblems(lock, entries, folder)]
  if (first !== undefined) throw new Error(`nothing was locked: ${first}${more.length > 0 ? ` (and ${more.length} more, see check)` : ''}`)
  const added = entries.filter((entry) => lock[keyOf(entry)] === undefined)
  const all = Object.entries({ ...lock, ...Object.fromEntries(added.map((entry) => [keyOf(entry), entry.hash])) })
  return { lock: Object.fromEntries(all.toSorted(([left], [right]) => (left < right ? -1 : 1))), added: added.map(keyOf) }
}

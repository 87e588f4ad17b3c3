/** Which instrument is meant by <id> or <id>@<version>. */
import type { Definition, Texts } from '../definition.ts'
import { type LibraryEntry, loadLibrary } from '../library.ts'
import type { Asked } from './command.ts'

export const keyOf = ({ id, version }: Definition): string => `${id}@${version}`

const byVersion = (left: LibraryEntry, right: LibraryEntry) =>
  left.definition.version.localeCompare(right.definition.version, 'en', { numeric: true })

/** phq9, PHQ-9 and phq-9 are one. */
const plain = (id: string) => id.toLowerCase().replace(/[-_]/g, '')

const named = (entries: readonly LibraryEntry[], which: string): LibraryEntry => {
  const [id = '', version] = which.split('@')
  const versions = entries.filter(({ definition }) => plain(definition.id) === plain(id)).toSorted(byVersion)
  const entry = version === undefined ? versions.at(-1) : versions.find(({ definition }) => definition.version === version)
  if (entry) return entry
  const known = versions.length > 0 ? versions : entries
  throw new Error(`which instrument? one of ${known.map(({ definition }) => keyOf(definition)).join(', ')}`)
}

/** The newest version unless one is named. Throws, naming what there is, for an unknown one. */
export const chosen = async ({ folders }: Asked, which: string | undefined): Promise<LibraryEntry> =>
  named((await loadLibrary(...folders)).list(), which ?? '')

/** The definition's words in a language. */
export const textsIn = ({ id, texts }: Definition, language: string): Texts => {
  if (Object.hasOwn(texts, language)) return texts[language]!
  throw new Error(`${id} has no texts in ${language}, it has ${Object.keys(texts).join(', ')}`)
}

/** The words in which scores are said: the language that was named, otherwise English, otherwise what there is. */
export const wordsFor = (definition: Definition, language: string | undefined): Texts =>
  textsIn(definition, language ?? (Object.hasOwn(definition.texts, 'en') ? 'en' : Object.keys(definition.texts)[0]!))

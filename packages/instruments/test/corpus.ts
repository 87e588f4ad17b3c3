/** Foreign files of other projects, for tests only: they lie beside this repository when they are there at all. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ImportFile } from '../src/formats/imported.ts'

const folder = join(fileURLToPath(new URL('../../../', import.meta.url)), '..', 'shared', 'reference', 'corpus')

/** Why the corpus cannot be tested against, or null when it can. */
export const corpusAbsent: string | null = existsSync(folder) ? null : 'skipped: no folder shared/reference/corpus beside this repository'
if (corpusAbsent !== null) console.warn(corpusAbsent)

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)],
  )

/** Every file of the corpus by its path inside it; none when the corpus is absent. */
export const corpusFiles = (): readonly ImportFile[] =>
  corpusAbsent !== null
    ? []
    : filesIn(folder).map((path) => ({ name: relative(folder, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))

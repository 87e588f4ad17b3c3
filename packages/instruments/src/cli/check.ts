/** check, lock and schema: whether the library is sound, and the files that keep it so. */
import { editorSchemas } from '../editor-schema.ts'
import { libraryFolder, loadLibrary } from '../library.ts'
import { extendedLock, libraryProblems } from '../lock.ts'
import type { Command } from './command.ts'

export const check: Command = {
  usage: 'check',
  summary: 'reads the whole library, its laws and its lock; names file, place and what is allowed',
  details: ['Every problem is one line; the exit code is 1 when there is any.'],
  examples: ['check', 'check --json', 'check --library my-library'],
  takes: ['library', 'json'],
  run: async ({ folders }) => {
    const problems: string[] = []
    for (const folder of folders) problems.push(...(await libraryProblems(folder)))
    if (problems.length > 0) return { lines: problems, data: { versions: null, problems }, failed: true }
    const versions = (await loadLibrary(...folders)).list().length
    return { lines: [`${versions} versions read, lawful and locked`], data: { versions, problems } }
  },
}

export const lock: Command = {
  usage: 'lock',
  summary: 'adds new versions to the lock; a locked version never changes',
  details: ['Locks nothing when anything is wrong: a law is broken, a file cannot be read, or a locked version differs from its lock.'],
  examples: ['lock'],
  takes: ['library', 'json'],
  run: async ({ folders, disk }) => {
    const extended = []
    for (const folder of folders) extended.push({ folder, ...(await extendedLock(folder)) })
    for (const { folder, lock: entries } of extended) await disk.write(folder, 'lock.json', `${JSON.stringify(entries, null, 2)}\n`)
    const added = extended.flatMap((one) => one.added)
    return { lines: added.length > 0 ? added.map((key) => `locked ${key}`) : ['every version was locked already'], data: { added } }
  },
}

export const schema: Command = {
  usage: 'schema [--write]',
  summary: "the JSON Schema of definition.yaml; --write renews both schemas in the library's folder",
  details: [
    'Editors with YAML support complete and check a definition by it. The schema of a sheet of answers is an export: answers-schema.',
  ],
  examples: ['schema', 'schema --write'],
  takes: ['library', 'json', 'write'],
  run: async ({ options, disk }) => {
    const schemas = editorSchemas()
    const definition = schemas['definition.schema.json']
    if (!options.write) return { lines: [definition.trimEnd()], data: JSON.parse(definition) }
    const folder = options.library ?? libraryFolder
    for (const [name, text] of Object.entries(schemas)) await disk.write(folder, name, text)
    return { lines: Object.keys(schemas).map((name) => `wrote ${name} in ${folder}`), data: { folder, written: Object.keys(schemas) } }
  },
}

/** import: foreign files to a draft definition, with everything the linter has to say about them. */
import { stringify } from 'yaml'
import type { Definition } from '../definition.ts'
import { findingLine } from '../formats/finding.ts'
import { importFiles, importFormats } from '../formats/import.ts'
import type { ImportFile } from '../formats/imported.ts'
import { loadLibrary } from '../library.ts'
import type { Asked, Command } from './command.ts'

const formats = ['auto', ...importFormats]

const yamlFiles = ({ texts, ...definition }: Definition): readonly ImportFile[] => [
  { name: 'definition.yaml', text: stringify(definition, { lineWidth: 140 }) },
  ...Object.entries(texts).map(([language, words]) => ({ name: `texts/${language}.yaml`, text: stringify(words, { lineWidth: 140 }) })),
]

const readAll = async (paths: readonly string[], { disk }: Asked): Promise<readonly ImportFile[]> => {
  const names = (await Promise.all(paths.map((path) => disk.filesOf(path)))).flat()
  return Promise.all(names.map(async (name) => ({ name, text: await disk.read(name) })))
}

const knownIn = async (folders: readonly string[]) =>
  (await loadLibrary(...folders)).list().map(({ definition: { id, acronym, lookBackDays } }) => ({ id, acronym, lookBackDays }))

export const importing: Command = {
  usage: `import ${formats.join('|')} <files or folder...>`,
  summary: 'a draft definition from a foreign file, with what is wrong in it and what was left behind',
  details: [
    'Prints what the linter found as lines that begin with #, then the draft as YAML; --out writes definition.yaml and texts/ instead.',
    'Nothing in a file is executed: score expressions are parsed, or reported as not understood. The draft is never locked by itself:',
    'its licence gate is closed until a person has checked licence, key and words. Exit code 1 when there is no draft.',
    '--part names the form or group when a file holds several.',
  ],
  examples: ['import fhir questionnaire.json', 'import auto PHQ9.osd --out draft', 'import reproschema PHQ-9/ --json'],
  takes: ['library', 'json', 'out', 'part'],
  run: async (asked) => {
    const [format, ...paths] = asked.args
    const known = [...importFormats, 'auto' as const].find((one) => one === format)
    if (!known) throw new Error(`import needs a format, one of ${formats.join(', ')}`)
    if (paths.length === 0) throw new Error(`import ${known} needs a file`)
    const { out, part } = asked.options
    const files = await readAll(paths, asked)
    const imported = importFiles(known, files, { known: await knownIn(asked.folders), ...(part === undefined ? {} : { part }) })
    const { definition, findings, notCarried } = imported
    const said = [...findings.map(findingLine), ...notCarried.map((what) => `not carried: ${what}`)]
    if (!definition) return { lines: said, data: imported, failed: true }
    const drafts = yamlFiles(definition)
    if (out === undefined) {
      const yaml = drafts.map(({ name, text }) => `# --- ${name}\n---\n${text.trimEnd()}`)
      return { lines: [...said.map((line) => `# ${line}`), ...yaml], data: imported }
    }
    for (const { name, text } of drafts) await asked.disk.write(out, name, text)
    return {
      lines: [...said, ...drafts.map(({ name }) => `wrote ${out}/${name}`)],
      data: { ...imported, written: drafts.map(({ name }) => name) },
    }
  },
}

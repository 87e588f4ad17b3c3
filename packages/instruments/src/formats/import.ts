/** Foreign instrument files in: which format they are in, and the importer of each. Nothing in a file is ever executed. */
import { importFhir } from './fhir-import.ts'
import { type Imported, type Importer, type ImportFile, type ImportOptions, refused } from './imported.ts'
import { limits } from './limits.ts'
import { importOpenscales } from './openscales-import.ts'
import { importRedcap } from './redcap-import.ts'
import { importReproschema } from './reproschema-import.ts'
import { importXlsform } from './xlsform-import.ts'

export const importFormats = ['fhir', 'reproschema', 'openscales', 'redcap', 'xlsform'] as const
export type ImportFormat = (typeof importFormats)[number]

const importers: Readonly<Record<ImportFormat, Importer>> = {
  fhir: importFhir,
  reproschema: importReproschema,
  openscales: importOpenscales,
  redcap: importRedcap,
  xlsform: importXlsform,
}

/** What a file of each format looks like at its beginning; the first format with such a file is taken. */
const signs: readonly (readonly [ImportFormat, (file: ImportFile) => boolean])[] = [
  ['openscales', ({ name, text }) => name.endsWith('.osd') || /"osd_version"/.test(text.slice(0, 2000))],
  ['reproschema', ({ text }) => /reproschema|"category"\s*:\s*"(?:reproschema:)?Activity"/.test(text.slice(0, 2000))],
  ['fhir', ({ text }) => /"resourceType"\s*:|"lformsVersion"\s*:|"questionCode"\s*:/.test(text.slice(0, 20_000))],
  ['redcap', ({ text }) => /^\uFEFF?"?(?:Variable \/ Field Name|field_name)"?,/i.test(text)],
  ['xlsform', ({ name, text }) => /\.xlsx?$/i.test(name) || text.startsWith('PK\u0003\u0004') || /^\uFEFF?"?type"?,/i.test(text)],
]

/** The format that files are in, told from their contents; null when none fits. */
export const detectFormat = (files: readonly ImportFile[]): ImportFormat | null => signs.find(([, fits]) => files.some(fits))?.[0] ?? null

const mostFiles = 2000

/**
 * Imports the files of one instrument. A file that cannot be imported is refused with a finding that says why; nothing is thrown.
 * @returns a draft whose licence gate is closed, findings (errors first), and what the draft does not carry
 */
export const importFiles = (format: ImportFormat | 'auto', files: readonly ImportFile[], options: ImportOptions = {}): Imported => {
  const first = files[0]?.name ?? ''
  if (files.length === 0) return refused('no-definition', first, 'no file was given')
  if (files.length > mostFiles) return refused('too-large', first, `${files.length} files are more than ${mostFiles}`)
  const characters = files.reduce((sum, { text }) => sum + text.length, 0)
  if (characters > limits.files) return refused('too-large', first, `the files are larger than ${limits.files} characters together`)
  const found = format === 'auto' ? detectFormat(files) : format
  if (found === null) return refused('format-unknown', first, 'is in no format that is known here', importFormats.join(', '))
  return importers[found](files, options)
}

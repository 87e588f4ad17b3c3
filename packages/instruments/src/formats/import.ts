/** Foreign instrument files in: which format they are in, and the importer of each. Nothing in a file is ever executed. */
import { type Imported, type ImportFile, type ImportOptions, refused } from './imported.ts'

export const importFormats = ['fhir', 'reproschema', 'openscales', 'redcap', 'xlsform'] as const
export type ImportFormat = (typeof importFormats)[number]

/** The format that files are in, told from their contents; null when none fits. */
export const detectFormat = (_files: readonly ImportFile[]): ImportFormat | null => null

/**
 * Imports the files of one instrument. A file that cannot be imported is refused with a finding that says why; nothing is thrown.
 * @returns a draft whose licence gate is closed, findings, and what the draft does not carry
 */
export const importFiles = (format: ImportFormat | 'auto', files: readonly ImportFile[], _options: ImportOptions = {}): Imported =>
  refused('format-unknown', files[0]?.name ?? '', `no importer for ${format} yet`, importFormats.join(', '))

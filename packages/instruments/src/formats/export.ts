/** Instruments out: the exporter of each format. */
import type { Definition } from '../definition.ts'
import { exportAnswersSchema } from './answers-schema-export.ts'
import { exportCodebook } from './codebook-export.ts'
import type { Exported, Exporter, ExportOptions } from './exported.ts'
import { exportFhir } from './fhir-export.ts'
import { exportPaper } from './paper.ts'
import { exportRedcap } from './redcap-export.ts'
import { exportXlsform } from './xlsform-export.ts'

const exporters = {
  fhir: exportFhir,
  redcap: exportRedcap,
  xlsform: exportXlsform,
  codebook: exportCodebook,
  paper: exportPaper,
  'answers-schema': exportAnswersSchema,
} as const satisfies Record<string, Exporter>
export type ExportFormat = keyof typeof exporters
export const exportFormats = Object.keys(exporters) as readonly ExportFormat[] // the table's own keys

/**
 * One instrument in a format: files, and what they do not carry. An instrument whose words are withheld leaves with ids in their place,
 * and says so; it has no paper form. Throws for a language that the definition does not have.
 */
export const exportInstrument = (format: ExportFormat, definition: Definition, options: ExportOptions = {}): Exported =>
  exporters[format](definition, options)

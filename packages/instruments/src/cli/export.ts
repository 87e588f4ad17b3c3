/** export: a definition in another format, or answers as FHIR responses. */
import { z } from 'zod'
import type { Definition } from '../definition.ts'
import { exportFormats, exportInstrument } from '../formats/export.ts'
import { type Exported, fileName } from '../formats/exported.ts'
import { questionnaireResponse } from '../formats/fhir-response-export.ts'
import { type PermissionRecord, permissionSchema } from '../permission.ts'
import { answerSheets } from './answer-sheets.ts'
import { chosen } from './chosen.ts'
import type { Asked, Command } from './command.ts'

const formats = [...exportFormats, 'fhir-response']

const responses = async (definition: Definition, { options, disk }: Asked): Promise<Exported> => {
  if (options.input === undefined) throw new Error('export --format fhir-response needs --input <answers.csv>')
  const asking = { file: options.input, ids: options.id ?? [], byPosition: options['by-position'] ?? false }
  const { sheets } = answerSheets(definition, await disk.read(options.input), asking)
  const entry = sheets.map(({ row, answers }) => ({
    resource: questionnaireResponse(definition, answers, { language: options.language, id: `sheet-${row}` }),
  }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry }
  return {
    files: [{ name: fileName(definition, '.responses.json'), text: `${JSON.stringify(bundle, null, 2)}\n` }],
    notCarried: ['flags, bands, and columns of the file beside its items', 'who answered and when: neither stands in the file'],
  }
}

const uses = ['clinical', 'educational', 'research', 'commercial'] as const

const permissionIn = async (file: string, { disk }: Asked): Promise<PermissionRecord> => {
  const text = await disk.read(file)
  try {
    return permissionSchema.parse(JSON.parse(text))
  } catch (error) {
    const what = error instanceof z.ZodError ? `${error.issues[0]!.path.join('.')}: ${error.issues[0]!.message}` : 'is no JSON'
    throw new Error(`${file}: ${what}`)
  }
}

const drawingFor = async (asked: Asked) => {
  const { use = 'educational', permission = [] } = asked.options
  const known = uses.find((one) => one === use)
  if (!known) throw new Error(`--use is one of ${uses.join(', ')}, not ${use}`)
  return { use: known, on: asked.today, permissions: await Promise.all(permission.map((file) => permissionIn(file, asked))) }
}

const exported = async (definition: Definition, asked: Asked): Promise<Exported> => {
  const { format, language } = asked.options
  if (format === 'fhir-response') return responses(definition, asked)
  const known = exportFormats.find((one) => one === format)
  if (!known) throw new Error(`export needs --format, one of ${formats.join(', ')}`)
  return exportInstrument(known, definition, { language, drawing: await drawingFor(asked) })
}

export const exporting: Command = {
  usage: `export <id>[@version] --format ${formats.join('|')}`,
  summary: 'the instrument in another format; says what that format cannot carry',
  details: [
    'fhir            a FHIR R4 Questionnaire: scores of answers, LOINC codes, calculated totals, all languages',
    'fhir-response   the answers of --input as FHIR QuestionnaireResponses; skipped, declined and not shown stay apart',
    'redcap          a REDCap data dictionary with calculated fields and branching, in one language',
    'xlsform         the sheets survey, choices and settings of an XLSForm as CSV files',
    'codebook        a CSV, and a Markdown page each in Chinese and English',
    'paper           a printable form (HTML, A4) in one language, drawn through the licence gate: refused where the licence holder keeps the',
    '                words and no --permission brings them, and for a --use that the terms do not allow',
    'answers-schema  the JSON Schema of a sheet of answers',
    '',
    'Without --out the files are printed. What the format does not carry is said on standard error.',
    'Where the licence holder keeps the words, item ids and option ids stand in their place.',
  ],
  examples: [
    'export phq-9 --format fhir --out exported',
    'export gad-7 --format paper --language zh-CN --out forms',
    'export sdq-self --format paper --use research --permission permission.json --out forms',
    'export phq-9 --format fhir-response --input answers.csv --out exported',
  ],
  takes: ['library', 'json', 'format', 'language', 'out', 'input', 'id', 'by-position', 'use', 'permission'],
  run: async (asked) => {
    const { definition } = await chosen(asked, asked.args[0])
    const { files, notCarried } = await exported(definition, asked)
    const notes = notCarried.map((what) => `not carried: ${what}`)
    const { out } = asked.options
    const titled =
      files.length > 1 ? files.flatMap(({ name, text }) => [`=== ${name}`, text.trimEnd()]) : files.map(({ text }) => text.trimEnd())
    if (out === undefined) return { lines: titled, data: { files, notCarried }, notes }
    for (const { name, text } of files) await asked.disk.write(out, name, text)
    const written = files.map(({ name }) => `${out}/${name}`)
    return { lines: written.map((name) => `wrote ${name}`), data: { files: written, notCarried }, notes }
  },
}

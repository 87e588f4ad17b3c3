/**
 * The format of a dataset bundle: manifest.json, data.csv, codebook.json. The server writes it, the analysis reads it; this is all they share.
 * Pure: the hash function is given by the caller.
 */
import { z } from 'zod'
import { type Answers, unansweredReason } from './answers.ts'
import { canonicalJson } from './canonical-json.ts'
import { type Codebook, type CodebookColumn, codebookFor, type ReleasedDefinition, shortName } from './codebook.ts'
import type { Definition } from './definition.ts'
import { type Bilingual, bilingualSchema, isTrial, type Screening, type StudyProtocol } from './protocol.ts'
import { qualityCells } from './quality-columns.ts'
import { evaluateRisk, type RaisedFlag } from './risk.ts'
import { type ScaleScore, scoreAnswers } from './score.ts'
import type { SheetQuality } from './sheet-quality.ts'

const file = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int() })

const described = {
  format: z.literal('tongxing-dataset'),
  formatVersion: z.literal(1),
  id: z.string(),
  title: bilingualSchema,
  simulated: z.boolean(),
  notice: bilingualSchema.optional(),
  createdOn: z.iso.date(),
  codeVersion: z.string(),
  study: z.strictObject({ id: z.string(), title: bilingualSchema }),
  waves: z.array(z.strictObject({ id: z.string(), label: bilingualSchema })),
  instruments: z.array(z.strictObject({ id: z.string(), version: z.string(), hash: z.string() })),
  rows: z.int(),
  participants: z.int(),
  schools: z.int(),
  deidentification: z.array(bilingualSchema),
  files: z.strictObject({ 'data.csv': file, 'codebook.json': file }),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
}
export const manifestSchema = z.strictObject({
  ...described,
  arms: z.array(z.strictObject({ id: z.string(), label: bilingualSchema, control: z.boolean() })),
  primary: z.strictObject({ scale: z.string(), wave: z.string(), baselineWave: z.string() }),
  secondary: z.array(z.strictObject({ scale: z.string() })),
})
/** Of a screening: no arms and no outcomes. */
export const screeningManifestSchema = z.strictObject({ ...described, kind: z.literal('screening') })
export type Manifest = z.infer<typeof manifestSchema>
export type ScreeningManifest = z.infer<typeof screeningManifestSchema>

/** One participant in one wave, as the dataset sees her. */
export type DatasetSheet = {
  readonly id: string
  readonly school: string
  readonly class: string
  /** Not of a screening. */
  readonly arm?: string | undefined
  readonly wave: string
  readonly week: number
  readonly age: number | null
  readonly sex: 'female' | 'male' | null
  readonly leftBehind: boolean | null
  /** Sessions of the programme that the pupil attended; null where none was offered or nobody counted. */
  readonly sessions?: number | null
  /** What helped to read: read-aloud, large-text, high-contrast. */
  readonly aids?: readonly string[]
  readonly instruments: readonly {
    readonly instrument: string
    readonly version: string
    readonly answers: Answers
    readonly scores: readonly ScaleScore[]
    /** Null where nobody knows how it was answered, as on paper. */
    readonly quality?: SheetQuality | null
  }[]
}

const design = (
  name: string,
  kind: 'id' | 'design',
  type: CodebookColumn['type'],
  zh: string,
  en: string,
  values?: CodebookColumn['values'],
): CodebookColumn => ({
  name,
  kind,
  label: { 'zh-CN': zh, en },
  type,
  ...(values ? { values } : {}),
})
const sessionsColumn = (most: number): CodebookColumn => ({
  ...design('sessions', 'design', 'integer', `参加的活动次数（共 ${most} 次）`, `sessions attended, of ${most}`),
  range: { from: 0, to: most },
  missing: 'empty in the control arm, and where nobody counted',
})
const aidsColumn: CodebookColumn = {
  ...design('aids', 'design', 'string', '使用的辅助', 'aids that were used'),
  missing: 'empty when none was used or nobody knows; otherwise read-aloud, large-text, high-contrast, separated by spaces',
}
const coded = (value: number | string, zh: string, en: string) => ({ value, label: { 'zh-CN': zh, en } })

const armColumn = (protocol: StudyProtocol): readonly CodebookColumn[] =>
  isTrial(protocol)
    ? [
        design(
          'arm',
          'design',
          'string',
          '组别',
          'arm',
          protocol.arms.map((arm) => coded(arm.id, arm.label['zh-CN'], arm.label.en)),
        ),
      ]
    : []
const sessionsOf = (protocol: StudyProtocol) => (isTrial(protocol) ? protocol.sessions : undefined)

const designColumns = (protocol: StudyProtocol): readonly CodebookColumn[] => [
  design('id', 'id', 'string', '学生编号（本次导出专用）', 'participant (this export only)'),
  design('school', 'design', 'string', '学校编号（本次导出专用）', 'school (this export only)'),
  design('class', 'design', 'string', '班级编号（本次导出专用）', 'class (this export only)'),
  ...armColumn(protocol),
  design(
    'wave',
    'design',
    'string',
    '轮次',
    'wave',
    protocol.waves.map((wave) => coded(wave.id, wave.label['zh-CN'], wave.label.en)),
  ),
  design('week', 'design', 'integer', '本轮第一份作答后的整周数', "whole weeks since the wave's first sheet"),
  design('age', 'design', 'integer', '年龄（周岁）', 'age in whole years'),
  design('sex', 'design', 'string', '性别', 'sex', [coded('female', '女', 'female'), coded('male', '男', 'male')]),
  design('left_behind', 'design', 'integer', '是否留守', 'left-behind', [coded(0, '否', 'no'), coded(1, '是', 'yes')]),
  ...[sessionsOf(protocol)].flatMap((most) => (most === undefined ? [] : [sessionsColumn(most)])),
]

const quoted = (cell: string | number | null) => {
  const text = cell === null ? '' : String(cell)
  const safe = typeof cell === 'string' && /^[=+\-@\t\r|]/.test(text) ? `'${text}` : text // SEC-09: no cell begins a formula
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const instrumentCells = (definition: Definition, sheet: DatasetSheet, withQuality: boolean): readonly (string | number | null)[] => {
  const given = sheet.instruments.find((candidate) => candidate.instrument === definition.id)
  const answers = given?.answers ?? {}
  const reasons = definition.items.flatMap(({ id }) => {
    const reason = unansweredReason(answers, id)
    return reason === null ? [] : [`${id}:${reason}`]
  })
  const items = definition.items.map(({ id }) => (unansweredReason(answers, id) === null ? (answers[id] as number) : null)) // no reason means a coded value
  const scores = definition.scales.map(({ id }) => {
    const score = given?.scores.find((candidate) => candidate.scale === id)
    return score?.kind === 'scored' ? score.value : null
  })
  return [...items, reasons.join(' '), ...scores, ...(withQuality ? qualityCells(definition, given?.quality ?? null) : [])]
}

const cellsOf = (
  { protocol, released, withQuality = false }: Pick<BundleInput, 'protocol' | 'released' | 'withQuality'>,
  sheet: DatasetSheet,
): readonly (string | number | null)[] => [
  sheet.id,
  sheet.school,
  sheet.class,
  ...(isTrial(protocol) ? [sheet.arm ?? ''] : []),
  sheet.wave,
  sheet.week,
  sheet.age,
  sheet.sex,
  sheet.leftBehind === null ? null : Number(sheet.leftBehind),
  ...(sessionsOf(protocol) === undefined ? [] : [sheet.sessions ?? null]),
  ...(withQuality ? [(sheet.aids ?? []).join(' ')] : []),
  ...released.flatMap(({ definition }) => instrumentCells(definition, sheet, withQuality)),
]

export type BundleInput<P extends StudyProtocol = StudyProtocol> = {
  readonly id: string
  readonly protocol: P
  readonly released: readonly ReleasedDefinition[]
  readonly sheets: readonly DatasetSheet[]
  /** Columns of how the sheets were answered, where that is known. */
  readonly withQuality?: boolean
  readonly createdOn: string
  readonly codeVersion: string
  readonly deidentification: readonly Bilingual[]
  readonly sha256: (text: string) => string
}
export type Bundle<P extends StudyProtocol = StudyProtocol> = {
  readonly manifest: P extends Screening ? ScreeningManifest : Manifest
  readonly files: { readonly 'manifest.json': string; readonly 'data.csv': string; readonly 'codebook.json': string }
}

const distinct = (values: readonly string[]) => new Set(values).size
const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** The hash that identifies a dataset: of the manifest without its own hash, which holds the hashes of the files. */
export const manifestHash = ({ hash: _, ...rest }: Readonly<Record<string, unknown>>, sha256: (text: string) => string) =>
  sha256(canonicalJson(rest))

/** Makes the three files of a dataset. Sheets come in the order in which they are to be written; de-identify them first. */
export const bundleDataset = <P extends StudyProtocol>({
  id,
  protocol,
  released,
  sheets,
  withQuality = false,
  createdOn,
  codeVersion,
  deidentification,
  sha256,
}: BundleInput<P>): Bundle<P> => {
  const codebook = codebookFor(released, [...designColumns(protocol), ...(withQuality ? [aidsColumn] : [])], withQuality)
  const header = codebook.columns.map((column) => column.name)
  const data = `${[header, ...sheets.map((sheet) => cellsOf({ protocol, released, withQuality }, sheet))].map((row) => row.map(quoted).join(',')).join('\n')}\n`
  const codebookText = pretty(codebook)
  const described = (text: string) => ({ sha256: sha256(text), bytes: new TextEncoder().encode(text).length })
  const unsigned = {
    format: 'tongxing-dataset' as const,
    formatVersion: 1 as const,
    id,
    title: protocol.title,
    simulated: protocol.simulated,
    ...(protocol.notice ? { notice: protocol.notice } : {}),
    createdOn,
    codeVersion,
    study: { id: protocol.id, title: protocol.title },
    ...(isTrial(protocol) ? { arms: protocol.arms } : { kind: protocol.kind }),
    waves: protocol.waves.map(({ id: wave, label }) => ({ id: wave, label })),
    ...(isTrial(protocol) && { primary: protocol.primary, secondary: protocol.secondary }),
    instruments: released.map(({ definition, hash }) => ({ id: definition.id, version: definition.version, hash })),
    rows: sheets.length,
    participants: distinct(sheets.map((sheet) => sheet.id)),
    schools: distinct(sheets.map((sheet) => sheet.school)),
    deidentification: [...deidentification],
    files: { 'data.csv': described(data), 'codebook.json': described(codebookText) },
  }
  const manifest = { ...unsigned, hash: manifestHash(unsigned, sha256) } as Bundle<P>['manifest'] // of the kind that the protocol is
  return { manifest, files: { 'manifest.json': pretty(manifest), 'data.csv': data, 'codebook.json': codebookText } }
}

export type DatasetRow = Readonly<Record<string, string>>
export type DatasetFlag = RaisedFlag & { readonly id: string; readonly wave: string; readonly instrument: string }

const reasonsIn = (cell: string): Answers =>
  Object.fromEntries(
    cell
      .split(' ')
      .flatMap((pair) =>
        /:(skipped|declined|not_shown)$/.test(pair) ? [pair.split(':') as [string, 'skipped' | 'declined' | 'not_shown']] : [],
      ),
  )

/** Every flag of a dataset, computed again from its rows and codebook alone. Not for live screening: that is the server's transaction. */
export const flagsFromDataset = (rows: readonly DatasetRow[], codebook: Codebook): readonly DatasetFlag[] =>
  rows.flatMap((row) =>
    codebook.instruments.flatMap((instrument) => {
      const coded = instrument.items.flatMap(({ id }) => (row[id] === undefined || row[id] === '' ? [] : [[id, Number(row[id])] as const]))
      const answers: Answers = { ...reasonsIn(row[`${shortName(instrument)}_unanswered`] ?? ''), ...Object.fromEntries(coded) }
      const keys = instrument as unknown as Definition // scoring reads only the parts that the codebook carries
      return evaluateRisk(keys, answers, scoreAnswers(keys, answers)).map((flag) => ({
        ...flag,
        id: row.id ?? '',
        wave: row.wave ?? '',
        instrument: instrument.id,
      }))
    }),
  )

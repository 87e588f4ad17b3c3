// De-identification, then the bundle: fresh ids for this export, shuffled rows, weeks instead of dates (PRIV-09).
import { createHash } from 'node:crypto'
import { type Bilingual, type Bundle, bundleDataset, type DatasetSheet, isTrial, type StudyProtocol } from '@tongxing/instruments'
import type { Context } from '../context.ts'
import { ageOn } from '../participants/rules.ts'
import { Problem } from '../problem.ts'
import type { ScoredSheet, StoredScore } from '../sessions/intake.ts'
import type { StoredQuality } from '../sessions/quality.ts'
import type { ResearchSheet } from './queries.ts'

const deidentification: readonly Bilingual[] = [
  {
    'zh-CN': '学生、学校和班级的编号只用于本次导出，按随机顺序给出',
    en: 'participants, schools and classes carry numbers made for this export alone and given in random order',
  },
  {
    'zh-CN': '所有文件都不含姓名、学号、日期和假名；日期改为该轮次第一份作答之后的整周数',
    en: 'no name, student number, date or pseudonym is in any file; dates became whole weeks since the first sheet of the wave',
  },
  { 'zh-CN': '年龄为整岁；不含自由文本', en: 'age is in whole years; free text is left out' },
  {
    'zh-CN': '只包含监护人同意研究、且学生本人没有拒绝的作答',
    en: 'only sheets with the guardian’s consent to research, and without the pupil’s own refusal, are included',
  },
]

const shuffled = <T>(values: readonly T[], random: (bytes: number) => Buffer): T[] => {
  const order = [...values]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor((random(6).readUIntBE(0, 6) / 2 ** 48) * (last + 1))
    ;[order[last], order[chosen]] = [order[chosen]!, order[last]!]
  }
  return order
}

/** Old ids to new ones, in random order: P001, P002, … */
const renamed = (ids: readonly string[], prefix: string, random: (bytes: number) => Buffer): ReadonlyMap<string, string> => {
  const order = shuffled([...new Set(ids)], random)
  const digits = String(order.length).length
  return new Map(order.map((id, position) => [id, `${prefix}${String(position + 1).padStart(digits, '0')}`]))
}

const week = 7 * 86_400_000

/** The de-identified sheets of a study, in the order of their new ids and then of the waves. */
const deidentified = (
  protocol: StudyProtocol,
  rows: readonly ResearchSheet[],
  random: (bytes: number) => Buffer,
): readonly DatasetSheet[] => {
  const [pupils, schools, classes] = [
    renamed(
      rows.map((row) => row.participantId),
      'P',
      random,
    ),
    renamed(
      rows.map((row) => row.schoolId),
      'S',
      random,
    ),
    renamed(
      rows.map((row) => row.classId),
      'C',
      random,
    ),
  ]
  const waveOrder = protocol.waves.map((wave) => wave.id)
  const firstOf = new Map(
    waveOrder.map((wave) => [wave, Math.min(...rows.filter((row) => row.wave === wave).map((row) => row.receivedAt.getTime()))]),
  )
  const sheets = rows.map((row): DatasetSheet => {
    const scores = row.scores as readonly StoredScore[] // written by sessions/intake.ts, as are the sheets and their quality
    const quality = row.quality as StoredQuality | null
    return {
      id: pupils.get(row.participantId)!,
      school: schools.get(row.schoolId)!,
      class: classes.get(row.classId)!,
      ...(isTrial(protocol) && { arm: row.arm ?? '' }),
      wave: row.wave,
      week: Math.floor((row.receivedAt.getTime() - firstOf.get(row.wave)!) / week),
      age: ageOn(row.birthMonth, row.receivedAt),
      sex: row.sex,
      leftBehind: row.leftBehind,
      aids: quality?.aids ?? [],
      instruments: (row.sheets as readonly Pick<ScoredSheet, 'instrument' | 'version'>[]).map((sheet) => ({
        ...(sheet as DatasetSheet['instruments'][number]),
        scores: scores.filter((score) => score.instrument === sheet.instrument),
        quality: quality?.sheets.find((one) => one.instrument === sheet.instrument) ?? null,
      })),
    }
  })
  return sheets.toSorted((left, right) => left.id.localeCompare(right.id) || waveOrder.indexOf(left.wave) - waveOrder.indexOf(right.wave))
}

export const makeDataset = (context: Context, protocol: StudyProtocol, rows: readonly ResearchSheet[], id: string): Bundle => {
  if (rows.length === 0) throw new Problem('export.nothing')
  const wanted = new Set(protocol.waves.flatMap((wave) => wave.battery.map((entry) => `${entry.instrument}@${entry.version}`)))
  const released = context.library.list().filter(({ definition }) => wanted.has(`${definition.id}@${definition.version}`))
  const order = [...wanted]
  return bundleDataset({
    id,
    protocol,
    released: released.toSorted(
      (left, right) =>
        order.indexOf(`${left.definition.id}@${left.definition.version}`) -
        order.indexOf(`${right.definition.id}@${right.definition.version}`),
    ),
    sheets: deidentified(protocol, rows, context.random),
    withQuality: true,
    createdOn: context.clock().toISOString().slice(0, 10),
    codeVersion: context.config.version,
    deidentification,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  })
}

/** How well the scales measure among these pupils: alpha, omega, the error of a score, and each item against the rest, with its alarm. */
import type { Bilingual } from '@tongxing/instruments'
import { numberIn } from '../../dataset/read-dataset.ts'
import { decimal } from '../../plots/number-words.ts'
import type { CronbachAlpha } from '../../psychometrics/cronbach-alpha.ts'
import type { Omega } from '../../psychometrics/omega.ts'
import { type RaterAgreement, raterAgreement } from '../../psychometrics/rater-agreement.ts'
import { type StandardErrorOfMeasurement, standardErrorOfMeasurement } from '../../psychometrics/standard-error-of-measurement.ts'
import type { NotEstimable } from '../../result.ts'
import { type Block, type Chapter, heading, quiet, type Row, table, text } from '../block.ts'
import type { Context } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { orDash, type Page, refusal, withLimits } from '../page.ts'
import { keyOf, reliabilityOf } from '../reliability.ts'

type Item = {
  readonly item: string
  readonly label: Bilingual
  readonly itemRest: number | null
  readonly alphaIfDropped: number | null
  readonly warnings: readonly string[]
}
export type ReliabilityPart = {
  readonly scale: string
  readonly label: Bilingual
  readonly alpha: CronbachAlpha | NotEstimable
  readonly omega: Omega | NotEstimable
  readonly standardErrorOfMeasurement: StandardErrorOfMeasurement | NotEstimable
  readonly items: readonly Item[]
  /** of the two waves in the control arm: how well a score is found again where no programme was given */
  readonly stability: RaterAgreement | NotEstimable
}

/** Of one scale at baseline. */
export const reliabilityPart = (context: Context, scale: string): ReliabilityPart => {
  const { dataset, baselineWave, level, control } = context
  const { codebook, rows } = dataset
  const key = keyOf(codebook, scale)
  const { alpha, omega, itemStatistics } = reliabilityOf(dataset, key, baselineWave, level)
  const totals = rows.filter(({ wave }) => wave === baselineWave).flatMap((row) => numberIn(row, scale) ?? [])
  const labelOf = (name: string) => codebook.columns.find((column) => column.name === name)!.label // checked with the codebook
  const usable = alpha.kind === 'estimated' && alpha.estimate >= 0 && alpha.estimate <= 1
  return {
    scale,
    label: labelOf(scale),
    alpha,
    omega,
    standardErrorOfMeasurement: usable
      ? standardErrorOfMeasurement(totals, alpha.estimate)
      : alpha.kind === 'not-estimable'
        ? alpha
        : { kind: 'not-estimable', reason: 'no-variation' },
    stability: raterAgreement(
      completePupils(context, scale)
        .filter(({ arm }) => arm === control)
        .map(({ baseline, post }) => [baseline, post]),
      level,
    ),
    items:
      itemStatistics.kind === 'not-estimable'
        ? []
        : key.scale.items.map(({ item }, place) => {
            const { itemRest, alphaIfDropped, warnings } = itemStatistics.items[place]!
            return { item, label: labelOf(item), itemRest, alphaIfDropped, warnings }
          }),
  }
}

const words = {
  'zh-CN': {
    title: '本样本中的信度',
    note: '基线轮，所有题目均作答的学生。α 与 ω 描述这批学生中题目之间的一致程度，不证明量表只测一种特质。测量标准误以量表分计。',
    sem: '测量标准误',
    omega: 'ω（单因子）',
    stability: '对照组前后一致性 ICC(2,1)',
    items: (label: string) => `${label}：各题与其余题目`,
    itemRest: '题余相关',
    dropped: '删去此题后的 α',
    alarm: '警报',
    alarms: { 'mis-keyed-item': '与其余题目反向，可能计分方向有误', 'constant-item': '所有人答案相同' },
    alarmed: (items: string) => `注意：${items} 与其余题目方向相反，请先核对反向计分，再看任何结果。`,
  },
  en: {
    title: 'Reliability in this sample',
    note: 'At baseline, pupils who answered every item. Alpha and omega describe how consistent the items are among these pupils; they do not prove that the items measure one thing. The standard error of measurement (SEM) is in points.',
    sem: 'SEM',
    omega: 'omega (one factor)',
    stability: 'two waves of the control arm, ICC(2,1)',
    items: (label: string) => `${label}: each item against the rest`,
    itemRest: 'item-rest r',
    dropped: 'alpha without it',
    alarm: 'alarm',
    alarms: { 'mis-keyed-item': 'runs against the rest: it may be keyed the wrong way', 'constant-item': 'everybody gave the same answer' },
    alarmed: (items: string) => `Take care: ${items} runs against the other items. Check the reversed items before reading any result.`,
  },
}

const summary = (page: Page, { label, alpha, omega, standardErrorOfMeasurement: error, stability }: ReliabilityPart): Row => {
  const head = label[page.language]
  if (alpha.kind === 'not-estimable') return { head, cells: { says: refusal(page, alpha) } }
  return {
    head,
    cells: [
      String(alpha.items),
      String(alpha.n),
      withLimits(page, alpha, 3),
      omega.kind === 'estimated' ? withLimits(page, omega, 3) : '–',
      error.kind === 'estimated' ? decimal(error.estimate) : '–',
      stability.kind === 'estimated' ? withLimits(page, stability.absolute.single) : '–',
    ],
  }
}

const itemBlocks = (page: Page, { label, items }: ReliabilityPart): readonly Block[] => {
  if (items.length === 0) return []
  const said = words[page.language]
  const alarms: Readonly<Record<string, string>> = said.alarms
  const rows = items.map(
    ({ label: name, itemRest, alphaIfDropped, warnings }): Row => ({
      head: name[page.language],
      cells: [orDash(itemRest), orDash(alphaIfDropped, 3), warnings.map((warning) => alarms[warning] ?? warning).join('; ')],
    }),
  )
  const hasAlarm = items.some(({ warnings }) => warnings.length > 0)
  return [
    heading(said.items(label[page.language])),
    table(
      ['', said.itemRest, said.dropped, ...(hasAlarm ? [said.alarm] : [])],
      hasAlarm ? rows : rows.map((row) => ({ ...row, cells: (row.cells as readonly string[]).slice(0, 2) })),
    ),
  ]
}

/** The items of the primary scale, and of any other that has an alarm. */
export const reliabilityChapter = (page: Page): Chapter => {
  const { report, words: common, language } = page
  const said = words[language]
  const misKeyed = report.reliability.flatMap(({ items }) =>
    items.filter(({ warnings }) => warnings.includes('mis-keyed-item')).map(({ item }) => item),
  )
  const shown = report.reliability.filter(({ items }, place) => place === 0 || items.some(({ warnings }) => warnings.length > 0))
  const { columns, interval } = common
  return {
    id: 'reliability',
    title: said.title,
    blocks: [
      quiet(said.note),
      ...(misKeyed.length > 0 ? [text(said.alarmed(misKeyed.join(', ')), 'warning')] : []),
      table(
        [
          columns.outcome,
          columns.items,
          columns.n,
          `${columns.alpha} (${interval(report.design.level)})`,
          said.omega,
          said.sem,
          said.stability,
        ],
        report.reliability.map((part) => summary(page, part)),
      ),
      ...shown.flatMap((part) => itemBlocks(page, part)),
    ],
  }
}

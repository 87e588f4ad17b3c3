/** Sheets that were hardly read, by the rule of the plan: how many, and the primary effect with and without them. */
import { numberIn } from '../../dataset/read-dataset.ts'
import { carelessIndices } from '../../psychometrics/careless/careless-indices.ts'
import { type CarelessCut, type CarelessFlags, flagCareless } from '../../psychometrics/careless/flag-careless.ts'
import type { NotEstimable } from '../../result.ts'
import { type Chapter, quiet, type Row, table } from '../block.ts'
import type { Context } from '../context.ts'
import { completePupils, effectAmong } from '../effect-among.ts'
import { firstPair, type Page, percentage, studentCells, waveName } from '../page.ts'
import type { AdjustedEffect } from '../record.ts'

type WaveFlags = Pick<CarelessFlags, 'cuts' | 'count'> & { readonly wave: string; readonly sheets: number }
export type CarelessPart = {
  readonly method: 'careless-indices'
  readonly instruments: readonly string[]
  readonly atLeast: number
  readonly waves: readonly WaveFlags[]
  /** complete pupils left out for a doubtful sheet in either wave */
  readonly leftOut: number
  readonly effect: AdjustedEffect | NotEstimable
}

const cutsOf = (rule: NonNullable<Context['plan']['careless']>): readonly CarelessCut[] => [
  ...(rule.longString === undefined ? [] : [{ measure: 'long-string' as const, side: 'above' as const, limit: rule.longString - 1 }]),
  ...(rule.variabilityBelow === undefined
    ? []
    : [{ measure: 'variability' as const, side: 'below' as const, limit: rule.variabilityBelow }]),
  ...(rule.mahalanobis === undefined ? [] : [{ measure: 'mahalanobis-p' as const, side: 'below' as const, limit: 1 - rule.mahalanobis }]),
]

/** Null where the plan has no rule: a rule found after the answers were seen would be none. */
export const carelessPart = (context: Context): CarelessPart | null => {
  const { plan, dataset, baselineWave, postWave } = context
  const rule = plan.careless
  if (!rule) return null
  const items = dataset.codebook.instruments
    .filter(({ id }) => rule.instruments.includes(id))
    .flatMap((instrument) => instrument.items.map(({ id }) => id))
  const flaggedIds = new Set<string>()
  const waves = [baselineWave, postWave].map((wave): WaveFlags => {
    const rows = dataset.rows.filter((row) => row.wave === wave)
    if (rows.length === 0) return { wave, sheets: 0, count: 0, cuts: [] }
    const indices = carelessIndices(items.map((item) => rows.map((row) => numberIn(row, item))))
    const { flagged, cuts, count } = flagCareless(indices, cutsOf(rule), rule.atLeast)
    for (const [place, isFlagged] of flagged.entries()) if (isFlagged) flaggedIds.add(rows[place]!.id!)
    return { wave, sheets: rows.length, cuts, count }
  })
  const complete = completePupils(context, plan.primary.scale)
  const careful = complete.filter(({ id }) => !flaggedIds.has(id))
  return {
    method: 'careless-indices',
    instruments: rule.instruments,
    atLeast: rule.atLeast,
    waves,
    leftOut: complete.length - careful.length,
    effect: effectAmong(context, plan.primary.scale, careful),
  }
}

const words = {
  'zh-CN': {
    title: '作答是否认真',
    note: (instruments: string, atLeast: number) =>
      `按计划事先规定的规则检查 ${instruments} 的作答，至少符合 ${atLeast} 条即视为可疑。可疑不等于作假；主要分析保留全部学生，这里只看去掉之后结论会不会变。`,
    measures: { 'long-string': '连续相同答案超过', variability: '作答变异低于', 'mahalanobis-p': '马氏距离 p 低于' },
    flagged: '可疑作答',
    sheets: '作答数',
    with: '全部学生（主要分析）',
    without: (count: number) => `去掉 ${count} 名任一轮可疑的学生`,
  },
  en: {
    title: 'Careless answers',
    note: (instruments: string, atLeast: number) =>
      `Answers to ${instruments} by the rule that the plan fixed beforehand: a sheet that passes ${atLeast} or more of its limits is doubtful. Doubtful is not false; the primary analysis keeps everybody, and here is what changes without them.`,
    measures: {
      'long-string': 'run of one answer above',
      variability: 'variability below',
      'mahalanobis-p': 'p of the Mahalanobis distance below',
    },
    flagged: 'doubtful',
    sheets: 'sheets',
    with: 'everybody (primary analysis)',
    without: (count: number) => `without ${count} pupils with a doubtful sheet in either wave`,
  },
}

export const carelessChapter = (page: Page): Chapter | null => {
  const { report, language, words: common } = page
  const part = report.careless
  if (!part) return null
  const said = words[language]
  const measures: Readonly<Record<string, string>> = said.measures
  const cuts = part.waves.find((one) => one.cuts.length > 0)?.cuts ?? []
  const { columns } = common
  return {
    id: 'careless',
    title: said.title,
    blocks: [
      quiet(said.note(part.instruments.join(', '), part.atLeast)),
      ...firstPair(page),
      table(
        [
          columns.wave,
          said.sheets,
          ...cuts.map(({ measure, limit }) => `${measures[measure] ?? measure} ${limit < 1 ? Number(limit.toPrecision(3)) : limit}`),
          said.flagged,
        ],
        part.waves.map(
          ({ wave, sheets, cuts: own, count }): Row => ({
            head: waveName(page, wave),
            cells: [
              String(sheets),
              ...own.map(({ passed }) => String(passed)),
              `${count}${sheets > 0 ? ` (${percentage(count / sheets)})` : ''}`,
            ],
          }),
        ),
      ),
      table(
        ['', columns.difference, common.interval(report.design.level), columns.df, columns.p],
        [
          { head: said.with, cells: studentCells(page, report.primary.contrasts[0]!.effect), kind: 'main' },
          { head: said.without(part.leftOut), cells: studentCells(page, part.effect) },
        ],
      ),
    ],
  }
}

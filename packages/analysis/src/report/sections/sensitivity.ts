/** The primary effect when what is missing or doubtful is handled otherwise: complete cases, every observed score, imputation, and imputations shifted. */
import type { DeltaSeries } from '../../missing/delta.ts'
import { decimal } from '../../plots/number-words.ts'
import { sensitivityPlot } from '../../plots/sensitivity-plot.ts'
import { verdictCurve } from '../../plots/verdict-curve.ts'
import { type Estimate, type NotEstimable, notEstimable } from '../../result.ts'
import { type Block, type Chapter, figure, quiet, table, text } from '../block.ts'
import { firstPair, type Page, refusal, studentCells, waveName } from '../page.ts'

const words = {
  'zh-CN': {
    title: '换一种做法，主要效应是多少',
    rows: {
      complete: '完整数据（主要分析）',
      waves: '全部观测得分（重复测量，自基线的变化）',
      imputed: (count: number) => `多重插补（${count} 次）`,
      refused: '多重插补',
      shifted: (delta: string) => `插补值在干预组${delta} 分`,
      careless: '去掉作答可疑的学生',
    },
    note: (m: number, iterations: number, columns: string) =>
      `链式方程、预测均值匹配、考虑学校；${m} 次插补，每次 ${iterations} 轮迭代；用到的变量：${columns}。按 Rubin 规则合并，自由度用 Barnard–Rubin 法。`,
    axis: '组间差异（分）',
    deltaAxis: '干预组插补值加上的分数（正值：分数更高）',
    delta: '插补假定缺失者与情况相近的留下者一样。若干预组的缺失者其实更高或更低若干分，效应会怎样变：',
    tips: (points: string) => `干预组缺失者的得分要偏移 ${points} 分，结论（区间是否包含 0）才会改变。`,
    never: '在计划规定的范围内，结论（区间是否包含 0）不会改变。',
  },
  en: {
    title: 'The primary effect, handled otherwise',
    rows: {
      complete: 'complete cases (primary analysis)',
      waves: 'every observed score (repeated measures, change from baseline)',
      imputed: (count: number) => `multiple imputation (${count} tables)`,
      refused: 'multiple imputation',
      shifted: (delta: string) => `imputed scores of the programme arm ${delta} points`,
      careless: 'without doubtful sheets',
    },
    note: (m: number, iterations: number, columns: string) =>
      `Chained equations with predictive mean matching, schools counted; ${m} tables of ${iterations} iterations each; variables used: ${columns}. Pooled by Rubin’s rules with Barnard and Rubin’s degrees of freedom.`,
    axis: 'difference between arms (points)',
    deltaAxis: 'points added to imputed scores of the programme arm',
    delta:
      'Imputation takes the lost to be like those who stayed and resemble them. Had the lost of the programme arm in truth scored some points higher or lower, the effect would be:',
    tips: (points: string) =>
      `The lost of the programme arm would have to score ${points} points otherwise for the verdict (whether the interval holds zero) to change.`,
    never: 'Within the range of the plan the verdict (whether the interval holds zero) does not change.',
  },
}

/** The columns of the imputation as a reader knows them. */
const columnNames = (page: Page, columns: readonly string[]): string => {
  const { labels } = page.report.missingData
  const { design, primary } = page.report
  const scored = (wave: string) => `${primary.label[page.language]} (${waveName(page, wave)})`
  const own: Readonly<Record<string, string>> = { post: scored(design.postWave), baseline: scored(design.baselineWave) }
  return columns.map((name) => own[name] ?? labels[name]?.[page.language] ?? name).join(page.words.comma)
}

const signed = (value: number) => `${value > 0 ? '+' : ''}${decimal(value, Number.isInteger(value) ? 0 : 1)}`

type Line = { readonly label: string; readonly primary?: true; readonly result: Estimate | NotEstimable }

const inWaves = ({ report }: Page): Estimate | NotEstimable => {
  const { contrasts } = report.course
  if (contrasts.kind === 'not-estimable') return contrasts
  const { arm } = report.primary.contrasts[0]!
  const found = contrasts.contrasts.find((one) => one.arm === arm && one.wave === report.design.postWave)
  return found?.kenwardRoger ?? notEstimable('too-few-values')
}

const imputedLines = (page: Page): readonly Line[] => {
  const { rows } = words[page.language]
  const { imputation } = page.report
  if (!imputation) return []
  if (imputation.kind === 'not-estimable') return [{ label: rows.refused, result: imputation }]
  const { imputations, effect, delta } = imputation
  const shifted = delta?.kind === 'estimated' ? delta.points.filter((point) => point.shifted === 'programme' && point.delta !== 0) : []
  return [
    { label: rows.imputed(imputations), result: effect },
    ...shifted.map((point) => ({ label: rows.shifted(signed(point.delta)), result: point })),
  ]
}

const linesOf = (page: Page): readonly Line[] => {
  const { rows } = words[page.language]
  const { primary, careless } = page.report
  return [
    { label: rows.complete, primary: true, result: primary.contrasts[0]!.effect },
    { label: rows.waves, result: inWaves(page) },
    ...imputedLines(page),
    ...(careless ? [{ label: rows.careless, result: careless.effect }] : []),
  ]
}

const isRefusal = (result: Estimate | NotEstimable): result is NotEstimable => 'kind' in result && result.kind === 'not-estimable'

const deltaBlocks = (page: Page, delta: DeltaSeries | NotEstimable | null): readonly Block[] => {
  const said = words[page.language]
  const { report, language } = page
  if (!delta) return []
  if (delta.kind === 'not-estimable') return [text(refusal(page, delta))]
  const points = delta.points.filter(({ shifted }) => shifted === 'programme')
  const tip = delta.tippingPoints.find(({ shifted }) => shifted === 'programme')?.delta ?? null
  return [
    quiet(said.delta),
    text(tip === null ? said.never : said.tips(signed(Number(tip.toFixed(1))))),
    figure(
      verdictCurve(
        {
          question: 'delta',
          outcome: report.primary.label[language],
          axis: said.deltaAxis,
          effectAxis: said.axis,
          level: report.design.level,
          points: points.map(({ delta: at, estimate, interval }) => ({ at, estimate, lower: interval.lower, upper: interval.upper })),
          found: 0,
        },
        language,
      ),
    ),
  ]
}

const plotOf = (page: Page, lines: readonly Line[]): Block =>
  figure(
    sensitivityPlot(
      {
        outcome: page.report.primary.label[page.language],
        axis: words[page.language].axis,
        rows: lines.map(({ label, primary = false, result }) =>
          isRefusal(result)
            ? { label, primary, effect: null, reason: refusal(page, result) }
            : { label, primary, effect: { estimate: result.estimate, lower: result.interval.lower, upper: result.interval.upper } },
        ),
      },
      page.language,
    ),
  )

export const sensitivityChapter = (page: Page): Chapter => {
  const { report, words: common, language } = page
  const said = words[language]
  const { imputation } = report
  const { columns } = common
  const lines = linesOf(page)
  return {
    id: 'sensitivity',
    title: said.title,
    blocks: [
      ...firstPair(page),
      ...(imputation?.kind === 'estimated'
        ? [quiet(said.note(imputation.imputations, imputation.iterations, columnNames(page, imputation.columns)))]
        : []),
      table(
        [columns.method, columns.difference, common.interval(report.design.level), columns.df, columns.p],
        lines.map(({ label, primary, result }) => ({
          head: label,
          cells: studentCells(page, result),
          ...(primary ? { kind: 'main' } : {}),
        })),
      ),
      plotOf(page, lines),
      ...(imputation?.kind === 'estimated' ? deltaBlocks(page, imputation.delta) : []),
    ],
  }
}

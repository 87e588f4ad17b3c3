/** What is missing, and whether it matters: patterns, and the primary effect by complete cases, by every observed score, by imputation, and with imputations shifted. */
import type { Bilingual } from '@tongxing/instruments'
import { numberIn } from '../../dataset/read-dataset.ts'
import { parseFormula } from '../../formula/parse-formula.ts'
import { type DeltaSeries, deltaSeries } from '../../missing/delta.ts'
import { type IncompleteColumn, incompleteFactor, incompleteNumbers } from '../../missing/incomplete-column.ts'
import { multipleImputation } from '../../missing/multiple-imputation.ts'
import { type MissingPatterns, missingPatterns } from '../../missing/patterns.ts'
import type { PooledEstimate } from '../../missing/pooled-estimate.ts'
import { pooledModel } from '../../missing/pooled-model.ts'
import { decimal } from '../../plots/number-words.ts'
import { sensitivityPlot } from '../../plots/sensitivity-plot.ts'
import { verdictCurve } from '../../plots/verdict-curve.ts'
import type { Estimate, NotEstimable } from '../../result.ts'
import { type Block, type Chapter, figure, heading, quiet, type Row, table, text } from '../block.ts'
import type { Context } from '../context.ts'
import { armName, outcomesOf, type Page, percentage, refusal, studentCells, waveName } from '../page.ts'
import type { Pupil } from '../pupils.ts'
import type { EffectReport } from '../record.ts'

type Imputation = {
  readonly kind: 'estimated'
  readonly method: 'chained-equations-predictive-mean-matching'
  readonly imputations: number
  readonly iterations: number
  readonly seed: number
  /** the columns of the regressions beside the outcome */
  readonly columns: readonly string[]
  readonly effect: PooledEstimate
  readonly delta: DeltaSeries | NotEstimable | null
}
export type MissingPart = {
  readonly patterns: MissingPatterns
  readonly labels: Readonly<Record<string, Bilingual>>
  /** null where no plan asks for it */
  readonly imputation: Imputation | NotEstimable | null
}

const known = (context: Context): readonly Pupil[] => {
  const { plan, arms } = context
  return context.pupils(plan.primary.scale).filter(({ arm }) => arms.includes(arm))
}

/** A design or scale column at baseline, as numbers or words. */
const columnOf = ({ dataset }: Context, pupils: readonly Pupil[], name: string): IncompleteColumn => {
  const column = dataset.codebook.columns.find((one) => one.name === name)! // only columns of the codebook are asked for
  return column.type === 'string'
    ? incompleteFactor(
        name,
        pupils.map(({ facts }) => facts[name] || null),
      )
    : incompleteNumbers(
        name,
        pupils.map(({ facts }) => numberIn(facts, name)),
      )
}

/** Beside outcome, baseline and arm: the plan's covariates, then what helps to guess what is missing. */
const helpers = (context: Context, pupils: readonly Pupil[]): readonly IncompleteColumn[] => {
  const { plan, dataset } = context
  const names = [...plan.model.covariates, ...plan.secondary.map(({ scale }) => scale), ...plan.subgroups]
  const usable = [...new Set(names)].filter(
    (name) => name !== plan.primary.scale && dataset.codebook.columns.some((column) => column.name === name),
  )
  return usable.map((name) => columnOf(context, pupils, name)).filter(({ missing }) => missing.some((hole) => hole === 0))
}

const imputationOf = (context: Context, pupils: readonly Pupil[]): Imputation | NotEstimable => {
  const { plan, control, programmes, level } = context
  const arm = programmes[0]!
  const { imputations, iterations, seed, deltas } = plan.missing
  const columns = [
    incompleteNumbers(
      'post',
      pupils.map(({ post }) => post),
    ),
    incompleteNumbers(
      'baseline',
      pupils.map(({ baseline }) => baseline),
    ),
    incompleteFactor(
      'arm',
      pupils.map((pupil) => pupil.arm),
      control,
    ),
    ...helpers(context, pupils),
  ]
  const schools = pupils.map(({ school }) => school)
  const imputed = multipleImputation(columns, schools, { imputations, iterations, seed })
  if (imputed.kind === 'not-estimable') return { kind: 'not-estimable', reason: imputed.reason }
  const covariates = plan.model.covariates.filter((name) => name !== plan.primary.scale && columns.some((column) => column.name === name))
  const formula = parseFormula(`post ~ ${['baseline', 'arm', ...covariates].join(' + ')} + (1 | school)`)
  const term = `arm${arm}`
  const model = pooledModel(imputed.tables, formula, schools, level)
  if (model.kind === 'not-estimable') return model
  const effect = model.terms.find(({ name }) => name === term)
  if (!effect) return { kind: 'not-estimable', reason: 'arm-without-pupils' }
  const { name: _, completeDf: __, ...pooled } = effect
  return {
    kind: 'estimated',
    method: imputed.method,
    imputations,
    iterations,
    seed,
    columns: columns.map(({ name }) => name),
    effect: pooled,
    delta:
      deltas.length === 0
        ? null
        : deltaSeries(imputed, { formula, clusters: schools, term, inProgramme: pupils.map((pupil) => pupil.arm === arm), deltas }, level),
  }
}

export const missingPart = (context: Context): MissingPart => {
  const { plan, dataset, frozen } = context
  const pupils = known(context)
  const scales = [plan.primary.scale, ...plan.secondary.map(({ scale }) => scale)]
  const columns = scales.flatMap((scale) => {
    const own = context.pupils(scale).filter(({ arm }) => context.arms.includes(arm))
    return [
      incompleteNumbers(
        `${scale}:baseline`,
        own.map(({ baseline }) => baseline),
      ),
      incompleteNumbers(
        `${scale}:post`,
        own.map(({ post }) => post),
      ),
    ]
  })
  return {
    patterns: missingPatterns(columns),
    labels: Object.fromEntries(
      dataset.codebook.columns.filter(({ kind }) => kind === 'scale' || kind === 'design').map(({ name, label }) => [name, label]),
    ),
    imputation: frozen ? imputationOf(context, pupils) : null,
  }
}

const words = {
  'zh-CN': {
    title: '缺失数据',
    note: '主要分析只用两轮都有得分的学生（完整数据）。下面看缺失有多少、怎样分布，以及换一种处理方法结论会不会变。缺失是否“随机”，从数据里看不出来。',
    pairs: '两轮得分的完整性',
    patterns: '缺失的样式',
    complete: '全部都有',
    pattern: '缺失的得分',
    more: (count: number) => `其余 ${count} 种样式每种人数更少，见 report.json。`,
    sensitivity: '换一种方法，主要效应是多少',
    rows: {
      complete: '完整数据（主要分析）',
      waves: '全部观测得分（重复测量，自基线的变化）',
      imputed: (count: number) => `多重插补（${count} 次）`,
      shifted: (delta: string) => `插补值在干预组${delta} 分`,
      careless: '去掉作答可疑的学生',
    },
    imputedNote: (m: number, iterations: number, columns: string) =>
      `链式方程、预测均值匹配、考虑学校；${m} 次插补，每次 ${iterations} 轮迭代；用到的变量：${columns}。按 Rubin 规则合并，自由度用 Barnard–Rubin 法。`,
    noImputation: '没有计划要求，因此没有做多重插补。',
    refused: (why: string) => `多重插补：${why}`,
    axis: '组间差异（分）',
    deltaAxis: '干预组插补值加上的分数（正值：分数更高）',
    delta: '插补假定缺失者与情况相近的留下者一样。若干预组的缺失者其实更高或更低若干分，效应会怎样变：',
    tips: (points: string) => `干预组缺失者的得分要偏移 ${points} 分，结论（区间是否包含 0）才会改变。`,
    never: '在计划规定的范围内，结论（区间是否包含 0）不会改变。',
    hidden: (minimum: number) => `不足 ${minimum} 人的样式不单独列出。`,
  },
  en: {
    title: 'Missing data',
    note: 'The primary analysis takes pupils with both scores (complete cases). Here is how much is missing, in which patterns, and whether the answer changes when it is handled otherwise. Whether values are missing at random cannot be seen in the data.',
    pairs: 'Complete pairs of scores',
    patterns: 'Patterns of what is missing',
    complete: 'nothing missing',
    pattern: 'scores missing',
    more: (count: number) => `${count} more patterns of fewer pupils each stand in report.json.`,
    sensitivity: 'The primary effect, handled otherwise',
    rows: {
      complete: 'complete cases (primary analysis)',
      waves: 'every observed score (repeated measures, change from baseline)',
      imputed: (count: number) => `multiple imputation (${count} tables)`,
      shifted: (delta: string) => `imputed scores of the programme arm ${delta} points`,
      careless: 'without doubtful sheets',
    },
    imputedNote: (m: number, iterations: number, columns: string) =>
      `Chained equations with predictive mean matching, schools counted; ${m} tables of ${iterations} iterations each; variables used: ${columns}. Pooled by Rubin’s rules with Barnard and Rubin’s degrees of freedom.`,
    noImputation: 'No plan asks for multiple imputation, so there is none.',
    refused: (why: string) => `multiple imputation: ${why}`,
    axis: 'difference between arms (points)',
    deltaAxis: 'points added to imputed scores of the programme arm',
    delta:
      'Imputation takes the lost to be like those who stayed and resemble them. Had the lost of the programme arm in truth scored some points higher or lower, the effect would be:',
    tips: (points: string) =>
      `The lost of the programme arm would have to score ${points} points otherwise for the verdict (whether the interval holds zero) to change.`,
    never: 'Within the range of the plan the verdict (whether the interval holds zero) does not change.',
    hidden: (minimum: number) => `Patterns of fewer than ${minimum} pupils are not shown one by one.`,
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

const pairsTable = (page: Page): Block => {
  const { columns } = page.words
  return table(
    [columns.outcome, columns.arm, columns.pupils, columns.both, columns.baselineOnly, columns.postOnly, columns.neither],
    outcomesOf(page.report).flatMap(({ label, missing }) =>
      missing.map((row, place) => ({
        head: place === 0 ? label[page.language] : '',
        cells: [armName(page, row.arm), ...[row.participants, row.both, row.baselineOnly, row.postOnly, row.neither].map(String)],
      })),
    ),
  )
}

const patternBlocks = (page: Page): readonly Block[] => {
  const said = words[page.language]
  const { patterns, labels } = page.report.missingData
  const { minimumCell, baselineWave, postWave } = page.report.design
  const name = (key: string) => {
    const [scale = '', when] = key.split(':')
    return `${labels[scale]?.[page.language] ?? scale} (${waveName(page, when === 'post' ? postWave : baselineWave)})`
  }
  const shown = patterns.patterns.filter(({ rows }) => rows >= minimumCell).slice(0, 8)
  const rows = shown.map(
    ({ missing, rows: count, share }): Row => ({
      head: missing.length === 0 ? said.complete : missing.map(name).join(page.words.comma),
      cells: [String(count), percentage(share)],
    }),
  )
  const rest = patterns.patterns.length - shown.length
  return [
    heading(said.patterns),
    table([said.pattern, page.words.columns.pupils, '%'], rows),
    ...(patterns.patterns.some(({ rows: count }) => count < minimumCell) ? [quiet(said.hidden(minimumCell))] : []),
    ...(rest > 0 ? [quiet(said.more(rest))] : []),
  ]
}

type Line = { readonly label: string; readonly primary: boolean; readonly result: Estimate | NotEstimable }

const linesOf = (page: Page, report: EffectReport): readonly Line[] => {
  const { rows } = words[page.language]
  const { contrasts } = report.course
  const primary = report.primary.contrasts[0]!
  const { imputation } = report.missingData
  const inWaves =
    contrasts.kind === 'estimated'
      ? contrasts.contrasts.find(({ arm, wave }) => arm === primary.arm && wave === report.design.postWave)
      : undefined
  const shifted = imputation?.kind === 'estimated' && imputation.delta?.kind === 'estimated' ? imputation.delta.points : []
  return [
    { label: rows.complete, primary: true, result: primary.effect },
    {
      label: rows.waves,
      primary: false,
      result:
        inWaves?.kenwardRoger ?? (contrasts.kind === 'not-estimable' ? contrasts : { kind: 'not-estimable', reason: 'too-few-values' }),
    },
    ...(imputation
      ? [
          {
            label: rows.imputed(imputation.kind === 'estimated' ? imputation.imputations : 0),
            primary: false,
            result: imputation.kind === 'estimated' ? imputation.effect : imputation,
          },
        ]
      : []),
    ...shifted
      .filter(({ shifted: arm, delta }) => arm === 'programme' && delta !== 0)
      .map((point) => ({ label: rows.shifted(signed(point.delta)), primary: false, result: point })),
    ...(report.careless ? [{ label: rows.careless, primary: false, result: report.careless.effect }] : []),
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

export const missingChapter = (page: Page): Chapter => {
  const { report, language, words: common } = page
  const said = words[language]
  const { imputation } = report.missingData
  const lines = linesOf(page, report)
  const { columns } = common
  const plot = sensitivityPlot(
    {
      outcome: report.primary.label[language],
      axis: said.axis,
      rows: lines.map(({ label, primary, result }) =>
        isRefusal(result)
          ? { label, primary, effect: null, reason: refusal(page, result) }
          : { label, primary, effect: { estimate: result.estimate, lower: result.interval.lower, upper: result.interval.upper } },
      ),
    },
    language,
  )
  return {
    id: 'missing',
    title: said.title,
    blocks: [
      quiet(said.note),
      heading(said.pairs),
      pairsTable(page),
      ...patternBlocks(page),
      heading(said.sensitivity),
      ...(imputation === null
        ? [quiet(said.noImputation)]
        : imputation.kind === 'estimated'
          ? [quiet(said.imputedNote(imputation.imputations, imputation.iterations, columnNames(page, imputation.columns)))]
          : [text(said.refused(refusal(page, imputation)))]),
      table(
        [columns.method, columns.difference, common.interval(report.design.level), columns.df, columns.p],
        lines.map(({ label, primary, result }) => ({
          head: label,
          cells: studentCells(page, result),
          ...(primary ? { kind: 'main' as const } : {}),
        })),
      ),
      figure(plot),
      ...(imputation?.kind === 'estimated' ? deltaBlocks(page, imputation.delta) : []),
    ],
  }
}

/** The primary effect, asked in several ways: the model with schools, its robust companion, permutation, and once what ignoring schools would have said. */
import { clusteredArms } from '../../comparison/clustered-arms.ts'
import { adjustedDifference } from '../../effects/adjusted-difference.ts'
import { hedgesG } from '../../effects/hedges-g.ts'
import { profileIntervals } from '../../models/profile-intervals.ts'
import { decimal } from '../../plots/number-words.ts'
import { sensitivityPlot } from '../../plots/sensitivity-plot.ts'
import type { Estimate, Interval, NotEstimable } from '../../result.ts'
import { type Block, type Chapter, figure, heading, quiet, type Row, table, text } from '../block.ts'
import type { Context } from '../context.ts'
import { modelSums } from '../contrast.ts'
import { armName, type Page, pValue, pWords, refusal, studentCells, withLimits } from '../page.ts'
import { type CompletePupil, isComplete } from '../pupils.ts'

type Clustered = ReturnType<typeof clusteredArms>
type Robust = Estimate & { readonly kind: 'estimated'; readonly method: string }
export type PrimaryEffect = {
  readonly arm: string
  readonly against: string
  readonly robust: Robust | NotEstimable
  readonly permutation: Clustered['permutation']
  readonly clusteredG: Clustered['clusteredG']
  readonly clusteredAdjustedG: Clustered['clusteredAdjustedG']
  readonly byTotal: Clustered['standardised']
  readonly intraclassCorrelation: {
    readonly withoutCovariates: number | null
    readonly model: { readonly estimate: number; readonly interval: Interval | null } | null
  }
}

const allocated = ({ school, arm, baseline, covariates, post }: CompletePupil, programme: string) => ({
  school,
  inProgramme: arm === programme,
  covariates: [baseline, ...covariates],
  post,
})

const robustOf = ({ robust }: Clustered): Robust | NotEstimable => {
  if (robust.kind === 'not-estimable') return robust
  const { name: _, ...estimate } = robust.coefficients[1]!
  return { kind: 'estimated', method: robust.method, ...estimate }
}

const effectOfArm = (context: Context, arm: string): PrimaryEffect | null => {
  const { plan, control, level } = context
  const complete = context.pupils(plan.primary.scale).filter(isComplete)
  const pupils = complete.filter((pupil) => pupil.arm === arm || pupil.arm === control)
  const [programme, others] = [pupils.filter((pupil) => pupil.arm === arm), pupils.filter((pupil) => pupil.arm === control)]
  if (programme.length === 0 || others.length === 0) return null
  const posts = (members: readonly CompletePupil[]) => members.map(({ post }) => post)
  const adjustedArm = (members: readonly CompletePupil[]) => ({
    outcome: posts(members),
    covariates: members.map(({ baseline, covariates }) => [baseline, ...covariates]),
  })
  const [raw, adjusted] = [
    hedgesG(posts(programme), posts(others), level),
    adjustedDifference(adjustedArm(programme), adjustedArm(others), level),
  ]
  const g = { raw: raw.kind === 'estimated' ? raw.estimate : null, adjusted: adjusted.kind === 'estimated' ? adjusted.g.estimate : null }
  const names = ['baseline', ...context.covariates.filter(({ column }) => column !== plan.primary.scale).map(({ name }) => name)]
  const clustered = clusteredArms(
    pupils.map((pupil) => allocated(pupil, arm)),
    names,
    g,
    level,
  )
  const sums = modelSums(pupils, control, [arm], names.slice(1))
  const profile = 'kind' in sums ? sums : profileIntervals(sums.sums, sums.names, level)
  const { model } = clustered
  return {
    arm,
    against: control,
    robust: robustOf(clustered),
    permutation: clustered.permutation,
    clusteredG: clustered.clusteredG,
    clusteredAdjustedG: clustered.clusteredAdjustedG,
    byTotal: clustered.standardised,
    intraclassCorrelation: {
      withoutCovariates: clustered.intraclassCorrelation.withinArms,
      model: model.kind === 'estimated' ? { estimate: model.icc, interval: profile.kind === 'estimated' ? profile.icc : null } : null,
    },
  }
}

export const primaryEffects = (context: Context): readonly PrimaryEffect[] =>
  context.programmes.flatMap((arm) => effectOfArm(context, arm) ?? [])

const words = {
  'zh-CN': {
    title: '主要结局的效应',
    note: '同一个问题，几种问法。结论以第一行的模型为准：后测得分 = 组别 + 基线得分（及计划中的协变量）+ 学校随机截距。其余各行用来检验它是否经得住别的假设。',
    robust: '最小二乘，CR2 聚类稳健标准误',
    permutation: (count: number, exact: boolean) => `把学校重新随机分组（${exact ? '全部' : '抽取'} ${count} 种分法）`,
    naiveNote: '末行（灰色）只列这一次：若把同校学生当作彼此独立会得到什么。忽略学校通常使区间过窄，不作结论。',
    welch: '忽略学校（变化量，Welch t）',
    few: (p: string) => `学校不足 20 所：请同时看把学校重新分组的 p（${p}），它不依赖正态假定，学校少也站得住。`,
    axis: '组间差异（分）',
    icc: '学校内相关（ICC）',
    iccNote: (model: string, raw: string) => `模型中（扣除基线等协变量后）为 ${model}；不含协变量时为 ${raw}。`,
  },
  en: {
    title: 'Effect on the primary outcome',
    note: 'One question, asked in several ways. The first line is the answer: post score = arm + baseline score (and the covariates of the plan) + random intercept of the school. The others ask whether it stands under other assumptions.',
    robust: 'least squares with CR2 cluster-robust errors',
    permutation: (count: number, exact: boolean) => `arms dealt out to the schools anew (${exact ? 'all' : 'drawn'} ${count} ways)`,
    naiveNote:
      'The last line (grey) is shown this once: what taking pupils of one school for independent would have said. Ignoring schools usually makes intervals too narrow; it is no answer.',
    welch: "ignoring schools (change, Welch's t)",
    few: (p: string) =>
      `There are fewer than 20 schools: look at the p of dealing out the arms anew as well (${p}); it assumes nothing of how scores are distributed, and few schools cannot spoil it.`,
    axis: 'difference between arms (points)',
    icc: 'Intraclass correlation of schools (ICC)',
    iccNote: (model: string, raw: string) => `In the model, beyond baseline and covariates: ${model}; without covariates: ${raw}.`,
  },
}

const answersOf = (page: Page, own: PrimaryEffect): readonly Row[] => {
  const said = words[page.language]
  const contrast = page.report.primary.contrasts.find(({ arm }) => arm === own.arm)!
  const { permutation } = own
  const sign = contrast.effect.kind === 'estimated' && contrast.effect.estimate < 0 ? -1 : 1 // the test looks at the size of the difference
  return [
    { head: page.words.adjusted, cells: studentCells(page, contrast.effect), kind: 'main' },
    { head: said.robust, cells: studentCells(page, own.robust) },
    permutation.kind === 'estimated'
      ? {
          head: said.permutation(permutation.allocations, permutation.method === 'school-permutation-exact'),
          cells: [decimal(sign * permutation.statistic), '–', '–', pValue(permutation.p)],
        }
      : { head: said.permutation(0, true), cells: { says: refusal(page, permutation) } },
    { head: said.welch, cells: studentCells(page, contrast.naive.welch), kind: 'aside' },
  ]
}

/** The clustered answers and the naive one, side by side. */
const pictureOf = (page: Page, own: PrimaryEffect): Block => {
  const said = words[page.language]
  const contrast = page.report.primary.contrasts.find(({ arm }) => arm === own.arm)!
  const row = (label: string, result: (Estimate & { readonly kind: 'estimated' }) | NotEstimable, primary = false) =>
    result.kind === 'not-estimable'
      ? { label, primary, effect: null, reason: refusal(page, result) }
      : { label, primary, effect: { estimate: result.estimate, lower: result.interval.lower, upper: result.interval.upper } }
  const rows = [row(page.words.adjusted, contrast.effect, true), row(said.robust, own.robust), row(said.welch, contrast.naive.welch)]
  return figure(sensitivityPlot({ outcome: page.report.primary.label[page.language], axis: said.axis, rows }, page.language))
}

const blocksOf = (page: Page, own: PrimaryEffect): readonly Block[] => {
  const { words: common, report } = page
  const said = words[page.language]
  const { model, withoutCovariates } = own.intraclassCorrelation
  const inModel = !model
    ? '–'
    : model.interval
      ? withLimits(page, { estimate: model.estimate, interval: model.interval }, 3)
      : decimal(model.estimate, 3)
  const { columns } = common
  return [
    ...(report.primary.contrasts.length > 1 ? [heading(`${armName(page, own.arm)} − ${armName(page, own.against)}`)] : []),
    table([columns.method, columns.difference, common.interval(report.design.level), columns.df, columns.p], answersOf(page, own)),
    quiet(said.naiveNote),
    ...(report.warnings.includes('few-schools') && own.permutation.kind === 'estimated' ? [text(said.few(pWords(own.permutation.p)))] : []),
    pictureOf(page, own),
    heading(said.icc),
    quiet(said.iccNote(inModel, withoutCovariates === null ? '–' : decimal(withoutCovariates, 3))),
  ]
}

export const primaryEffectChapter = (page: Page): Chapter | null => {
  const { primaryEffects: effects } = page.report
  if (effects.length === 0) return null
  const said = words[page.language]
  return { id: 'effect', title: said.title, blocks: [quiet(said.note), ...effects.flatMap((own) => blocksOf(page, own))] }
}

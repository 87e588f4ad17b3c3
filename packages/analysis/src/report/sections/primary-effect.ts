/** The primary effect, asked in several ways: the model with schools, its robust companion, permutation, and once what ignoring schools would have said. */
import { clusteredArms } from '../../comparison/clustered-arms.ts'
import { adjustedDifference } from '../../effects/adjusted-difference.ts'
import { hedgesG } from '../../effects/hedges-g.ts'
import { profileIntervals } from '../../models/profile-intervals.ts'
import { decimal } from '../../plots/number-words.ts'
import type { Estimate, Interval, NotEstimable } from '../../result.ts'
import { type Block, type Chapter, heading, quiet, type Row, table } from '../block.ts'
import type { Context } from '../context.ts'
import { modelSums } from '../contrast.ts'
import { armName, type Page, pValue, refusal, studentCells, withLimits } from '../page.ts'
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
    sizes: '效应量，各以哪个标准差为单位',
    sizesNote: '同一个差异除以不同的标准差，数值不同，不能混用。',
    columns: { size: '效应量', by: '除以' },
    names: {
      baseline: ['校正后差异', '两组合并的基线标准差'],
      total: ['校正后差异', '后测总标准差（校间与校内）'],
      corrected: ['Hedges g，按学校校正', '后测总标准差'],
      adjusted: ['协方差校正的 g，按学校校正', '后测总标准差'],
      naive: ['变化量的 Hedges g（忽略学校）', '变化量的合并标准差'],
    },
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
    sizes: 'Effect sizes, each named by the SD that divides it',
    sizesNote: 'One difference divided by different standard deviations gives different numbers. Do not mix them.',
    columns: { size: 'effect size', by: 'divided by' },
    names: {
      baseline: ['adjusted difference', 'pooled baseline SD of both arms'],
      total: ['adjusted difference', 'total SD after (between and within schools)'],
      corrected: ["Hedges' g, corrected for schools", 'total SD after'],
      adjusted: ['covariate-adjusted g, corrected for schools', 'total SD after'],
      naive: ["Hedges' g of the change (ignoring schools)", 'pooled SD of the change'],
    },
    icc: 'Intraclass correlation of schools (ICC)',
    iccNote: (model: string, raw: string) => `In the model, beyond baseline and covariates: ${model}; without covariates: ${raw}.`,
  },
}

const answersOf = (page: Page, own: PrimaryEffect): readonly Row[] => {
  const said = words[page.language]
  const contrast = page.report.primary.contrasts.find(({ arm }) => arm === own.arm)!
  const { permutation } = own
  return [
    { head: page.words.adjusted, cells: studentCells(page, contrast.effect), kind: 'main' },
    { head: said.robust, cells: studentCells(page, own.robust) },
    permutation.kind === 'estimated'
      ? {
          head: said.permutation(permutation.allocations, permutation.method === 'school-permutation-exact'),
          cells: [decimal(permutation.statistic), '–', '–', pValue(permutation.p)],
        }
      : { head: said.permutation(0, true), cells: { says: refusal(page, permutation) } },
    { head: said.welch, cells: studentCells(page, contrast.naive.welch), kind: 'aside' },
  ]
}

const sizesOf = (page: Page, own: PrimaryEffect): readonly Row[] => {
  const { names } = words[page.language]
  const contrast = page.report.primary.contrasts.find(({ arm }) => arm === own.arm)!
  type Size = { readonly estimate: number; readonly interval: Interval } | NotEstimable | null
  const row = ([head, by]: readonly string[], size: Size, kind?: 'main' | 'aside'): readonly Row[] => {
    if (!size) return []
    const shown =
      'kind' in size && size.kind === 'not-estimable'
        ? refusal(page, size)
        : withLimits(page, size as { estimate: number; interval: Interval })
    return [{ head: head!, cells: [shown, by!], ...(kind ? { kind } : {}) }]
  }
  return [
    ...row(names.baseline, contrast.standardised, 'main'),
    ...row(names.total, own.byTotal),
    ...row(names.corrected, own.clusteredG),
    ...row(names.adjusted, own.clusteredAdjustedG),
    ...row(names.naive, contrast.naive.hedgesG, 'aside'),
  ]
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
    heading(said.sizes),
    quiet(said.sizesNote),
    table(['', `${said.columns.size} (${common.interval(report.design.level)})`, said.columns.by], sizesOf(page, own)),
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

/** Effect sizes, each named by what divides it: those that count schools, then those that other studies quote, which do not. */
import { adjustedDifference } from '../../effects/adjusted-difference.ts'
import { type CohensD, cohensD } from '../../effects/cohens-d.ts'
import { type GlassDelta, glassDelta } from '../../effects/glass-delta.ts'
import { type HedgesG, hedgesG } from '../../effects/hedges-g.ts'
import { improvementIndex } from '../../effects/improvement-index.ts'
import { type PrePostControl, prePostControl } from '../../effects/pre-post-control.ts'
import { decimal } from '../../plots/number-words.ts'
import type { Interval, NotEstimable } from '../../result.ts'
import { type Chapter, heading, quiet, type Row, table } from '../block.ts'
import type { Context } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { armName, type Page, refusal, withLimits } from '../page.ts'

type Size = { readonly estimate: number; readonly interval: Interval }
export type EffectSizes = {
  readonly arm: string
  readonly against: string
  readonly cohensD: CohensD | NotEstimable
  readonly hedgesG: HedgesG | NotEstimable
  readonly glassDelta: GlassDelta | NotEstimable
  readonly prePostControl: PrePostControl | NotEstimable
  /** g of the analysis of covariance, by the pooled standard deviation after */
  readonly adjustedG: (Size & { readonly kind: 'estimated'; readonly method: 'ancova' }) | NotEstimable
  /** percentile points that a pupil in the middle of the control arm would move, towards improvement; of the adjusted g */
  readonly improvementIndex: number | null
}

export const effectSizesPart = (context: Context): readonly EffectSizes[] => {
  const { plan, control, programmes, level, dataset } = context
  const complete = completePupils(context, plan.primary.scale)
  const scale = dataset.codebook.instruments.flatMap(({ scales }) => scales).find(({ id }) => id === plan.primary.scale)!
  const own = (arm: string) => {
    const members = complete.filter((pupil) => pupil.arm === arm)
    return {
      before: members.map(({ baseline }) => baseline),
      after: members.map(({ post }) => post),
      covariates: members.map(({ baseline, covariates }) => [baseline, ...covariates]),
    }
  }
  const others = own(control)
  return programmes.map((arm) => {
    const programme = own(arm)
    const adjusted = adjustedDifference(
      { outcome: programme.after, covariates: programme.covariates },
      { outcome: others.after, covariates: others.covariates },
      level,
    )
    const sign = scale.direction === 'higher-is-worse' ? -1 : 1
    return {
      arm,
      against: control,
      cohensD: cohensD(programme.after, others.after, level),
      hedgesG: hedgesG(programme.after, others.after, level),
      glassDelta: glassDelta(programme.after, others.after, level),
      prePostControl: prePostControl(programme, others, level),
      adjustedG:
        adjusted.kind === 'estimated'
          ? { kind: 'estimated', method: adjusted.method, estimate: adjusted.g.estimate, interval: adjusted.g.interval }
          : adjusted,
      improvementIndex: adjusted.kind === 'estimated' ? improvementIndex(sign * adjusted.g.estimate) : null,
    }
  })
}

const words = {
  'zh-CN': {
    title: '效应量，各以哪个标准差为单位',
    clustered: '同一个差异除以不同的标准差，数值不同，不能混用。',
    quoted: '别的研究常用的效应量',
    note: '这些效应量把学生当作彼此独立，区间偏窄：只供与别的研究对照和荟萃分析，不作结论。每一个都写明除以哪个标准差。',
    columns: { size: '效应量', by: '除以' },
    names: {
      baseline: ['校正后差异', '两组合并的基线标准差'],
      total: ['校正后差异', '后测总标准差（校间与校内）'],
      corrected: ['Hedges g，按学校校正', '后测总标准差'],
      correctedAdjusted: ['协方差校正的 g，按学校校正', '后测总标准差'],
      change: ['变化量的 Hedges g', '变化量的合并标准差'],
      cohensD: ['Cohen d（后测）', '两组后测合并标准差'],
      hedgesG: ['Hedges g（后测，精确校正）', '两组后测合并标准差'],
      glassDelta: ['Glass Δ（后测）', '对照组后测标准差'],
      ppc1: ['d_ppc1（前后变化）', '各组自己的基线标准差'],
      ppc2: ['d_ppc2（前后变化，Morris 推荐）', '两组合并的基线标准差'],
      ppc3: ['d_ppc3（前后变化）', '两轮两组合并的标准差'],
      adjustedG: ['协方差校正的 g', '两组后测合并标准差'],
    },
    index: (points: string) =>
      `改进指数（按协方差校正的 g）：对照组里居中的一名学生，若换到干预组，大约移动 ${points} 个百分位（正值为改善）。`,
  },
  en: {
    title: 'Effect sizes, each named by the SD that divides it',
    clustered: 'One difference divided by different standard deviations gives different numbers. Do not mix them.',
    quoted: 'Effect sizes that other studies quote',
    note: 'These take pupils for independent, so their intervals are too narrow: for comparison with other studies and for meta-analysis, not an answer. Each is named by the SD that divides it.',
    columns: { size: 'effect size', by: 'divided by' },
    names: {
      baseline: ['adjusted difference', 'pooled baseline SD of both arms'],
      total: ['adjusted difference', 'total SD after (between and within schools)'],
      corrected: ["Hedges' g, corrected for schools", 'total SD after'],
      correctedAdjusted: ['covariate-adjusted g, corrected for schools', 'total SD after'],
      change: ["Hedges' g of the change", 'pooled SD of the change'],
      cohensD: ["Cohen's d (after)", 'pooled SD after'],
      hedgesG: ["Hedges' g (after, exact correction)", 'pooled SD after'],
      glassDelta: ["Glass's Δ (after)", 'SD of the control arm after'],
      ppc1: ['d_ppc1 (change)', "each arm's own SD at baseline"],
      ppc2: ["d_ppc2 (change, Morris's choice)", 'pooled SD at baseline'],
      ppc3: ['d_ppc3 (change)', 'SD pooled over arms and waves'],
      adjustedG: ['covariate-adjusted g', 'pooled SD after'],
    },
    index: (points: string) =>
      `Improvement index (of the covariate-adjusted g): a pupil in the middle of the control arm would move about ${points} percentile points in the programme arm (positive: improvement).`,
  },
}

type Name = readonly string[]
const rowOf = (page: Page, [head, by]: Name, size: Size | NotEstimable | null, kind?: 'main'): readonly Row[] =>
  size ? [{ head: head!, cells: ['reason' in size ? refusal(page, size) : withLimits(page, size), by!], ...(kind ? { kind } : {}) }] : []

const clusteredRows = (page: Page, arm: string): readonly Row[] => {
  const { names } = words[page.language]
  const own = page.report.primaryEffects.find((one) => one.arm === arm)
  const contrast = page.report.primary.contrasts.find((one) => one.arm === arm)!
  return [
    ...rowOf(page, names.baseline, contrast.standardised, 'main'),
    ...rowOf(page, names.total, own?.byTotal ?? null),
    ...rowOf(page, names.corrected, own?.clusteredG ?? null),
    ...rowOf(page, names.correctedAdjusted, own?.clusteredAdjustedG ?? null),
  ]
}

const quotedRows = (page: Page, part: EffectSizes): readonly Row[] => {
  const { names } = words[page.language]
  const { prePostControl: change, arm } = part
  const contrast = page.report.primary.contrasts.find((one) => one.arm === arm)!
  return [
    ...rowOf(page, names.cohensD, part.cohensD),
    ...rowOf(page, names.hedgesG, part.hedgesG),
    ...rowOf(page, names.glassDelta, part.glassDelta),
    ...(['ppc1', 'ppc2', 'ppc3'] as const).flatMap((name) => rowOf(page, names[name], change.kind === 'estimated' ? change[name] : change)),
    ...rowOf(page, names.adjustedG, part.adjustedG),
    ...rowOf(page, names.change, contrast.naive.hedgesG),
  ]
}

export const effectSizesChapter = (page: Page): Chapter => {
  const { report, words: common, language } = page
  const said = words[language]
  const columns = ['', `${said.columns.size} (${common.interval(report.design.level)})`, said.columns.by]
  const pair = ({ arm, against }: EffectSizes) =>
    report.effectSizes.length > 1 ? [heading(`${armName(page, arm)} − ${armName(page, against)}`)] : []
  return {
    id: 'sizes',
    title: said.title,
    blocks: [
      quiet(said.clustered),
      ...report.effectSizes.flatMap((part) => [...pair(part), table(columns, clusteredRows(page, part.arm))]),
      heading(said.quoted),
      quiet(said.note),
      ...report.effectSizes.flatMap((part) => [
        ...pair(part),
        table(columns, quotedRows(page, part)),
        ...(part.improvementIndex === null ? [] : [quiet(said.index(decimal(part.improvementIndex, 0)))]),
      ]),
    ],
  }
}

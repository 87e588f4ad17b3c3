/** How many pupils changed by more than the scale's error of measurement. A count for groups, never a word about one pupil. */
import { spread } from '../../describe.ts'
import { reliableChange } from '../../effects/reliable-change.ts'
import { decimal } from '../../plots/number-words.ts'
import { reliableChangeBars } from '../../plots/reliable-change-bars.ts'
import { type NotEstimable, notEstimable } from '../../result.ts'
import { type Chapter, figure, quiet, text } from '../block.ts'
import type { Context, Standing } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { type Page, plotArms, refusal, standingWords } from '../page.ts'
import type { Outcome } from '../record.ts'

type Counts = { readonly recovered: number | null; readonly improved: number; readonly unchanged: number; readonly worse: number }
export type Individuals = {
  readonly kind: 'estimated'
  readonly method: 'jacobson-truax'
  readonly reliability: number
  readonly standardDeviation: number
  readonly smallestReliableChange: number
  readonly cutOff: number | null
  readonly limit: number
  readonly arms: readonly { readonly arm: string; readonly n: number; readonly counts: Counts | null }[]
  readonly standing: Standing
}

const publishedLimit = 1.96

export const individualsPart = (context: Context, { reliability, direction }: Outcome): Individuals | NotEstimable => {
  const { plan, arms } = context
  if (reliability.kind === 'not-estimable') return reliability
  const complete = completePupils(context, plan.primary.scale)
  const baseline = spread(complete.map((pupil) => pupil.baseline))
  if (!baseline) return notEstimable('too-few-values')
  if (baseline.variance === 0 || !(reliability.estimate >= 0 && reliability.estimate < 1)) return notEstimable('no-variation')
  const standardDeviation = Math.sqrt(baseline.variance)
  const { limit, cutOff } = plan.individuals ?? { limit: publishedLimit }
  const rule = {
    reliability: reliability.estimate,
    standardDeviation,
    better: direction === 'higher-is-worse' ? ('lower' as const) : ('higher' as const),
    limit,
    ...(cutOff === undefined ? {} : { cutOff }),
  }
  const counted = arms.map((arm) => {
    const members = complete.filter((pupil) => pupil.arm === arm)
    const found = reliableChange(
      members.map((pupil) => pupil.baseline),
      members.map(({ post }) => post),
      rule,
    )
    const isShown = found.kind === 'estimated' && members.length >= plan.minimumCell
    const counts = isShown ? { ...found.counts, recovered: cutOff === undefined ? null : found.counts.recovered } : null
    return { arm, n: members.length, counts }
  })
  return {
    kind: 'estimated',
    method: 'jacobson-truax',
    reliability: reliability.estimate,
    standardDeviation,
    smallestReliableChange: limit * Math.SQRT2 * standardDeviation * Math.sqrt(1 - reliability.estimate),
    cutOff: cutOff ?? null,
    limit,
    arms: counted,
    standing: context.standing(plan.individuals !== undefined),
  }
}

const words = {
  'zh-CN': {
    title: '个体的可靠变化',
    note: (points: string, alpha: string, limit: string) =>
      `一名学生的分数至少变化 ${points} 分，才超出量表的测量误差（本样本 α = ${alpha}，基线标准差，界限 ${limit}）。即使无人真正改变，也会有约 5% 的学生越过界限；这是各组的计数，不是对任何一名学生的判断。`,
    cutOff: (points: string) => `“好转并越过界值”指变化可靠、且得分越过界值 ${points}；它不表示没有问题，也不是诊断。`,
    hidden: (minimum: number) => `不足 ${minimum} 人的组不列出人数。`,
  },
  en: {
    title: 'Reliable change of individuals',
    note: (points: string, alpha: string, limit: string) =>
      `A pupil’s score must change by ${points} points or more to leave the scale’s error of measurement behind (alpha here = ${alpha}, SD at baseline, limit ${limit}). Even if nobody truly changed, about 5% would cross the limits; this counts groups and judges no pupil.`,
    cutOff: (points: string) =>
      `An improvement that crosses the cut-off is a reliable one that leaves ${points} behind; it does not mean that nothing is the matter, and it is no diagnosis.`,
    hidden: (minimum: number) => `Arms of fewer than ${minimum} pupils are not shown.`,
  },
}

export const individualsChapter = (page: Page): Chapter => {
  const { report, language } = page
  const said = words[language]
  const { individuals } = report
  if (individuals.kind === 'not-estimable') return { id: 'individuals', title: said.title, blocks: [text(refusal(page, individuals))] }
  const bars = reliableChangeBars(
    {
      outcome: report.primary.label[language],
      minimumCell: report.design.minimumCell,
      arms: plotArms(page).flatMap((arm) => {
        const counts = individuals.arms.find((one) => one.arm === arm.id)?.counts
        return counts ? [{ ...arm, counts }] : []
      }),
    },
    language,
  )
  const { smallestReliableChange, reliability, limit, cutOff } = individuals
  return {
    id: 'individuals',
    title: said.title,
    ...standingWords(page, individuals.standing),
    blocks: [
      quiet(said.note(decimal(smallestReliableChange), decimal(reliability), decimal(limit))),
      ...(cutOff === null ? [] : [quiet(said.cutOff(decimal(cutOff, 0)))]),
      ...(individuals.arms.some(({ counts }) => counts === null) ? [quiet(said.hidden(report.design.minimumCell))] : []),
      figure(bars),
    ],
  }
}

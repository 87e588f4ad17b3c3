/** The share of pupils at or beyond the cut-off of the primary scale, before and after: a screening sign (筛查提示), never a diagnosis. */
import { type TwoProportions, twoProportions } from '../../effects/two-proportions.ts'
import { clusterRobust } from '../../models/cluster-robust.ts'
import { gee } from '../../models/gee.ts'
import { schoolSums } from '../../models/school-sums.ts'
import { decimal } from '../../plots/number-words.ts'
import { type Estimate, type Interval, type NotEstimable, notEstimable } from '../../result.ts'
import { type Chapter, quiet, type Row, table, text } from '../block.ts'
import type { Context, Standing } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { armName, degrees, limits, type Page, percentage, pValue, refusal, standingWords } from '../page.ts'
import { keyOf } from '../reliability.ts'

type AdjustedOdds = {
  readonly kind: 'estimated'
  readonly method: 'generalised-estimating-equations'
  readonly estimate: number
  readonly interval: Interval
  readonly df: number
  readonly p: number
}
type Share = { readonly events: number; readonly n: number }
export type CutOffPart = {
  readonly cutOff: number
  readonly beyond: 'at-or-above' | 'at-or-below'
  readonly standing: Standing
  readonly arms: readonly { readonly arm: string; readonly before: Share; readonly after: Share }[]
  readonly contrasts: readonly {
    readonly arm: string
    readonly against: string
    /** difference in shares after, adjusted for being beyond the cut-off before, schools counted (CR2) */
    readonly riskDifference: (Estimate & { readonly kind: 'estimated'; readonly method: string }) | NotEstimable
    /** of being beyond the cut-off after, adjusted for before; schools counted by estimating equations */
    readonly oddsRatio: AdjustedOdds | NotEstimable
    /** from the counts after alone, schools ignored */
    readonly proportions: TwoProportions | NotEstimable
  }[]
}

const cutOffOf = ({ plan, dataset }: Context): number | null => {
  if (plan.cutOff !== undefined) return plan.cutOff
  const { scale } = keyOf(dataset.codebook, plan.primary.scale)
  const [published] = scale.cutOffs
  return published?.atLeast ?? published?.below ?? null
}

export const cutOffPart = (context: Context): CutOffPart | null => {
  const { plan, dataset, arms, control, programmes, level } = context
  const cutOff = cutOffOf(context)
  if (cutOff === null) return null
  const isUp = keyOf(dataset.codebook, plan.primary.scale).scale.direction === 'higher-is-worse'
  const beyond = (score: number) => Number(isUp ? score >= cutOff : score <= cutOff)
  const pupils = completePupils(context, plan.primary.scale).map(({ arm, school, baseline, post }) => ({
    arm,
    school,
    before: beyond(baseline),
    after: beyond(post),
  }))
  const own = (arm: string) => pupils.filter((pupil) => pupil.arm === arm)
  const share = (arm: string, when: 'before' | 'after'): Share => ({
    events: own(arm).filter((pupil) => pupil[when] === 1).length,
    n: own(arm).length,
  })
  const oddsRatio = (arm: string): AdjustedOdds | NotEstimable => {
    const members = pupils.filter((pupil) => pupil.arm === arm || pupil.arm === control)
    if (own(arm).length === 0 || own(control).length === 0) return notEstimable('arm-without-pupils')
    const column = (of: (pupil: (typeof pupils)[number]) => number) => Float64Array.from(members, of)
    const fit = gee(
      column(({ after }) => after),
      [column((pupil) => Number(pupil.arm === arm)), column(({ before }) => before)],
      ['arm', 'before'],
      members.map(({ school }) => school),
      { level },
    )
    if (fit.kind !== 'estimated') return notEstimable(fit.kind === 'not-estimable' ? fit.reason : 'no-variation')
    const corrected = fit.coefficients[1]!.kauermannCarroll
    if (!corrected?.oddsRatio) return notEstimable('too-few-schools')
    return { kind: 'estimated', method: fit.method, ...corrected.oddsRatio, df: corrected.df, p: corrected.p }
  }
  const riskDifference = (arm: string) => {
    const members = pupils.filter((pupil) => pupil.arm === arm || pupil.arm === control)
    if (own(arm).length === 0 || own(control).length === 0) return notEstimable('arm-without-pupils')
    const rows = members.map((pupil) => ({ school: pupil.school, values: [Number(pupil.arm === arm), pupil.before, pupil.after] }))
    const fit = clusterRobust(schoolSums(rows), ['arm', 'before'], 'CR2', level)
    if (fit.kind === 'not-estimable') return fit
    const { name: _, ...estimate } = fit.coefficients[1]!
    return { kind: 'estimated' as const, method: fit.method, ...estimate }
  }
  return {
    cutOff,
    beyond: isUp ? 'at-or-above' : 'at-or-below',
    standing: context.standing(plan.cutOff !== undefined),
    arms: arms.map((arm) => ({ arm, before: share(arm, 'before'), after: share(arm, 'after') })),
    contrasts: programmes.map((arm) => ({
      arm,
      against: control,
      riskDifference: riskDifference(arm),
      oddsRatio: oddsRatio(arm),
      proportions: twoProportions(share(arm, 'after'), share(control, 'after'), level),
    })),
  }
}

const words = {
  'zh-CN': {
    title: '筛查界值：前后的比例',
    note: (points: string, side: string) =>
      `得分${side} ${points} 分的学生所占比例（两轮均有得分者）。达到界值只是筛查提示，需要复核，不是诊断；未达界值也不表示没有困难。`,
    sides: { 'at-or-above': '不低于', 'at-or-below': '不高于' },
    before: '基线',
    after: '后测',
    difference: '比例之差（百分点，CR2）',
    adjustedOdds: '校正后比值比（GEE）',
    ratio: '风险比',
    odds: '比值比',
    cox: 'Cox 指数',
    naive: '风险比、比值比和 Cox 指数由后测计数直接算出，未计入学校和基线，区间偏窄，只供与别的研究对照。',
    hidden: '人数太少，不列出',
  },
  en: {
    title: 'At or beyond the screening cut-off, before and after',
    note: (points: string, side: string) =>
      `Share of pupils who scored ${side} ${points} (pupils with both scores). Reaching the cut-off is a sign from screening that asks for review; it is no diagnosis, and a score short of it is no proof that all is well.`,
    sides: { 'at-or-above': 'at or above', 'at-or-below': 'at or below' },
    before: 'before',
    after: 'after',
    difference: 'difference in shares (percentage points, CR2)',
    adjustedOdds: 'adjusted odds ratio (GEE)',
    ratio: 'risk ratio',
    odds: 'odds ratio',
    cox: 'Cox index',
    naive:
      'Risk ratio, odds ratio and Cox index come straight from the counts after, with neither schools nor baseline in them: their intervals are too narrow, and they serve comparison with other studies only.',
    hidden: 'too few to show',
  },
}

/** A count that is small, or whose complement is, is not shown. */
const shareWords = (page: Page, { events, n }: Share): string => {
  const { minimumCell } = page.report.design
  const isSmall = (count: number) => count > 0 && count < minimumCell
  if (n < minimumCell || isSmall(events) || isSmall(n - events)) return `– (${words[page.language].hidden})`
  return `${events} / ${n} (${percentage(events / n)})`
}

export const cutOffChapter = (page: Page): Chapter | null => {
  const { report, language, words: common } = page
  const part = report.aboveCutOff
  if (!part) return null
  const said = words[language]
  const { columns } = common
  const contrastRows = part.contrasts.map(
    ({ arm, against, riskDifference: found }): Row => ({
      head: `${armName(page, arm)} − ${armName(page, against)}`,
      cells:
        found.kind === 'not-estimable'
          ? { says: refusal(page, found) }
          : [
              decimal(100 * found.estimate, 1),
              limits(page, { lower: 100 * found.interval.lower, upper: 100 * found.interval.upper }, 1),
              degrees(found.df),
              pValue(found.p),
            ],
    }),
  )
  const oddsRows = part.contrasts.map(
    ({ arm, against, oddsRatio: found }): Row => ({
      head: `${armName(page, arm)} / ${armName(page, against)}`,
      cells:
        found.kind === 'not-estimable'
          ? { says: refusal(page, found) }
          : [decimal(found.estimate), limits(page, found.interval), degrees(found.df), pValue(found.p)],
    }),
  )
  const measure = (found: { readonly estimate: number; readonly interval: { readonly lower: number; readonly upper: number } } | null) =>
    found ? `${decimal(found.estimate)} (${limits(page, found.interval)})` : '–'
  const ratioRows = part.contrasts.map(
    ({ arm, against, proportions }): Row => ({
      head: `${armName(page, arm)} / ${armName(page, against)}`,
      cells:
        proportions.kind === 'not-estimable'
          ? { says: refusal(page, proportions) }
          : [measure(proportions.riskRatio), measure(proportions.oddsRatio), measure(proportions.coxIndex)],
    }),
  )
  return {
    id: 'cut-off',
    title: said.title,
    ...standingWords(page, part.standing),
    blocks: [
      text(said.note(decimal(part.cutOff, Number.isInteger(part.cutOff) ? 0 : 2), said.sides[part.beyond])),
      table(
        [columns.arm, said.before, said.after],
        part.arms.map(({ arm, before, after }) => ({
          head: armName(page, arm),
          arm,
          cells: [shareWords(page, before), shareWords(page, after)],
        })),
      ),
      table(['', said.difference, common.interval(report.design.level), columns.df, columns.p], contrastRows),
      table(['', said.adjustedOdds, common.interval(report.design.level), columns.df, columns.p], oddsRows),
      table(['', said.ratio, said.odds, said.cox], ratioRows),
      quiet(said.naive),
    ],
  }
}

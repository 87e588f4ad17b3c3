/** The share of pupils at or beyond the cut-off of the primary scale, before and after: a screening sign (筛查提示), never a diagnosis. */
import { decimal } from '../../plots/number-words.ts'
import type { Share } from '../beyond-cut-off.ts'
import { type Chapter, quiet, type Row, table, text } from '../block.ts'
import { armName, degrees, limits, type Page, percentage, pValue, refusal, standingWords } from '../page.ts'

const words = {
  'zh-CN': {
    title: '筛查界值：前后的比例',
    note: (points: string, side: string) =>
      `得分${side} ${points} 分的学生所占比例（两轮均有得分者）。达到界值只是筛查提示，需要复核，不是诊断；未达界值也不表示没有困难。`,
    sides: { 'at-or-above': '不低于', 'at-or-below': '不高于', below: '低于' },
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
    sides: { 'at-or-above': 'at or above', 'at-or-below': 'at or below', below: 'below' },
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
      text(said.note(decimal(part.cutOff, Number.isInteger(part.cutOff) ? 0 : 2), said.sides[part.side])),
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

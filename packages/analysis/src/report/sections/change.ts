/** Change within each arm: the paired test, three effect sizes told apart by what divides them, and the whole distribution as a picture. */
import { type SignedRank, signedRank } from '../../effects/signed-rank.ts'
import { type StandardisedChange, standardisedChange } from '../../effects/standardised-change.ts'
import { decimal } from '../../plots/number-words.ts'
import { raincloud } from '../../plots/raincloud.ts'
import type { NotEstimable } from '../../result.ts'
import { type Chapter, figure, heading, quiet, type Row, table } from '../block.ts'
import type { Context } from '../context.ts'
import { completePupils } from '../effect-among.ts'
import { armName, limits, outcomesOf, type Page, plotArms, pValue, refusal, withLimits } from '../page.ts'
import type { Outcome } from '../record.ts'

export type ChangePart = {
  readonly arm: string
  readonly standardised: StandardisedChange | NotEstimable
  readonly signedRank: SignedRank | NotEstimable
  /** sorted, so that no change stands beside a pupil; none of an arm smaller than the plan's minimum */
  readonly changes: readonly number[]
}

export const changePart = (context: Context): readonly ChangePart[] => {
  const complete = completePupils(context, context.plan.primary.scale)
  return context.arms.map((arm) => {
    const members = complete.filter((pupil) => pupil.arm === arm)
    const [before, after] = [members.map(({ baseline }) => baseline), members.map(({ post }) => post)]
    const changes = members.map(({ baseline, post }) => post - baseline).toSorted((a, b) => a - b)
    return {
      arm,
      standardised: standardisedChange(before, after, context.level),
      signedRank: signedRank(before, after),
      changes: members.length < context.plan.minimumCell ? [] : changes,
    }
  })
}

const words = {
  'zh-CN': {
    title: '组内变化',
    note: '同一批学生前后得分之差。没有对照组时，时间推移和回归均值也会使分数变化，因此组内变化本身不说明干预有效。',
    sizes: (label: string) => `${label}：组内效应量`,
    sizesNote:
      'd_z 除以变化量的标准差，d_rm 再按前后相关换算，d_av 除以前后标准差的平均。三者不能与组间效应量混用，也不能彼此混用。括号内为区间；秩检验为 Wilcoxon 符号秩检验。',
    rank: '秩检验 p',
    correlation: '前后相关',
  },
  en: {
    title: 'Change within arms',
    note: 'Post minus baseline of the same pupils. Time and regression to the mean change scores too, so a change within an arm is no evidence that the programme works.',
    sizes: (label: string) => `${label}: effect sizes within arms`,
    sizesNote:
      'd_z divides by the SD of the changes, d_rm converts it by the correlation of the two waves, d_av divides by the mean of the two SDs. None is comparable with an effect between arms, nor with each other. Intervals in brackets; the rank test is Wilcoxon’s signed rank test.',
    rank: 'rank test p',
    correlation: 'r of the waves',
  },
}

const changeRows = (page: Page, outcome: Outcome): readonly Row[] =>
  outcome.change.map(({ arm, result }) => ({
    head: armName(page, arm),
    arm,
    cells:
      result.kind === 'not-estimable'
        ? { says: refusal(page, result) }
        : [String(result.n), decimal(result.estimate), limits(page, result.interval), pValue(result.p)],
  }))

const sizeRows = (page: Page): readonly Row[] =>
  page.report.change.map(({ arm, standardised, signedRank: rank }) => ({
    head: armName(page, arm),
    arm,
    cells:
      standardised.kind === 'not-estimable'
        ? { says: refusal(page, standardised) }
        : [
            withLimits(page, standardised.dz),
            withLimits(page, standardised.drm),
            withLimits(page, standardised.dav),
            decimal(standardised.correlation),
            rank.kind === 'estimated' ? pValue(rank.p) : '–',
          ],
  }))

export const changeChapter = (page: Page): Chapter => {
  const { report, words: common, language } = page
  const said = words[language]
  const { columns } = common
  const shown = report.change.filter(({ changes }) => changes.length > 0)
  const cloud = raincloud(
    {
      outcome: report.primary.label[language],
      direction: report.primary.direction,
      minimumCell: report.design.minimumCell,
      arms: plotArms(page).flatMap((arm) => {
        const own = shown.find((one) => one.arm === arm.id)
        return own ? [{ ...arm, changes: own.changes }] : []
      }),
    },
    language,
  )
  return {
    id: 'change',
    title: said.title,
    blocks: [
      quiet(said.note),
      ...outcomesOf(report).flatMap((outcome) => [
        heading(outcome.label[language]),
        table([columns.arm, columns.n, columns.change, common.interval(report.design.level), columns.p], changeRows(page, outcome)),
      ]),
      heading(said.sizes(report.primary.label[language])),
      quiet(said.sizesNote),
      table([columns.arm, 'd_z', 'd_rm', 'd_av', said.correlation, said.rank], sizeRows(page)),
      figure(cloud),
    ],
  }
}

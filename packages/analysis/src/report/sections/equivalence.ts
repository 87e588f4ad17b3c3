/** Whether an effect is small enough to be called none: two one-sided tests against the margin that the plan names. */
import type { Bilingual } from '@tongxing/instruments'
import { type Equivalence, equivalence } from '../../effects/equivalence.ts'
import { decimal } from '../../plots/number-words.ts'
import type { NotEstimable } from '../../result.ts'
import { type Chapter, quiet, type Row, table, text } from '../block.ts'
import type { Context } from '../context.ts'
import { armName, degrees, limits, type Page, percentage, pValue, refusal } from '../page.ts'
import type { Outcome } from '../record.ts'

export type EquivalencePart = {
  readonly scale: string
  readonly label: Bilingual
  readonly margin: number
  readonly arms: readonly { readonly arm: string; readonly result: Equivalence | NotEstimable }[]
}

export const equivalencePart = ({ plan }: Context, outcomes: readonly Outcome[]): EquivalencePart | null => {
  if (!plan.equivalence) return null
  const { margin, scale = plan.primary.scale } = plan.equivalence
  const outcome = outcomes.find((one) => one.scale === scale)! // checkPlan allows the plan's outcomes alone
  return {
    scale,
    label: outcome.label,
    margin,
    arms: outcome.contrasts.map(({ arm, effect }) => ({
      arm,
      result: effect.kind === 'not-estimable' ? effect : equivalence(effect, [-margin, margin], plan.alpha),
    })),
  }
}

const words = {
  'zh-CN': {
    title: '差异是否小到可以忽略',
    note: (scale: string, margin: string, level: string) =>
      `${scale}：计划规定，差异在 ±${margin} 分以内算作等效。两个单侧检验都要通过，等价于 ${level} 区间整个落在界限之内。`,
    columns: { lower: '下界检验 p', upper: '上界检验 p', p: '等效检验 p' },
    equivalent: '区间整个在界限之内：可以说这两组在该结局上等效（按计划的界限）。',
    open: '区间没有整个落在界限之内：不能说等效，也不等于有差异。',
  },
  en: {
    title: 'Small enough to be called none?',
    note: (scale: string, margin: string, level: string) =>
      `${scale}: by the plan, a difference within ±${margin} points counts as equivalence. Both one-sided tests must pass, which is to say that the ${level} interval lies wholly within the margin.`,
    columns: { lower: 'p, lower bound', upper: 'p, upper bound', p: 'p of equivalence' },
    equivalent: 'The interval lies wholly within the margin: by the plan’s margin the arms are equivalent on this outcome.',
    open: 'The interval does not lie wholly within the margin: equivalence cannot be claimed, which is not to say that there is a difference.',
  },
}

export const equivalenceChapter = (page: Page): Chapter | null => {
  const part = page.report.equivalence
  if (!part) return null
  const said = words[page.language]
  const { columns } = page.words
  const first = part.arms.find(({ result }) => result.kind === 'estimated')?.result
  const level = first?.kind === 'estimated' ? first.interval.level : 0.9
  const rows = part.arms.map(
    ({ arm, result }): Row => ({
      head: armName(page, arm),
      cells:
        result.kind === 'not-estimable'
          ? { says: refusal(page, result) }
          : [limits(page, result.interval), degrees(result.df), pValue(result.lowerP), pValue(result.upperP), pValue(result.p)],
    }),
  )
  return {
    id: 'equivalence',
    title: said.title,
    blocks: [
      quiet(said.note(part.label[page.language], decimal(part.margin), percentage(level, 0))),
      table([columns.arm, page.words.interval(level), columns.df, said.columns.lower, said.columns.upper, said.columns.p], rows),
      ...part.arms.flatMap(({ result }) => (result.kind === 'estimated' ? [text(result.equivalent ? said.equivalent : said.open)] : [])),
    ],
  }
}

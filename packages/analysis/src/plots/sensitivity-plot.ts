import { digitsOf, dotIntervals, effectWords, readableDomain } from './dot-intervals.ts'
import type { Figure, Limits } from './figure.ts'
import type { Language } from './theme.ts'

export type SensitivityPlot = {
  readonly outcome: string
  readonly axis: string
  readonly rows: readonly {
    readonly label: string
    /** the analysis that the plan answers by */
    readonly primary: boolean
    readonly effect: Limits | null
    readonly reason?: string
  }[]
}

const words = {
  'zh-CN': {
    title: (outcome: string) => `${outcome}：换一种分析，结果是否改变`,
    empty: '没有可以比较的分析。',
    to: '至',
    note: '菱形为计划中的主要分析，虚线为它的估计；实线为 0（无差异）。',
    cut: '箭头表示区间超出画面，数字写在右侧。',
    unknown: '无法估计',
    columns: ['分析', '效应（区间）', '备注'],
    primary: '主要分析',
  },
  en: {
    title: (outcome: string) => `${outcome}: would another analysis say something else?`,
    empty: 'There are no analyses to compare.',
    to: 'to',
    note: 'Diamond: the primary analysis of the plan, dashed line: its estimate; solid line: zero, no difference.',
    cut: 'An arrow: the interval goes on beyond the picture; its numbers are at the right.',
    unknown: 'not estimable',
    columns: ['analysis', 'effect (interval)', 'remark'],
    primary: 'primary analysis',
  },
}

/** The primary effect under one analysis after another, against the one that the plan answers by. */
export const sensitivityPlot = ({ outcome, axis, rows }: SensitivityPlot, language: Language): Figure => {
  const said = words[language]
  const title = said.title(outcome)
  const effects = rows.flatMap(({ effect }) => effect ?? [])
  const [least, most] = readableDomain(effects)
  const reference = rows.find(({ primary, effect }) => primary && effect)?.effect?.estimate
  const dots = rows.map(({ label, primary, effect, reason }) => ({
    kind: 'row' as const,
    label,
    effect,
    reason: reason ?? said.unknown,
    look: primary ? ('primary' as const) : ('plain' as const),
  }))
  const table = {
    header: said.columns,
    rows: rows.map(({ label, primary, effect, reason }) => [
      label,
      effect ? effectWords(effect, said.to, digitsOf(effects)) : (reason ?? said.unknown),
      primary ? said.primary : '',
    ]),
  }
  const cut = effects.some(({ lower, upper }) => lower < least || upper > most)
  const spec =
    effects.length === 0
      ? null
      : dotIntervals({ title, axis, to: said.to, rows: dots, ...(reference === undefined ? {} : { reference }) }, language)
  return { title, spec, empty: said.empty, notes: [said.note, ...(cut ? [said.cut] : [])], table }
}

import { type DotRow, digitsOf, dotIntervals, effectWords, readableDomain } from './dot-intervals.ts'
import type { DataTable, Figure, Limits } from './figure.ts'
import { decimal } from './number-words.ts'
import type { Language } from './theme.ts'

type ForestRow = {
  readonly label: string
  readonly n: number | null
  readonly primary: boolean
  /** not in the plan that was fixed before the outcomes were read */
  readonly exploratory: boolean
  /** turned so that improvement is above zero; null with the reason in words */
  readonly effect: Limits | null
  readonly reason?: string
}
export type OutcomeForest = {
  readonly axis: string
  readonly groups: readonly {
    readonly heading: string | null
    /** of the test that the effect differs between the rows of the group */
    readonly interactionP: number | null
    readonly rows: readonly ForestRow[]
  }[]
}

const words = {
  'zh-CN': {
    title: { outcomes: '各结局的效应', subgroups: '各亚组的效应', both: '各结局与亚组的效应' },
    empty: '没有可以估计的效应，不画森林图。',
    to: '至',
    of: (n: number) => `（${n} 人）`,
    interaction: (p: string) => `交互作用 p ${p}`,
    notes: { primary: '菱形为主要结局。', exploratory: '空心圆为计划之外的探索性结果。', cut: '箭头表示区间超出画面，数字写在右侧。' },
    exploratory: '探索性',
    unknown: '无法估计',
    columns: ['分组', '结局或亚组', '人数', '效应（区间）', '交互作用 p', '备注'],
  },
  en: {
    title: { outcomes: 'Effects on outcomes', subgroups: 'Effects in subgroups', both: 'Effects on outcomes and in subgroups' },
    empty: 'No effect could be estimated, so there is no forest plot.',
    to: 'to',
    of: (n: number) => ` (n\u00a0=\u00a0${n})`,
    interaction: (p: string) => `interaction p ${p}`,
    notes: {
      primary: 'Diamond: the primary outcome.',
      exploratory: 'Hollow circles: exploratory, not in the plan.',
      cut: 'An arrow: the interval goes on beyond the picture; its numbers are at the right.',
    },
    exploratory: 'exploratory',
    unknown: 'not estimable',
    columns: ['group', 'outcome or subgroup', 'n', 'effect (interval)', 'interaction p', 'remark'],
  },
}
type Words = (typeof words)[Language]

const pWords = (p: number) => (p < 0.001 ? '< 0.001' : `= ${decimal(p, 3)}`)

const subjectOf = ({ groups }: OutcomeForest): keyof Words['title'] => {
  if (groups.every(({ heading }) => heading === null)) return 'outcomes'
  return groups.some(({ heading, rows }) => heading === null || rows.some(({ primary }) => primary)) ? 'both' : 'subgroups'
}

const rowsOf = ({ groups }: OutcomeForest, said: Words): readonly DotRow[] =>
  groups.flatMap(({ heading, interactionP, rows }): readonly DotRow[] => [
    ...(heading === null
      ? []
      : [{ kind: 'heading' as const, text: heading, aside: interactionP === null ? '' : said.interaction(pWords(interactionP)) }]),
    ...rows.map(({ label, n, primary, exploratory, effect, reason }) => ({
      kind: 'row' as const,
      label: n === null ? label : `${label}${said.of(n)}`,
      effect,
      reason: reason ?? said.unknown,
      look: primary ? ('primary' as const) : exploratory ? ('exploratory' as const) : ('plain' as const),
    })),
  ])

const tableOf = ({ groups }: OutcomeForest, effects: readonly Limits[], said: Words): DataTable => ({
  header: said.columns,
  rows: groups.flatMap(({ heading, interactionP, rows }) =>
    rows.map(({ label, n, exploratory, effect, reason }) => [
      heading ?? '',
      label,
      n === null ? '' : String(n),
      effect ? effectWords(effect, said.to, digitsOf(effects)) : (reason ?? said.unknown),
      interactionP === null ? '' : pWords(interactionP).replace('= ', ''),
      exploratory ? said.exploratory : '',
    ]),
  ),
})

/** Effects on every outcome and in every subgroup with their intervals, under headings, improvement to the right. */
export const outcomeForest = (forest: OutcomeForest, language: Language): Figure => {
  const said = words[language]
  const title = said.title[subjectOf(forest)]
  const all = forest.groups.flatMap(({ rows }) => rows)
  const effects = all.flatMap(({ effect }) => effect ?? [])
  const [least, most] = readableDomain(effects)
  const notes = [
    ...(all.some(({ primary }) => primary) ? [said.notes.primary] : []),
    ...(all.some(({ exploratory }) => exploratory) ? [said.notes.exploratory] : []),
    ...(effects.some(({ lower, upper }) => lower < least || upper > most) ? [said.notes.cut] : []),
  ]
  const spec = effects.length === 0 ? null : dotIntervals({ title, axis: forest.axis, to: said.to, rows: rowsOf(forest, said) }, language)
  return { title, spec, empty: said.empty, notes, table: tableOf(forest, effects, said) }
}

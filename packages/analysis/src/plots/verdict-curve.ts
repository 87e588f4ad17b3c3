import { type Along, along, type DataTable, type Figure, type Layer, type Limits, layered } from './figure.ts'
import { decimal, digitsFor, intervalWords, shareWords } from './number-words.ts'
import { ems } from './text-width.ts'
import { type Language, palette } from './theme.ts'

type Assumed = Limits & { readonly at: number }
export type VerdictCurve = {
  readonly question: 'icc' | 'delta' | 'attrition'
  readonly outcome: string
  /** what is assumed */
  readonly axis: string
  readonly effectAxis: string
  readonly level: number
  /** by rising assumption */
  readonly points: readonly Assumed[]
  /** what was found, or what the main analysis assumes */
  readonly found: number | null
}

const words = {
  'zh-CN': {
    title: {
      icc: (outcome: string) => `${outcome}：学校内相关要多大，结论才会改变`,
      delta: (outcome: string) => `${outcome}：失访学生要差多少，结论才会改变`,
      attrition: (outcome: string) => `${outcome}：失访要多到什么程度，结论才会改变`,
    },
    empty: '没有可以画出的假设。',
    found: { icc: (at: string) => `本研究：${at}`, delta: (at: string) => `主要分析：${at}`, attrition: (at: string) => `本研究：${at}` },
    crosses: (at: string) => `区间碰到 0：${at}`,
    band: (level: string) => `线为估计，带为 ${level} 区间。`,
    stays: { with: '在所画的范围内，区间始终不含 0，结论不变。', without: '在所画的范围内，区间始终包含 0，结论不变。' },
    changes: (ats: string) => `区间端点在 ${ats} 处碰到 0，过此结论改变。`,
    and: '、',
    to: '至',
    columns: (axis: string, effect: string) => [axis, effect, '区间', '区间是否含 0'],
    includes: { yes: '含', no: '不含' },
  },
  en: {
    title: {
      icc: (outcome: string) => `${outcome}: how large an ICC would change the verdict?`,
      delta: (outcome: string) => `${outcome}: how much worse must those lost be to change the verdict?`,
      attrition: (outcome: string) => `${outcome}: how much loss would change the verdict?`,
    },
    empty: 'There are no assumptions to draw.',
    found: {
      icc: (at: string) => `this study: ${at}`,
      delta: (at: string) => `main analysis: ${at}`,
      attrition: (at: string) => `this study: ${at}`,
    },
    crosses: (at: string) => `interval reaches 0: ${at}`,
    band: (level: string) => `Line: estimate; band: ${level} interval.`,
    stays: {
      with: 'Over the range drawn the interval never includes 0: the verdict stays.',
      without: 'Over the range drawn the interval always includes 0: the verdict stays.',
    },
    changes: (ats: string) => `The interval reaches 0 at ${ats}; beyond it the verdict changes.`,
    and: ' and ',
    to: 'to',
    columns: (axis: string, effect: string) => [axis, effect, 'interval', 'includes 0'],
    includes: { yes: 'yes', no: 'no' },
  },
}
type Words = (typeof words)[Language]

const [width, height, size, lineHeight] = [380, 230, 13, 19]

/** Where a limit of the interval passes zero, between two assumptions in proportion, by rising assumption. */
export const crossingsOf = (points: readonly Assumed[]): readonly number[] =>
  (['lower', 'upper'] as const)
    .flatMap((limit) =>
      points.slice(1).flatMap((to, place) => {
        const from = points[place]!
        if (from[limit] < 0 === to[limit] < 0) return []
        return [from.at + ((to.at - from.at) * from[limit]) / (from[limit] - to[limit])]
      }),
    )
    .toSorted((left, right) => left - right)

const sayAt = ({ question, points }: VerdictCurve, at: number): string => {
  if (question === 'attrition') return shareWords(at)
  const text = decimal(at, question === 'icc' ? 3 : digitsFor(points.map((point) => point.at)))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

type Marker = { readonly at: number; readonly text: string; readonly dash: readonly number[]; readonly align: 'left' | 'center' | 'right' }

/** Assumptions that matter, from the top, each named on a line of its own and on the side where no other's upright goes through its name. */
const markers = (plot: VerdictCurve, said: Words): readonly Marker[] => {
  const { points, found, question } = plot
  const middle = found ?? (points[0]!.at + points.at(-1)!.at) / 2
  const crossed = crossingsOf(points).slice(0, 3)
  const named = (align: Marker['align']) => (at: number) => ({ at, text: said.crosses(sayAt(plot, at)), dash: [4, 3], align })
  return [
    ...(found === null ? [] : [{ at: found, text: said.found[question](sayAt(plot, found)), dash: [1, 0], align: 'center' as const }]),
    ...crossed
      .filter((at) => at < middle)
      .toReversed()
      .map(named('right')),
    ...crossed.filter((at) => at >= middle).map(named('left')),
  ]
}

const markerLayers = (marks: readonly Marker[], x: Along): Layer[] => {
  const [from, to] = [x.scale.domain[0]!, x.scale.domain[1]!]
  return marks.flatMap(({ at, text, dash, align }, place): Layer[] => {
    const [across, up] = [((at - from) / (to - from)) * width, -9 - (marks.length - 1 - place) * lineHeight]
    const wide = ems(text) * size
    const start = across - { left: 0, center: wide / 2, right: wide }[align]
    return [
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: palette.ink, strokeWidth: 1.3, strokeDash: [...dash] },
        encoding: { x: { value: across }, y: { value: up + 8 }, y2: { value: height } },
      },
      {
        data: { values: [{ text }] },
        mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: size, fontWeight: 600 },
        encoding: { x: { value: Math.min(width - wide, Math.max(0, start)) }, y: { value: up }, text: { field: 'text' } },
      },
    ]
  })
}

const curveLayers = (points: readonly Assumed[], x: Along, y: Along): Layer[] => {
  const line = (field: keyof Limits, strokeWidth: number, strokeDash: number[]): Layer => ({
    data: { values: points.map((point) => ({ at: point.at, y: point[field] })) },
    mark: { type: 'line', color: palette.programme, strokeWidth, strokeDash },
    encoding: { x, y },
  })
  return [
    {
      data: { values: points.map(({ at, lower, upper }) => ({ at, y: lower, upper })) },
      mark: { type: 'area', color: palette.programme, opacity: 0.18 },
      encoding: { x, y, y2: { field: 'upper' } },
    },
    line('lower', 1.2, [3, 3]),
    line('upper', 1.2, [3, 3]),
    line('estimate', 2.8, [1, 0]),
    { data: { values: [{ y: 0 }] }, mark: { type: 'rule', color: palette.ink, strokeWidth: 1.4 }, encoding: { y } },
  ]
}

const layersOf = ({ points, axis, effectAxis, question }: VerdictCurve, marks: readonly Marker[]): Layer[] => {
  const ats = [...points, ...marks].map(({ at }) => at)
  const limits = [0, ...points.flatMap(({ lower, upper }) => [lower, upper])]
  const format = question === 'attrition' ? { format: '.0%' } : {}
  const x = along('at', [Math.min(...ats), Math.max(...ats)], { title: axis, tickCount: 6, grid: false, titlePadding: 10, ...format })
  const y = along('y', [Math.min(...limits), Math.max(...limits)], { title: effectAxis, tickCount: 5, titlePadding: 10 })
  return [...curveLayers(points, x, y), ...markerLayers(marks, x)]
}

const includesZero = ({ lower, upper }: Limits) => lower <= 0 && upper >= 0

const tableOf = (plot: VerdictCurve, said: Words): DataTable => {
  const digits = digitsFor(plot.points.flatMap(({ lower, upper }) => [lower, upper]))
  return {
    header: said.columns(plot.axis, plot.effectAxis),
    rows: plot.points.map((point) => [
      sayAt(plot, point.at),
      decimal(point.estimate, digits),
      intervalWords(point, said.to, digits),
      includesZero(point) ? said.includes.yes : said.includes.no,
    ]),
  }
}

/** What would have to be true for the verdict to change: the effect and its interval against an assumption, with what was found and where zero is reached. */
export const verdictCurve = (plot: VerdictCurve, language: Language): Figure => {
  const said = words[language]
  const title = said.title[plot.question](plot.outcome)
  const crossed = crossingsOf(plot.points)
  const verdict =
    crossed.length > 0
      ? said.changes(crossed.map((at) => sayAt(plot, at)).join(said.and))
      : said.stays[plot.points.every(includesZero) ? 'without' : 'with']
  const base = { title, empty: said.empty, notes: [said.band(shareWords(plot.level)), verdict], table: tableOf(plot, said) }
  if (new Set(plot.points.map(({ at }) => at)).size < 2) return { ...base, spec: null }
  const marks = markers(plot, said)
  return { ...base, spec: layered(language, title, { width, height }, layersOf(plot, marks)) }
}

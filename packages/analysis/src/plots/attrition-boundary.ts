import { pointOf } from './arm-style.ts'
import { along, type DataTable, type Figure, type Layer, layered } from './figure.ts'
import { keysAbove, swatch } from './keys.ts'
import { shareWords } from './number-words.ts'
import { spreadOut } from './side-names.ts'
import { ems, wrapped } from './text-width.ts'
import { type Language, palette } from './theme.ts'

type Boundary = { readonly overall: number; readonly cautious: number; readonly optimistic: number }
type Loss = { readonly label: string; readonly unit: 'schools' | 'pupils'; readonly overall: number; readonly differential: number }
export type AttritionBoundary = {
  /** the WWC's table, shares from 0 to 1, by rising overall attrition */
  readonly boundary: readonly Boundary[]
  /** shares from 0 to 1; the sign of a difference is not drawn */
  readonly points: readonly Loss[]
}

const words = {
  'zh-CN': {
    title: '失访是否过多：总失访率与组间失访差',
    empty: '没有可以计算的失访率。',
    overall: '总失访率',
    differential: '组间失访差',
    zones: { low: '低（谨慎边界以内）', tolerable: '仅按乐观假设可接受', high: '高' },
    note: '边界出自美国 What Works Clearinghouse 标准手册：总失访率与组间差合起来，估计偏差不超过 0.05 个标准差的范围。圆点为学生，方块为学校。',
    columns: ['失访', '总失访率', '组间失访差', '判断'],
  },
  en: {
    title: 'Was too much lost: overall and differential attrition',
    empty: 'There is no attrition to compute.',
    overall: 'overall attrition',
    differential: 'difference between arms',
    zones: { low: 'low (inside the cautious boundary)', tolerable: 'acceptable on optimistic assumptions only', high: 'high' },
    note: 'Boundaries of the What Works Clearinghouse: overall and differential attrition that together leave an expected bias of at most 0.05 SD. Circles: pupils; squares: schools.',
    columns: ['loss', 'overall attrition', 'difference between arms', 'reading'],
  },
}
type Words = (typeof words)[Language]
type Zone = keyof Words['zones']

const [width, height, size, lineHeight] = [380, 250, 13.5, 17]
const fills: Readonly<Record<Zone, string>> = { low: '#bcd6cd', tolerable: '#f3e4c8', high: '#ffffff' }

/** The boundary at an overall attrition, between its rows in proportion, nothing beyond its last. */
const boundaryAt = (boundary: readonly Boundary[], overall: number): Boundary => {
  const above = boundary.findIndex((row) => row.overall >= overall)
  if (above === -1) return { overall, cautious: 0, optimistic: 0 }
  const [from, to] = [boundary[Math.max(0, above - 1)]!, boundary[above]!]
  const share = to.overall === from.overall ? 0 : (overall - from.overall) / (to.overall - from.overall)
  const between = (key: 'cautious' | 'optimistic') => from[key] + share * (to[key] - from[key])
  return { overall, cautious: between('cautious'), optimistic: between('optimistic') }
}

const zoneOf = (boundary: readonly Boundary[], { overall, differential }: Loss): Zone => {
  const { cautious, optimistic } = boundaryAt(boundary, overall)
  const apart = Math.abs(differential)
  return apart <= cautious && cautious > 0 ? 'low' : apart <= optimistic && optimistic > 0 ? 'tolerable' : 'high'
}

/** A label beside its point, on the side with more room, none upon another. */
const labelled = (points: readonly Loss[], most: readonly [number, number]) => {
  const lines = points.map(({ label }) => wrapped(label, 11))
  const at = points.map(({ overall, differential }) => ({
    x: (overall / most[0]) * width,
    y: height - (Math.abs(differential) / most[1]) * height,
  }))
  const places = spreadOut(
    at.map(({ y }, place) => ({ at: y, tall: lines[place]!.length * lineHeight + 3 })),
    height - 2,
  )
  return points.map((_, place) => {
    const longest = Math.max(...lines[place]!.map(ems)) * size
    const toRight = at[place]!.x + 30 + longest < width
    return { lines: lines[place]!, point: at[place]!, y: places[place]!, x: at[place]!.x + (toRight ? 22 : -22), toRight }
  })
}

const labelLayers = (points: readonly Loss[], most: readonly [number, number]): Layer[] =>
  labelled(points, most).flatMap(({ lines, point, x, y, toRight }): Layer[] => [
    {
      data: { values: [{}] },
      mark: { type: 'rule', color: palette.quiet, strokeWidth: 1 },
      encoding: { x: { value: point.x }, y: { value: point.y }, x2: { value: x + (toRight ? -3 : 3) }, y2: { value: y } },
    },
    {
      data: { values: [{ lines }] },
      mark: { type: 'text', align: toRight ? 'left' : 'right', baseline: 'middle', fontSize: size, fontWeight: 600, lineHeight },
      encoding: { x: { value: x }, y: { value: y - ((lines.length - 1) * lineHeight) / 2 }, text: { field: 'lines' } },
    },
  ])

const layersOf = ({ boundary, points }: AttritionBoundary, said: Words): Layer[] => {
  const most = [
    Math.max(...boundary.map(({ overall }) => overall), ...points.map(({ overall }) => overall * 1.05)),
    1.12 * Math.max(...boundary.map(({ optimistic }) => optimistic), ...points.map(({ differential }) => Math.abs(differential))),
  ] as const
  const axis = (field: string, title: string, limit: number) =>
    along(field, [0, limit], { title, format: '.0%', tickCount: 6, grid: false, titlePadding: 10 })
  const x = axis('overall', said.overall, most[0])
  const y = axis('y', said.differential, most[1])
  const area = (to: 'cautious' | 'optimistic', zone: Zone): Layer => ({
    data: { values: boundary.map((row) => ({ overall: row.overall, y: row[to], zero: 0 })) },
    mark: { type: 'area', color: fills[zone], opacity: 1 },
    encoding: { x, y, y2: { field: 'zero' } },
  })
  const edge = (to: 'cautious' | 'optimistic', strokeDash: number[]): Layer => ({
    data: { values: boundary.map((row) => ({ overall: row.overall, y: row[to] })) },
    mark: { type: 'line', color: palette.ink, strokeWidth: 1.4, strokeDash },
    encoding: { x, y },
  })
  return [
    area('optimistic', 'tolerable'),
    area('cautious', 'low'),
    edge('optimistic', [5, 3]),
    edge('cautious', [1, 0]),
    ...labelLayers(points, most),
    ...points.map(
      ({ unit, overall, differential }): Layer => ({
        data: { values: [{ overall, y: Math.abs(differential) }] },
        mark: pointOf({ colour: palette.ink, shape: unit === 'schools' ? 'square' : 'circle', dash: [1, 0], filled: true }, 110),
        encoding: { x, y },
      }),
    ),
  ]
}

const tableOf = ({ boundary, points }: AttritionBoundary, said: Words): DataTable => ({
  header: said.columns,
  rows: points.map((point) => [
    point.label,
    shareWords(point.overall, 1),
    shareWords(point.differential, 1),
    boundary.length === 0 ? '' : said.zones[zoneOf(boundary, point)],
  ]),
})

/** Whether what was lost could bias the effect: overall against differential attrition, within the WWC's cautious and optimistic boundaries. */
export const attritionBoundary = (plot: AttritionBoundary, language: Language): Figure => {
  const said = words[language]
  const base = { title: said.title, empty: said.empty, notes: [said.note], table: tableOf(plot, said) }
  if (plot.points.length === 0 || plot.boundary.length === 0) return { ...base, spec: null }
  const keys = keysAbove(
    (['low', 'tolerable', 'high'] as const).map((zone) => ({ text: said.zones[zone], mark: swatch(fills[zone]) })),
    -40,
    width + 40,
  )
  return { ...base, spec: layered(language, said.title, { width, height }, [...layersOf(plot, said), ...keys]) }
}

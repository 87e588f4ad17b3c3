import { armStyles, pointOf } from './arm-style.ts'
import { type Along, along, type DataTable, type Figure, type Layer, layered, type PlotArm } from './figure.ts'
import { keysAbove } from './keys.ts'
import { decimal } from './number-words.ts'
import { ems, wrapped } from './text-width.ts'
import { type Language, palette } from './theme.ts'

type Row = {
  readonly label: string
  readonly level: 'school' | 'pupil'
  readonly points: readonly { readonly arm: string; readonly difference: number | null }[]
}
export type LovePlot = {
  /** the arm compared with */
  readonly control: string
  /** the programme arms */
  readonly arms: readonly PlotArm[]
  readonly rows: readonly Row[]
}

const words = {
  'zh-CN': {
    title: (control: string) => `基线是否可比：与${control}的标准化差异`,
    empty: '没有可以比较的基线变量。',
    axis: '标准化差异（0 为完全相同）',
    bands: ['可比', '须校正', '不可比'],
    levels: { school: '学校层面', pupil: '学生层面' },
    note: '深色带为 0.05 以内（可比），浅色带为 0.05 至 0.25（须在模型中校正），带外大于 0.25（校正后仍不满足基线等价）。',
    columns: ['基线变量', '层面', '组别', '标准化差异', '判断'],
    unknown: '无法计算',
    without: (label: string) => `${label}（无法计算）`,
  },
  en: {
    title: (control: string) => `Baseline balance: standardised differences from ${control}`,
    empty: 'There are no baseline variables to compare.',
    axis: 'standardised difference (0: the same)',
    bands: ['alike', 'adjust', 'not alike'],
    levels: { school: 'schools', pupil: 'pupils' },
    note: 'Dark band: within 0.05 (alike). Light band: 0.05 to 0.25 (adjust for it in the model). Outside: more than 0.25 (not equivalent at baseline, even adjusted).',
    columns: ['baseline variable', 'level', 'arm', 'standardised difference', 'reading'],
    unknown: 'cannot be computed',
    without: (label: string) => `${label} (cannot be computed)`,
  },
}
type Words = (typeof words)[Language]

const [width, size, lineHeight, longestLabel] = [270, 13, 17, 11]

const bandOf = (difference: number) => (Math.abs(difference) <= 0.05 ? 0 : Math.abs(difference) <= 0.25 ? 1 : 2)

type Line = { readonly lines: readonly string[]; readonly y: number; readonly heading: boolean; readonly points: Row['points'] }

/** Variables under the heading of their level, from the top, each as tall as its label. */
const linesOf = (rows: readonly Row[], said: Words) => {
  let y = 0
  const take = (tall: number) => {
    y += tall
    return y - tall / 2
  }
  const lines = (['school', 'pupil'] as const).flatMap((level): Line[] => {
    const own = rows.filter((row) => row.level === level)
    if (own.length === 0) return []
    return [
      { lines: [said.levels[level]], y: take(30), heading: true, points: [] },
      ...own.map(({ label, points }): Line => {
        const text = wrapped(points.every(({ difference }) => difference === null) ? said.without(label) : label, longestLabel)
        return { lines: text, y: take(text.length * lineHeight + 11), heading: false, points }
      }),
    ]
  })
  return { lines, height: y + 6 }
}

// so that the bands stay readable, a difference beyond it stands at the edge with its number
const farthest = 1

const limitOf = (rows: readonly Row[]) =>
  Math.min(
    farthest,
    Math.max(0.36, 1.12 * Math.max(0, ...rows.flatMap(({ points }) => points.map(({ difference }) => Math.abs(difference ?? 0))))),
  )

const bandLayers = (x: Along, height: number): Layer[] => {
  const band = (to: number, fill: string): Layer => ({
    data: { values: [{ x: -to, x2: to }] },
    mark: { type: 'rect', fill, opacity: 1 },
    encoding: { x, x2: { field: 'x2' }, y: { value: 0 }, y2: { value: height } },
  })
  const rule = (at: number, strokeDash: number[], strokeWidth: number): Layer => ({
    data: { values: [{ x: at }] },
    mark: { type: 'rule', color: palette.quiet, strokeDash, strokeWidth },
    encoding: { x },
  })
  return [band(0.25, '#eef2ef'), band(0.05, '#d3e0db'), rule(-0.25, [4, 3], 1), rule(0.25, [4, 3], 1), rule(0, [1, 0], 1.2)]
}

const text = { type: 'text', baseline: 'middle', fontSize: size, lineHeight } as const

const pointLayers = (arms: readonly PlotArm[], lines: readonly Line[], limit: number, x: Along, y: Along): Layer[] => {
  const styles = armStyles(arms)
  const inside = (difference: number) => Math.min(limit, Math.max(-limit, difference))
  const dodge = (arm: number) => (arm - (arms.length - 1) / 2) * Math.min(7, 14 / Math.max(1, arms.length - 1))
  const differences = lines.flatMap((line) =>
    line.points.flatMap(({ arm, difference }) => (difference === null ? [] : [{ arm, difference, x: inside(difference), y: line.y }])),
  )
  const points = arms.map(
    ({ id }, arm): Layer => ({
      data: { values: differences.filter((one) => one.arm === id).map((one) => ({ x: one.x, y: one.y + dodge(arm) })) },
      mark: pointOf(styles.get(id)!, 85),
      encoding: { x, y },
    }),
  )
  const beyond = differences.filter((one) => one.x !== one.difference)
  const said = beyond.map(
    ({ x: at, y: height, difference }): Layer => ({
      data: { values: [{ x: at, y: height, said: at < 0 ? `← ${decimal(difference)}` : `${decimal(difference)} →` }] },
      mark: { ...text, align: at < 0 ? 'left' : 'right', dx: at < 0 ? 10 : -10 },
      encoding: { x, y, text: { field: 'said' } },
    }),
  )
  return [...points, ...said]
}

const labelRoom = (lines: readonly Line[]) => Math.ceil(Math.max(...lines.flatMap((line) => line.lines.map(ems))) * size) + 12

const labelLayer = (lines: readonly Line[], heading: boolean, y: Along): Layer => {
  const values = lines
    .filter((line) => line.heading === heading)
    .map((line) => ({ lines: line.lines, y: line.y - ((line.lines.length - 1) * lineHeight) / 2 }))
  return {
    data: { values },
    mark: { ...text, align: heading ? 'left' : 'right', ...(heading ? { fontWeight: 600 } : {}) },
    encoding: { x: { value: heading ? -labelRoom(lines) : -12 }, y, text: { field: 'lines' } },
  }
}

const layersOf = (plot: LovePlot, { lines, height }: ReturnType<typeof linesOf>, said: Words): Layer[] => {
  const limit = limitOf(plot.rows)
  const ticks = limit < farthest ? { values: [-0.25, -0.05, 0.05, 0.25], format: '.2~f' } : { tickCount: 5 }
  const x = along('x', [-limit, limit], { title: said.axis, grid: false, titlePadding: 10, ...ticks })
  const y = along('y', [0, height], null, true)
  return [...bandLayers(x, height), ...pointLayers(plot.arms, lines, limit, x, y), labelLayer(lines, true, y), labelLayer(lines, false, y)]
}

const tableOf = ({ arms, rows }: LovePlot, said: Words): DataTable => ({
  header: said.columns,
  rows: rows.flatMap(({ label, level, points }) =>
    points.map(({ arm, difference }) => [
      label,
      said.levels[level],
      arms.find(({ id }) => id === arm)?.label ?? arm,
      difference === null ? said.unknown : decimal(difference),
      difference === null ? '' : said.bands[bandOf(difference)]!,
    ]),
  ),
})

/** How alike the arms were before anything was done: standardised differences of each baseline variable, with the bands of the WWC. */
export const lovePlot = (plot: LovePlot, language: Language): Figure => {
  const said = words[language]
  const title = said.title(plot.control)
  const base = { title, empty: said.empty, notes: [said.note], table: tableOf(plot, said) }
  if (!plot.rows.some(({ points }) => points.some(({ difference }) => difference !== null))) return { ...base, spec: null }
  const laid = linesOf(plot.rows, said)
  const left = labelRoom(laid.lines)
  const styles = armStyles(plot.arms)
  const keys = plot.arms.length > 1 ? plot.arms.map(({ id, label }) => ({ text: label, mark: pointOf(styles.get(id)!, 85) })) : []
  const named = keysAbove(keys, -left, left + width)
  return { ...base, spec: layered(language, title, { width, height: laid.height }, [...layersOf(plot, laid, said), ...named]) }
}

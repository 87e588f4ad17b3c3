import { spread } from '../describe.ts'
import { type ArmStyle, armStyles } from './arm-style.ts'
import { type Along, along, type DataTable, type Figure, type Layer, layered, type PlotArm } from './figure.ts'
import { kernelDensity, quantileOf } from './kernel-density.ts'
import { decimal, digitsFor } from './number-words.ts'
import { wrapped } from './text-width.ts'
import { type Language, palette } from './theme.ts'

type Changes = PlotArm & {
  /** post minus baseline, a pupil each, in any order */
  readonly changes: readonly number[]
}
export type Raincloud = {
  readonly outcome: string
  readonly direction: 'higher-is-worse' | 'higher-is-better'
  /** an arm with fewer pupils shows no point of its own, and nothing at all below five */
  readonly minimumCell: number
  readonly arms: readonly Changes[]
}

const words = {
  'zh-CN': {
    title: (outcome: string) => `${outcome}：各组变化的分布`,
    empty: '没有足够多的学生两轮都有得分，不画变化的分布。',
    axis: '变化（后测减基线）',
    better: { 'higher-is-worse': '0 以左为好转', 'higher-is-better': '0 以右为好转' },
    note: '山形为变化的分布，方框为中间一半学生，框内竖线为中位数，横线为第 10 至第 90 百分位，小点为学生（上下位置只为错开）。',
    sampled: (n: number) => `学生多于 ${n} 人的组，按大小次序等距取 ${n} 个点。`,
    few: (n: number) => `少于 ${n} 人的组不画单个学生的点。`,
    none: (n: number) => `少于 ${n} 人，不画`,
    said: (label: string, n: number, mean: string) => `${label}（${n} 人，平均 ${mean}）`,
    columns: ['组别', '人数', '平均变化', '标准差', '第 25 百分位', '中位数', '第 75 百分位'],
  },
  en: {
    title: (outcome: string) => `${outcome}: distribution of change by arm`,
    empty: 'Too few pupils have a score at both waves to draw how change is distributed.',
    axis: 'change (post minus baseline)',
    better: { 'higher-is-worse': 'better to the left of 0', 'higher-is-better': 'better to the right of 0' },
    note: 'Hill: distribution of change. Box: the middle half of pupils, with the median; line: 10th to 90th percentile; dots: pupils (spread up and down only to be seen).',
    sampled: (n: number) => `Where an arm has more than ${n} pupils, ${n} dots at even ranks stand for them.`,
    few: (n: number) => `Arms with fewer than ${n} pupils show no single pupil.`,
    none: (n: number) => `fewer than ${n}, not drawn`,
    said: (label: string, n: number, mean: string) => `${label} (n\u00a0=\u00a0${n}, mean ${mean})`,
    columns: ['arm', 'n', 'mean change', 'SD', '25th percentile', 'median', '75th percentile'],
  },
}
type Words = (typeof words)[Language]

const [width, size, lineHeight] = [400, 13.5, 18]
const [hill, gap, box, rain, below] = [52, 5, 15, 34, 16]
const [mostPoints, fewest] = [300, 5]

/** A place from 0 to 1 for each of equal values, even and always the same (van der Corput). */
const evenly = (place: number): number => {
  let [rest, result, step] = [place, 0, 0.5]
  for (; rest > 0; rest >>= 1, step /= 2) result += step * (rest & 1)
  return result
}

const sampled = (sorted: readonly number[]) =>
  sorted.length <= mostPoints
    ? sorted
    : Array.from({ length: mostPoints }, (_, place) => sorted[Math.round((place * (sorted.length - 1)) / (mostPoints - 1))]!)

type Block = {
  readonly top: number
  readonly base: number
  readonly lines: readonly string[]
  readonly sorted: readonly number[]
  readonly style: ArmStyle
  readonly drawn: boolean
}

const blocksOf = (
  { arms, minimumCell }: Raincloud,
  said: Words,
  digits: number,
): { readonly blocks: readonly Block[]; readonly height: number } => {
  const styles = armStyles(arms)
  const least = Math.min(fewest, minimumCell)
  let top = 0
  const blocks = arms.map((arm): Block => {
    const drawn = arm.changes.length >= least
    const mean = spread(arm.changes)?.mean
    const name = drawn
      ? said.said(arm.label, arm.changes.length, mean === undefined ? '–' : decimal(mean, digits))
      : `${arm.label} · ${said.none(least)}`
    const lines = wrapped(name, (width - 4) / size)
    const base = top + lines.length * lineHeight + 4 + hill
    const block = { top, base, lines, sorted: arm.changes.toSorted((left, right) => left - right), style: styles.get(arm.id)!, drawn }
    top = drawn ? base + gap + box + gap + (arm.changes.length >= minimumCell ? rain : 0) + below : top + lines.length * lineHeight + below
    return block
  })
  return { blocks, height: top }
}

const peakOf = ({ sorted }: Block) => Math.max(...kernelDensity(sorted).map(({ density }) => density))

/** The hills share one scale of density, but for one so steep that it would flatten the others. */
const cloud = ({ base, sorted, style }: Block, common: number, x: Along, y: Along): Layer => {
  const hills = kernelDensity(sorted)
  const full = Math.max(common, ...hills.map(({ density }) => density))
  const values = hills.map(({ at, density }) => ({ x: at, y: base - (density / full) * hill, y2: base }))
  const line = { color: style.colour, strokeWidth: 1.8, strokeDash: [...style.dash] }
  return { data: { values }, mark: { type: 'area', color: style.colour, fillOpacity: 0.3, line }, encoding: { x, y, y2: { field: 'y2' } } }
}

const boxOf = ({ base, sorted, style }: Block, whiskers: boolean, x: Along, y: Along): Layer[] => {
  const [p10, q1, median, q3, p90] = [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => quantileOf(sorted, share))
  const middle = base + gap + box / 2
  const [upper, lower] = [middle - box / 2, middle + box / 2]
  const rule = (strokeWidth: number) => ({ type: 'rule', color: style.colour, strokeWidth }) as const
  return [
    ...(whiskers ? [{ data: { values: [{ x: p10, x2: p90, y: middle }] }, mark: rule(1.6), encoding: { x, x2: { field: 'x2' }, y } }] : []),
    {
      data: { values: [{ x: q1, x2: q3, y: upper, y2: lower }] },
      mark: { type: 'rect', fill: '#ffffff', stroke: style.colour, strokeWidth: 1.6, opacity: 1 },
      encoding: { x, x2: { field: 'x2' }, y, y2: { field: 'y2' } },
    },
    { data: { values: [{ x: median, y: upper, y2: lower }] }, mark: rule(3.2), encoding: { x, y, y2: { field: 'y2' } } },
  ]
}

const rainOf = ({ base, sorted, style }: Block, x: Along, y: Along): Layer => {
  const top = base + gap + box + gap + 3
  const counts = new Map<number, number>()
  const values = sampled(sorted).map((value) => {
    const place = (counts.get(value) ?? 0) + 1
    counts.set(value, place)
    return { x: value, y: top + evenly(place) * (rain - 6) }
  })
  return {
    data: { values },
    mark: { type: 'point', shape: style.shape, filled: style.filled, color: style.colour, size: 11, opacity: 0.55, strokeWidth: 0.9 },
    encoding: { x, y },
  }
}

const layersOf = (plot: Raincloud, blocks: readonly Block[], height: number, said: Words): Layer[] => {
  const drawn = blocks.filter((block) => block.drawn)
  const places = drawn.flatMap(({ sorted }) => kernelDensity(sorted).map(({ at }) => at))
  const x = along('x', [Math.min(0, ...places), Math.max(0, ...places)], {
    title: [said.axis, said.better[plot.direction]],
    tickCount: 7,
    titlePadding: 10,
    grid: false,
    titleLineHeight: 18,
  })
  const y = along('y', [0, height], null, true)
  const peaks = drawn.map(peakOf)
  const common = Math.min(Math.max(...peaks), 2.5 * Math.min(...peaks))
  const zero = drawn.map(({ base, top, lines, sorted }) => ({
    x: 0,
    y: top + lines.length * lineHeight + 2,
    y2: base + gap + box + gap + (sorted.length >= plot.minimumCell ? rain : 0),
  }))
  return [
    ...drawn.map((block) => cloud(block, common, x, y)),
    { data: { values: zero }, mark: { type: 'rule', color: palette.ink, strokeWidth: 1.2 }, encoding: { x, y, y2: { field: 'y2' } } },
    ...drawn.flatMap((block) => boxOf(block, block.sorted.length >= plot.minimumCell, x, y)),
    ...drawn.filter(({ sorted }) => sorted.length >= plot.minimumCell).map((block) => rainOf(block, x, y)),
    {
      data: { values: blocks.map(({ top, lines }) => ({ y: top + lineHeight / 2, lines })) },
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: size, fontWeight: 600, lineHeight },
      encoding: { x: { value: 0 }, y, text: { field: 'lines' } },
    },
  ]
}

const tableOf = ({ arms, minimumCell }: Raincloud, said: Words, digits: number): DataTable => {
  const least = Math.min(fewest, minimumCell)
  return {
    header: said.columns,
    rows: arms.map(({ label, changes }) => {
      const found = spread(changes)
      if (!found || changes.length < least) return [label, said.none(least), '', '', '', '', '']
      const sorted = changes.toSorted((left, right) => left - right)
      const quartiles = [0.25, 0.5, 0.75].map((share) => decimal(quantileOf(sorted, share), digits))
      return [label, String(changes.length), decimal(found.mean, digits), decimal(Math.sqrt(found.variance), digits), ...quartiles]
    }),
  }
}

/** How change is distributed in each arm: a hill, a box and the pupils beneath, over a line at no change. No pupil of a small arm can be picked out. */
export const raincloud = (plot: Raincloud, language: Language): Figure => {
  const said = words[language]
  const title = said.title(plot.outcome)
  const sizes = plot.arms.map(({ changes }) => changes.length)
  const digits = digitsFor(plot.arms.flatMap(({ changes }) => changes))
  const notes = [
    said.note,
    ...(sizes.some((n) => n > mostPoints) ? [said.sampled(mostPoints)] : []),
    ...(sizes.some((n) => n < plot.minimumCell) ? [said.few(plot.minimumCell)] : []),
  ]
  const { blocks, height } = blocksOf(plot, said, digits)
  const base = { title, empty: said.empty, notes, table: tableOf(plot, said, digits) }
  if (!blocks.some(({ drawn }) => drawn)) return { ...base, spec: null }
  return { ...base, spec: layered(language, title, { width, height }, layersOf(plot, blocks, height, said)) }
}

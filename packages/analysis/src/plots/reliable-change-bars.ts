import { across, type DataTable, down, type Figure, type Layer, layered, type PlotArm } from './figure.ts'
import { keysAbove, swatch } from './keys.ts'
import { shareWords } from './number-words.ts'
import { spreadOut } from './side-names.ts'
import { ems, wrapped } from './text-width.ts'
import { type Language, palette } from './theme.ts'

const classes = ['recovered', 'improved', 'unchanged', 'worse'] as const
type ChangeClass = (typeof classes)[number]

type Counted = PlotArm & {
  /** recovered is null where the scale has no cut-off to cross */
  readonly counts: { readonly recovered: number | null } & Readonly<Record<Exclude<ChangeClass, 'recovered'>, number>>
}
export type ReliableChangeBars = {
  readonly outcome: string
  /** an arm with fewer pupils is not drawn */
  readonly minimumCell: number
  readonly arms: readonly Counted[]
}

const words = {
  'zh-CN': {
    title: (outcome: string) => `${outcome}：可靠变化`,
    empty: '没有足够多的学生两轮都有得分，不画可靠变化。',
    names: { recovered: '好转并越过界值', improved: '好转', unchanged: '无可靠变化', worse: '变差' },
    note: '可靠变化：变化大于量表测量误差所能解释的范围（Jacobson 与 Truax）。没有真实变化的学生中也约有 5% 会落在界外。它描述的是各组，不是对任何学生的判断。',
    few: (n: number) => `少于 ${n} 人，不画`,
    said: (label: string, n: number) => `${label}（${n} 人）`,
    columns: ['组别', '人数'],
  },
  en: {
    title: (outcome: string) => `${outcome}: reliable change`,
    empty: 'Too few pupils have a score at both waves to draw reliable change.',
    names: { recovered: 'improved, past the cut-off', improved: 'improved', unchanged: 'no reliable change', worse: 'worse' },
    note: 'Reliable: a change larger than the scale’s error of measurement explains (Jacobson and Truax). About 5% of pupils without any true change fall outside too. It describes arms and judges no pupil.',
    few: (n: number) => `fewer than ${n}, not drawn`,
    said: (label: string, n: number) => `${label} (n\u00a0=\u00a0${n})`,
    columns: ['arm', 'n'],
  },
}
type Words = (typeof words)[Language]

const [width, size, lineHeight, bar] = [420, 13.5, 18, 32]

// four greys apart in black and white, and each side of unchanged its own hue
const looks: Readonly<Record<ChangeClass, { readonly fill: string; readonly text: string }>> = {
  recovered: { fill: '#2f8070', text: '#ffffff' },
  improved: { fill: '#a9cfc4', text: palette.ink },
  unchanged: { fill: '#eceeeb', text: palette.ink },
  worse: { fill: '#6b3a1a', text: '#ffffff' },
}

const totalOf = ({ counts }: Counted) => (counts.recovered ?? 0) + counts.improved + counts.unchanged + counts.worse
const kindsIn = ({ arms }: ReliableChangeBars) => classes.filter((kind) => arms.some(({ counts }) => counts[kind] !== null))

type Segment = {
  readonly x: number
  readonly x2: number
  readonly y: number
  readonly y2: number
  readonly said: string
  readonly fill: string
  readonly text: string
}

const segmentsOf = (arm: Counted, kinds: readonly ChangeClass[], y: number): readonly Segment[] => {
  const total = totalOf(arm)
  let x = 0
  return kinds.flatMap((kind) => {
    const share = (arm.counts[kind] ?? 0) / total
    if (share === 0) return []
    const segment = { x, x2: x + share * width, y, y2: y + bar, said: shareWords(share), ...looks[kind] }
    x = segment.x2
    return [segment]
  })
}

const isWide = ({ x, x2, said }: Segment) => x2 - x >= ems(said) * size + 8

const blocksOf = (plot: ReliableChangeBars, said: Words) => {
  const kinds = kindsIn(plot)
  let top = 0
  const blocks = plot.arms.map((arm) => {
    const drawn = totalOf(arm) >= Math.max(1, plot.minimumCell)
    const lines = wrapped(drawn ? said.said(arm.label, totalOf(arm)) : `${arm.label} · ${said.few(plot.minimumCell)}`, width / size)
    const y = top + lines.length * lineHeight + 5
    const segments = drawn ? segmentsOf(arm, kinds, y) : []
    const narrow = segments.filter((segment) => !isWide(segment))
    const block = { top, lines, segments, narrow }
    top = drawn ? y + bar + (narrow.length > 0 ? 24 : 0) + 20 : top + lines.length * lineHeight + 20
    return block
  })
  return { blocks, height: top - 16 }
}
type Blocks = ReturnType<typeof blocksOf>

/** Shares too narrow for their number, said below the bar, none upon another. */
const narrowLabels = ({ blocks }: Blocks) =>
  blocks.flatMap(({ narrow }) => {
    const places = spreadOut(
      narrow.map(({ x, x2, said }) => ({ at: (x + x2) / 2, tall: ems(said) * size + 8 })),
      width,
    )
    return narrow.map(({ x, x2, y2, said }, place) => ({ x: places[place]!, y: y2 + 15, said, from: (x + x2) / 2, end: y2 + 6, y2 }))
  })

const layersOf = (laid: Blocks): Layer[] => {
  const [x, y] = [across(width), down(laid.height)]
  const segments = laid.blocks.flatMap((block) => block.segments)
  const text = { type: 'text', baseline: 'middle', fontSize: size, lineHeight } as const
  const narrow = narrowLabels(laid)
  return [
    {
      data: { values: segments },
      mark: { type: 'rect', stroke: palette.quiet, strokeWidth: 0.8, opacity: 1 },
      encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' }, fill: { field: 'fill', type: 'nominal', scale: null } },
    },
    {
      data: {
        values: segments
          .filter(isWide)
          .map((one) => ({ x: (one.x + one.x2) / 2, y: (one.y + one.y2) / 2, said: one.said, colour: one.text })),
      },
      mark: { ...text, fontWeight: 600 },
      encoding: { x, y, text: { field: 'said' }, color: { field: 'colour', type: 'nominal', scale: null } },
    },
    {
      data: { values: narrow.map(({ from, y2, x: x2, end }) => ({ x: from, y: y2, x2, y2: end })) },
      mark: { type: 'rule', color: palette.quiet, strokeWidth: 1 },
      encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
    },
    { data: { values: narrow.map(({ x, y, said }) => ({ x, y, said })) }, mark: text, encoding: { x, y, text: { field: 'said' } } },
    {
      data: { values: laid.blocks.map(({ top, lines }) => ({ y: top + lineHeight / 2, lines })) },
      mark: { ...text, align: 'left', fontWeight: 600 },
      encoding: { x: { value: 0 }, y, text: { field: 'lines' } },
    },
  ]
}

const tableOf = (plot: ReliableChangeBars, said: Words): DataTable => {
  const kinds = kindsIn(plot)
  return {
    header: [...said.columns, ...kinds.map((kind) => said.names[kind])],
    rows: plot.arms.map((arm) => {
      const total = totalOf(arm)
      if (total < Math.max(1, plot.minimumCell)) return [arm.label, said.few(plot.minimumCell), ...kinds.map(() => '')]
      return [arm.label, String(total), ...kinds.map((kind) => shareWords((arm.counts[kind] ?? 0) / total, 1))]
    }),
  }
}

/** The shares of each arm that improved, stayed or got worse by more than the error of measurement: a bar an arm, its shares in words. */
export const reliableChangeBars = (plot: ReliableChangeBars, language: Language): Figure => {
  const said = words[language]
  const title = said.title(plot.outcome)
  const laid = blocksOf(plot, said)
  const base = { title, empty: said.empty, notes: [said.note], table: tableOf(plot, said) }
  if (!laid.blocks.some(({ segments }) => segments.length > 0)) return { ...base, spec: null }
  const keys = keysAbove(
    kindsIn(plot).map((kind) => ({ text: said.names[kind], mark: swatch(looks[kind].fill) })),
    0,
    width,
  )
  return { ...base, spec: layered(language, title, { width, height: laid.height }, [...layersOf(laid), ...keys]) }
}

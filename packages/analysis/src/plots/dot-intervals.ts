import { type Along, along, type Layer, type Limits, layered } from './figure.ts'
import { decimal, digitsFor, intervalWords } from './number-words.ts'
import { ems, wrapped } from './text-width.ts'
import { type Language, type PlotSpec, palette } from './theme.ts'

type Heading = { readonly kind: 'heading'; readonly text: string; readonly aside: string }
type Row = {
  readonly kind: 'row'
  readonly label: string
  readonly effect: Limits | null
  /** said instead of numbers where there are none */
  readonly reason: string
  readonly look: 'primary' | 'plain' | 'exploratory'
}
export type DotRow = Heading | Row
type DotIntervals = {
  readonly title: string
  readonly axis: string
  readonly to: string
  readonly rows: readonly DotRow[]
  /** a dashed line to compare with, besides the line of no effect */
  readonly reference?: number
}

const [width, size, saidSize, lineHeight] = [420, 13.5, 13, 17]

const effectsIn = (rows: readonly DotRow[]): readonly Limits[] =>
  rows.flatMap((row) => (row.kind === 'row' && row.effect ? [row.effect] : []))

export const effectWords = (effect: Limits, to: string, digits: number): string =>
  `${decimal(effect.estimate, digits)} (${intervalWords(effect, to, digits)})`
export const digitsOf = (effects: readonly Limits[]): number =>
  digitsFor(effects.map(({ estimate, lower, upper }) => Math.max(Math.abs(estimate), (upper - lower) / 2)))

/** From the least to the greatest limit, with no effect inside; one interval far wider than the rest is cut, so that the rest can be read. */
export const readableDomain = (effects: readonly Limits[]): readonly [number, number] => {
  const reach = ({ lower, upper }: Limits) => Math.max(Math.abs(lower), Math.abs(upper))
  const reaches = effects.map(reach).toSorted((left, right) => left - right)
  const cap = 4 * (reaches[Math.floor((reaches.length - 1) / 2)] || 1)
  const [least, most] = [Math.min(0, ...effects.map(({ lower }) => lower)), Math.max(0, ...effects.map(({ upper }) => upper))]
  const margin = (Math.min(most, cap) - Math.max(least, -cap) || 1) * 0.05
  return [Math.max(least, -cap) - margin, Math.min(most, cap) + margin]
}

/** Each row's lines and height, from the top: words above, its interval below. */
const laidOut = (rows: readonly DotRow[], to: string, digits: number) => {
  let top = 0
  const placed = rows.map((row, place) => {
    const said = row.kind === 'heading' ? row.aside : row.effect ? effectWords(row.effect, to, digits) : row.reason
    const aside = wrapped(said, (width * 0.55) / saidSize)
    const lines = wrapped(row.kind === 'heading' ? row.text : row.label, (width - Math.max(...aside.map(ems)) * saidSize - 18) / size)
    const tall = Math.max(lines.length, aside.length) * lineHeight
    const above = row.kind === 'heading' && place > 0 ? 14 : 0
    const text = top + above + lineHeight / 2
    const at = top + above + tall + 11
    top = row.kind === 'heading' ? top + above + tall + 8 : row.effect ? at + 19 : at - 11 + 10
    return { row, aside, lines, text, at }
  })
  return { placed, height: top }
}
type Placed = ReturnType<typeof laidOut>['placed']

const markOf = (look: Row['look']) =>
  ({
    type: 'point',
    shape: look === 'primary' ? 'diamond' : 'circle',
    size: look === 'primary' ? 190 : 85,
    filled: true,
    fill: look === 'exploratory' ? '#ffffff' : look === 'primary' ? palette.programme : palette.ink,
    stroke: look === 'primary' ? palette.programme : palette.ink,
    strokeWidth: 1.8,
    opacity: 1,
  }) as const

const intervalLayers = (placed: Placed, domain: readonly [number, number], x: Along, y: Along, reference?: number): Layer[] => {
  const drawn = placed.flatMap(({ row, at }) => (row.kind === 'row' && row.effect ? [{ ...row.effect, look: row.look, y: at }] : []))
  const [least, most] = domain
  const inside = (value: number) => Math.min(most, Math.max(least, value))
  const arrow = (values: readonly number[], end: number, shape: string): Layer => ({
    data: { values: values.map((at) => ({ x: end, y: at })) },
    mark: { type: 'point', shape, filled: true, color: palette.ink, size: 70, opacity: 1 },
    encoding: { x, y },
  })
  const upright = (at: number, strokeDash: number[], strokeWidth: number): Layer => ({
    data: { values: drawn.map(({ y }) => ({ x: at, y: y - 10, y2: y + 15 })) },
    mark: { type: 'rule', color: palette.ink, strokeWidth, strokeDash },
    encoding: { x, y, y2: { field: 'y2' } },
  })
  return [
    upright(0, [1, 0], 1),
    ...(reference === undefined || reference < least || reference > most ? [] : [upright(reference, [2, 3], 1)]),
    {
      data: {
        values: drawn.map(({ y, lower, upper, look }) => ({ x: inside(lower), x2: inside(upper), y, wide: look === 'primary' ? 3 : 2 })),
      },
      mark: { type: 'rule', color: palette.ink },
      encoding: { x, x2: { field: 'x2' }, y, strokeWidth: { field: 'wide', type: 'quantitative', scale: null } },
    },
    arrow(
      drawn.filter(({ lower }) => lower < least).map(({ y }) => y),
      least,
      'triangle-left',
    ),
    arrow(
      drawn.filter(({ upper }) => upper > most).map(({ y }) => y),
      most,
      'triangle-right',
    ),
    ...(['plain', 'exploratory', 'primary'] as const).map((look) => ({
      data: {
        values: drawn
          .filter((one) => one.look === look && one.estimate === inside(one.estimate))
          .map(({ y, estimate }) => ({ x: estimate, y })),
      },
      mark: markOf(look),
      encoding: { x, y },
    })),
  ]
}

const textLayers = (placed: Placed, y: Along): Layer[] => {
  const text = { type: 'text', baseline: 'middle', lineHeight } as const
  const names = (heading: boolean): Layer => ({
    data: { values: placed.filter(({ row }) => (row.kind === 'heading') === heading).map(({ lines, text: at }) => ({ lines, y: at })) },
    mark: { ...text, align: 'left', fontSize: size, ...(heading ? { fontWeight: 700 } : {}) },
    encoding: { x: { value: 0 }, y, text: { field: 'lines' } },
  })
  return [
    names(true),
    names(false),
    {
      data: { values: placed.flatMap(({ aside, text: at }) => (aside[0] === '' ? [] : [{ aside, y: at }])) },
      mark: { ...text, align: 'right', fontSize: saidSize, color: palette.quiet },
      encoding: { x: { value: width }, y, text: { field: 'aside' } },
    },
  ]
}

/** Estimates with their intervals, one below the other, each named above its line and said in numbers at the right; a line at no effect. */
export const dotIntervals = ({ title, axis, to, rows, reference }: DotIntervals, language: Language): PlotSpec => {
  const effects = effectsIn(rows)
  const domain = readableDomain(effects)
  const { placed, height } = laidOut(rows, to, digitsOf(effects))
  const x = along('x', domain, {
    title: [...wrapped(axis, (width - 10) / 13)],
    tickCount: 5,
    titlePadding: 10,
    grid: true,
    gridOpacity: 0,
    titleLineHeight: 18,
  })
  const y = along('y', [0, height], null, true)
  return layered(language, title, { width, height }, [...intervalLayers(placed, domain, x, y, reference), ...textLayers(placed, y)])
}

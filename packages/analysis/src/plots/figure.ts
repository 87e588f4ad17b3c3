import type { Language, PlotSpec } from './theme.ts'
import { configFor } from './theme.ts'

export type DataTable = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** A picture with what it needs beside it: a name for screen readers, words on how to read it, and its numbers as text. */
export type Figure = {
  readonly title: string
  /** null: there is nothing to draw, say `empty` */
  readonly spec: PlotSpec | null
  readonly empty: string
  readonly notes: readonly string[]
  readonly table: DataTable
}

/** An arm as a picture needs it, its label already in the reader's language. */
export type PlotArm = { readonly id: string; readonly label: string; readonly control: boolean }
export type Limits = { readonly estimate: number; readonly lower: number; readonly upper: number }
export type Layer = Extract<PlotSpec, { layer: unknown }>['layer'][number]

type Size = { readonly width: number; readonly height: number }

// vega makes room for what stands outside the plot by our text widths, which are guesses: the edge forgives them
const edge = 8

export const layered = (language: Language, description: string, { width, height }: Size, layer: Layer[]): PlotSpec => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  description,
  width,
  height,
  padding: edge,
  config: configFor(language),
  layer,
})

type UnitLayer = Extract<Layer, { mark: unknown }>
type AxisWords = Extract<NonNullable<UnitLayer['encoding']>['x'], { axis?: unknown }>['axis']

/** A field along an axis from here to there, exactly; turned, it grows downwards. */
export const along = (field: string, domain: readonly [number, number], axis: AxisWords = null, turned = false) => ({
  field,
  type: 'quantitative' as const,
  scale: { domain: [...domain], nice: false as const, zero: false, ...(turned ? { reverse: true } : {}) },
  axis: axis ?? null,
})
export type Along = ReturnType<typeof along>

/** Scales whose unit is a pixel, for what is laid out by hand. */
export const across = (width: number): Along => along('x', [0, width])
export const down = (height: number): Along => along('y', [0, height], null, true)

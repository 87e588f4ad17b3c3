/** The ends of what a scale can score. */
import { valuesOf } from './answers.ts'
import type { Definition, Scale } from './definition.ts'
import { counted, metricValue, reverse } from './scale-value.ts'

type Range = { readonly from: number; readonly to: number }
type Part = Range & { readonly weight: number }

const rangeOf = (values: readonly number[]): Range => ({ from: Math.min(...values), to: Math.max(...values) })

const itemParts = (definition: Definition, scale: Scale): readonly Part[] =>
  scale.items.map(({ item, reversed, weight = 1 }) => {
    const values = valuesOf(definition, item)
    return { ...rangeOf(values.map((value) => counted(scale, reversed ? reverse(value, values) : value))), weight }
  })

const componentParts = (definition: Definition, scale: Scale): readonly Part[] =>
  (scale.of ?? []).map((part) => {
    const range = scaleRange(definition, part.scale)
    return { ...(scale.method === 'count' ? { from: 0, to: 1 } : range), weight: part.weight ?? 1 }
  })

/** The raw scores that complete sheets can reach, before the metric. */
export const rawRange = (definition: Definition, scale: Scale): Range => {
  const parts = scale.of ? componentParts(definition, scale) : itemParts(definition, scale)
  const divisor = scale.method === 'mean' ? parts.reduce((sum, { weight }) => sum + weight, 0) : 1
  const total = (end: 'from' | 'to') => parts.reduce((sum, part) => sum + part.weight * part[end], 0) / divisor
  return { from: total('from'), to: total('to') }
}

/** The scores that complete sheets can reach, on the metric on which bands, cut-offs, norms and rules stand. */
export const scaleRange = (definition: Definition, scaleId: string): Range => {
  const scale = definition.scales.find((candidate) => candidate.id === scaleId)
  if (!scale) throw new Error(`scaleRange knows no scale ${scaleId} in ${definition.id}`)
  const { from, to } = rawRange(definition, scale)
  const rows = scale.transform?.kind === 'table' ? scale.transform.rows.map(([raw]) => raw).filter((raw) => raw > from && raw < to) : []
  return rangeOf([from, ...rows, to].map((raw) => metricValue(scale, raw)))
}

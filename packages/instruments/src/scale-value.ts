/** From a tally of answers to the value and band of one scale: the missing rule, the metric and the rounding. Free of zod. */
import type { Scale } from './definition.ts'

/** Mirrors a coded value within the range of its options: reversing twice is the identity. */
export const reverse = (value: number, values: readonly number[]) => Math.min(...values) + Math.max(...values) - value

const powersOfTen = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

const halfUp = (value: number, decimals: number) => {
  const factor = powersOfTen[decimals]!
  const scaled = value * factor
  return Number.isInteger(scaled) ? scaled / factor : Math.floor(Number(scaled.toPrecision(14)) + 0.5) / factor
}

const onMetric = (transform: Scale['transform'], raw: number): number => {
  if (transform === undefined) return raw
  if (transform.kind === 'linear') return raw * transform.multiply + transform.add
  const whole = halfUp(raw, 0)
  let row = transform.rows[0]!
  for (const candidate of transform.rows) if (candidate[0] <= whole) row = candidate
  return row[1]
}

/** A raw score on the scale's metric, rounded as the scale says. */
export const metricValue = ({ transform, rounding }: Scale, raw: number): number => {
  const value = onMetric(transform, raw)
  return rounding.mode === 'none' ? value : halfUp(value, rounding.decimals)
}

/** Where `value` lies among the bands, -1 for none. A score between two belongs to the lower. */
export const bandPosition = ({ bands }: Scale, value: number): number => {
  for (let position = bands.length - 1; position >= 0; position -= 1) if (value >= bands[position]!.from) return position
  return -1
}

/** The band that holds a score. Bands of whole-number scores are closed at both ends; a score between two belongs to the lower. */
export const bandOf = (scale: Scale, value: number): string | null => scale.bands[bandPosition(scale, value)]?.id ?? null

/** What a keyed answer or a component's score adds before its weight: itself, or whether it is counted. */
export const counted = ({ method, count }: Scale, value: number): number =>
  method !== 'count' ? value : Number(count !== undefined && value >= count.from && value <= count.to)

export type Valuer = (answered: number, sum: number, weights: number) => number

/** The scale's value from a tally: how many were answered, their weighted sum and the sum of their weights. NaN where it cannot be scored. */
export const valuer = (scale: Scale, of: number, allWeights: number): Valuer => {
  const { minimumAnswered, treatment, cap = Number.POSITIVE_INFINITY } = scale.missing
  const isMean = scale.method === 'mean'
  return (answered, sum, weights) => {
    if (answered < minimumAnswered || (answered < of && treatment === 'null')) return Number.NaN
    if (answered === of) return metricValue(scale, isMean ? sum / allWeights : sum)
    if (treatment === 'zero') return metricValue(scale, Math.min(cap, isMean ? sum / allWeights : sum))
    return metricValue(scale, Math.min(cap, isMean ? sum / weights : (sum / weights) * allWeights))
  }
}

import { spread } from '../describe.ts'
import { normal, normalQuantile } from '../distributions/normal.ts'
import type { Interval } from '../result.ts'

export type BootstrapIntervals = {
  readonly standardError: number
  readonly interval: Interval
  readonly percentileInterval: Interval
  readonly bias: number
  readonly acceleration: number
}

/** The value below which a share of the sorted ones lies, between its neighbours. */
const quantile = (sorted: Float64Array, share: number): number => {
  const place = Math.min(sorted.length, Math.max(1, share * (sorted.length + 1)))
  const low = Math.floor(place)
  const above = sorted[Math.min(low, sorted.length - 1)]!
  return sorted[low - 1]! + (place - low) * (above - sorted[low - 1]!)
}

/** The acceleration from Σ of the cubes and squares of each unit's empirical influence. */
export const accelerationOf = ({ cubes, squares }: { readonly cubes: number; readonly squares: number }): number =>
  cubes / (6 * squares ** 1.5)

/**
 * The bias-corrected and accelerated interval of an estimate, and the percentile one, from its values over resamples.
 * Source: Efron 1987, doi:10.1080/01621459.1987.10478410; Davison & Hinkley 1997, ch. 5. Example: bcaInterval(values, estimate, 0.01, 0.95).interval
 */
export const bcaInterval = (found: Float64Array, estimate: number, acceleration: number, level: number): BootstrapIntervals => {
  const sorted = found.toSorted()
  let below = 0
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0
  const bias = normalQuantile(Math.min(sorted.length - 0.5, Math.max(0.5, below)) / sorted.length)
  const limit = (share: number) => {
    const shifted = bias + normalQuantile(share)
    return quantile(sorted, normal(bias + shifted / (1 - acceleration * shifted)).lower)
  }
  const edge = (1 - level) / 2
  return {
    standardError: Math.sqrt(spread([...sorted])!.variance),
    interval: { lower: limit(edge), upper: limit(1 - edge), level },
    percentileInterval: { lower: quantile(sorted, edge), upper: quantile(sorted, 1 - edge), level },
    bias,
    acceleration,
  }
}

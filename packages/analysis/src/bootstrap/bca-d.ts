import { seededRandom } from '@tongxing/instruments'
import { spread } from '../describe.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { accelerationOf, type BootstrapIntervals, bcaInterval } from './bca-interval.ts'

export type BcaD = BootstrapIntervals & {
  readonly kind: 'estimated'
  readonly method: 'bca-bootstrap-of-d'
  readonly standardisedBy: 'pooled-standard-deviation'
  readonly estimate: number
  readonly resamples: number
  readonly n: readonly [number, number]
}
type Moments = { readonly n: number; readonly mean: number; readonly squares: number }

const standardised = (a: Moments, b: Moments): number => (a.mean - b.mean) / Math.sqrt((a.squares + b.squares) / (a.n + b.n - 2))

/** Without one value, from the moments alone. */
const without = ({ n, mean, squares }: Moments, value: number): Moments => ({
  n: n - 1,
  mean: mean - (value - mean) / (n - 1),
  squares: squares - ((value - mean) ** 2 * n) / (n - 1),
})

/** Sums of the cubes and squares of the empirical influence of each value, by the jackknife in closed form. */
const influence = (values: Float64Array, own: Moments, effect: (changed: Moments) => number, whole: number) => {
  let [cubes, squares] = [0, 0]
  for (const value of values) {
    const part = ((own.n - 1) * (whole - effect(without(own, value)))) / own.n
    cubes += part ** 3
    squares += part ** 2
  }
  return { cubes, squares }
}

const resampled = (values: Float64Array, random: () => number): Moments => {
  const n = values.length
  let sum = 0
  let squares = 0
  for (let draw = 0; draw < n; draw += 1) {
    const value = values[Math.floor(random() * n)]!
    sum += value
    squares += value * value
  }
  return { n, mean: sum / n, squares: Math.max(0, squares - (sum * sum) / n) }
}

/** Values about the mean of all, so that sums of squares keep their digits; the moments of each sample with them. */
const centred = (first: readonly number[], second: readonly number[]) => {
  const all = spread([...first, ...second])!
  const of = (values: readonly number[]) => {
    const shifted = Float64Array.from(values, (value) => value - all.mean)
    const { n, mean, variance } = spread([...shifted])!
    return { shifted, moments: { n, mean, squares: variance * (n - 1) } }
  }
  return [of(first), of(second)] as const
}

/**
 * Cohen's d of two independent samples with a bias-corrected and accelerated bootstrap interval, each sample resampled by itself: for outcomes far from normal.
 * Not for pupils of several schools: their resampling must take whole schools. Not with fewer than about ten values a sample.
 * @param first @param second values in one unit, at least three each; @param seed of the draws; @param resamples 2,000 unless named
 * @returns d without unit; not-estimable with too few values or no variation. The same seed gives the same interval.
 * Source: Efron 1987, doi:10.1080/01621459.1987.10478410; Davison & Hinkley 1997, ch. 5. Example: bcaD(programme, control, { seed: 1 }).interval
 */
export const bcaD = (
  first: readonly number[],
  second: readonly number[],
  { seed = 1, resamples = 2000, level = 0.95 }: { readonly seed?: number; readonly resamples?: number; readonly level?: number } = {},
): BcaD | NotEstimable => {
  if (!(resamples >= 100)) throw new Error(`bcaD requires 100 resamples or more, got ${resamples}`)
  if (first.length < 3 || second.length < 3) return notEstimable('too-few-values')
  const [a, b] = centred(first, second)
  if (!(a.moments.squares + b.moments.squares > 0)) return notEstimable('no-variation')
  const estimate = standardised(a.moments, b.moments)
  const random = seededRandom(seed)
  const found = Float64Array.from({ length: resamples }, () => standardised(resampled(a.shifted, random), resampled(b.shifted, random)))
  if (!found.every(Number.isFinite)) return notEstimable('too-few-values') // a resample of one value only
  const parts = [
    influence(a.shifted, a.moments, (changed) => standardised(changed, b.moments), estimate),
    influence(b.shifted, b.moments, (changed) => standardised(a.moments, changed), estimate),
  ] as const
  const acceleration = accelerationOf({ cubes: parts[0].cubes + parts[1].cubes, squares: parts[0].squares + parts[1].squares })
  return {
    kind: 'estimated',
    method: 'bca-bootstrap-of-d',
    standardisedBy: 'pooled-standard-deviation',
    estimate,
    ...bcaInterval(found, estimate, acceleration, level),
    resamples,
    n: [first.length, second.length],
  }
}

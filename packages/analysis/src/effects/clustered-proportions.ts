import type { Vector } from '../linear-algebra.ts'
import { dot } from '../linear-algebra.ts'
import { leastSquares } from '../models/cluster-grams.ts'
import { adjusted } from '../models/cluster-robust.ts'
import { clusterSums } from '../models/cluster-sums.ts'
import { sandwich } from '../models/sandwich.ts'
import { type Estimate, type Interval, type NotEstimable, notEstimable, type Warning } from '../result.ts'

type Measure = Estimate & { readonly kind?: never }
/** The ratio with its interval; standard error, statistic and p are of its logarithm. */
type RatioMeasure = Measure
export type ClusteredProportions = {
  readonly kind: 'estimated'
  readonly method: 'two-proportions-cr2'
  readonly schools: number
  readonly proportions: readonly [number, number]
  /** first − second */
  readonly riskDifference: Measure
  /** null where an arm has no event, or nothing but events */
  readonly riskRatio: RatioMeasure | null
  readonly oddsRatio: RatioMeasure | null
  /** log odds ratio / 1.65, comparable with Hedges' g; `corrected` for small samples by 1 − 3/(4N − 9) */
  readonly coxIndex: {
    readonly estimate: number
    readonly standardError: number
    readonly interval: Interval
    readonly corrected: number
  } | null
  readonly warnings: readonly Warning[]
}
export type ClusteredEvent = { readonly school: string; readonly first: boolean; readonly event: boolean }

const scaled = ({ lower, upper, level }: Interval, by: (limit: number) => number): Interval => ({
  lower: by(lower),
  upper: by(upper),
  level,
})
const exponential = (found: Measure): RatioMeasure => ({
  ...found,
  estimate: Math.exp(found.estimate),
  interval: scaled(found.interval, Math.exp),
})

/** Value and slopes in the two proportions of what is asked of them; what has no finite value is left out. */
const measuresOf = (p1: number, p0: number) => [
  { name: 'riskDifference', value: p1 - p0, slopes: [1, -1] },
  ...(p1 > 0 && p0 > 0 ? [{ name: 'riskRatio', value: Math.log(p1 / p0), slopes: [1 / p1, -1 / p0] }] : []),
  ...(p1 > 0 && p0 > 0 && p1 < 1 && p0 < 1
    ? [{ name: 'oddsRatio', value: Math.log((p1 * (1 - p0)) / (p0 * (1 - p1))), slopes: [1 / (p1 * (1 - p1)), -1 / (p0 * (1 - p0))] }]
    : []),
]

const coxOf = (odds: Measure, n: number): NonNullable<ClusteredProportions['coxIndex']> => ({
  estimate: odds.estimate / 1.65,
  standardError: odds.standardError / 1.65,
  interval: scaled(odds.interval, (limit) => limit / 1.65),
  corrected: (odds.estimate / 1.65) * (1 - 3 / (4 * n - 9)),
})

/**
 * A binary outcome in two arms of whole schools: risk difference, risk ratio, odds ratio and Cox's index with standard errors robust to schools (CR2) and Satterthwaite's
 * degrees of freedom, ratios by the delta method on their logarithms. Not adjusted for a baseline: gee is for that. Not with one school in an arm.
 * @param pupils with their school, arm and event; @param level of the intervals. Not-estimable with fewer than two schools or where schools leave nothing between them.
 * Source: Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004; Sánchez-Meca et al. 2003, doi:10.1037/1082-989X.8.4.448.
 * Example: clusteredProportions([{ school: 'A', first: true, event: true }, …]).riskDifference.df
 */
export const clusteredProportions = (pupils: readonly ClusteredEvent[], level = 0.95): ClusteredProportions | NotEstimable => {
  const arm = Float64Array.from(pupils, ({ first }) => Number(first))
  const event = Float64Array.from(pupils, (pupil) => Number(pupil.event))
  const share = (wanted: 0 | 1) => {
    const of = event.filter((_, row) => arm[row] === wanted)
    return of.reduce((sum, value) => sum + value, 0) / of.length
  }
  const [p1, p0] = [share(1), share(0)]
  if (Number.isNaN(p1) || Number.isNaN(p0)) return notEstimable('too-few-values')
  const sums = clusterSums(
    pupils.map(({ school }) => school),
    [arm, event],
  )
  if (sums.length < 2) return notEstimable('too-few-schools')
  const fit = leastSquares(sums)
  if (fit.kind === 'not-estimable') return fit
  const shares = adjusted(fit.clusters, 'CR2')
  if (!shares) return notEstimable('too-few-schools')
  const measures = measuresOf(p1, p0)
  const slope = (own: Vector, place: number) =>
    dot(
      own,
      measures.map(({ slopes }) => slopes[place]!),
    )
  const coordinates = {
    contrast: (own: Vector) => fit.contrast([slope(own, 0) + slope(own, 1), slope(own, 0)]), // p1 is intercept + arm, p0 the intercept
    estimate: (own: Vector) =>
      dot(
        own,
        measures.map(({ value }) => value),
      ),
  }
  const found = sandwich(
    'CR2',
    measures.map(({ name }) => name),
    coordinates,
    shares,
    pupils.length,
    level,
  )
  if (found.kind === 'not-estimable') return found
  const [difference, ratio = null, odds = null] = found.coefficients.map(({ name: _, ...own }) => own)
  return {
    kind: 'estimated',
    method: 'two-proportions-cr2',
    schools: sums.length,
    proportions: [p1, p0],
    riskDifference: difference!,
    riskRatio: ratio && exponential(ratio),
    oddsRatio: odds && exponential(odds),
    coxIndex: odds && coxOf(odds, pupils.length),
    warnings: found.warnings,
  }
}

import { dot, type Vector } from '../linear-algebra.ts'
import { type LeastSquares, leastSquares } from '../models/cluster-grams.ts'
import type { SchoolSums } from '../models/school-sums.ts'
import { type Interval, type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { isEnumerated, type WildWeights, weightDraws } from './wild-weights.ts'

type WildCoefficient = {
  readonly name: string
  readonly estimate: number
  /** by the CR1 standard error */
  readonly statistic: number
  readonly p: number
  /** the values that are not rejected; null where no value is rejected, as with very few clusters */
  readonly interval: Interval | null
}
export type WildBootstrap = {
  readonly kind: 'estimated'
  readonly method: 'wild-cluster-bootstrap-t'
  readonly weights: WildWeights
  /** samples: all of them where `enumerated`, otherwise those drawn */
  readonly draws: number
  readonly enumerated: boolean
  readonly n: number
  readonly clusters: number
  /** the smallest p that so few clusters allow */
  readonly leastP: number
  readonly coefficients: readonly WildCoefficient[]
  readonly warnings: readonly Warning[]
}
type Asked = { readonly weights?: WildWeights; readonly draws?: number; readonly seed?: number; readonly level?: number }

/**
 * Per sample, what t takes at every null value: with δ the distance of the estimate from it, t = (n0 + n1 δ) / √(v0 + v1 δ + v2 δ²), G/(G − 1) apart.
 * Restricted residuals have the cluster scores X_j′e_j + δ G_j c / c′c, so one pass over the clusters serves all null values.
 */
type Sample = { readonly n0: number; readonly n1: number; readonly v0: number; readonly v1: number; readonly v2: number }

const samplesOf = ({ clusters }: LeastSquares, contrast: Vector, draws: Iterable<Float64Array>): readonly Sample[] => {
  const { count, p, grams, scores } = clusters
  const size = dot(contrast, contrast)
  const along = new Float64Array(count * p) // G_j c
  const [own, moved] = [new Float64Array(count), new Float64Array(count)]
  for (let j = 0; j < count; j += 1)
    for (let i = 0; i < p; i += 1) {
      let sum = 0
      for (let k = 0; k < p; k += 1) sum += grams[(j * p + i) * p + k]! * contrast[k]!
      along[j * p + i] = sum
      own[j]! += scores[j * p + i]! * contrast[i]!
      moved[j]! += (sum * contrast[i]!) / size
    }
  const [w0, w1] = [new Float64Array(p), new Float64Array(p)]
  return Array.from(draws, (weights) => {
    w0.fill(0)
    w1.fill(0)
    let [n0, n1, v0, v1, v2] = [0, 0, 0, 0, 0]
    for (let j = 0; j < count; j += 1) {
      const weight = weights[j]!
      n0 += weight * own[j]!
      n1 += weight * moved[j]!
      for (let i = 0; i < p; i += 1) {
        w0[i]! += weight * scores[j * p + i]!
        w1[i]! += (weight * along[j * p + i]!) / size
      }
    }
    for (let j = 0; j < count; j += 1) {
      let [a, b] = [weights[j]! * own[j]!, weights[j]! * moved[j]!]
      for (let i = 0; i < p; i += 1) {
        a -= along[j * p + i]! * w0[i]!
        b -= along[j * p + i]! * w1[i]!
      }
      v0 += a * a
      v1 += 2 * a * b
      v2 += b * b
    }
    return { n0, n1, v0, v1, v2 }
  })
}

/** The share of samples whose t is at least as large as the one found, the sample that was found among them. */
const pAt = (samples: readonly Sample[], distance: number, variance: number, enumerated: boolean): number => {
  const limit = (distance * distance) / variance
  let asLarge = enumerated ? 0 : 1
  for (const { n0, n1, v0, v1, v2 } of samples) {
    const numerator = n0 + n1 * distance
    if (numerator * numerator >= (1 - 1e-9) * limit * (v0 + distance * (v1 + distance * v2))) asLarge += 1
  }
  return asLarge / (samples.length + (enumerated ? 0 : 1))
}

/** How far from the estimate, in the direction of `sign`, values are not rejected; null where none is. */
const reach = (p: (distance: number) => number, standardError: number, sign: 1 | -1, alpha: number): number | null => {
  let [inside, outside] = [0, standardError]
  while (p(sign * outside) >= alpha) {
    ;[inside, outside] = [outside, outside * 1.5]
    if (outside > 1e4 * standardError) return null
  }
  while (outside - inside > 1e-9 * standardError) {
    const middle = (inside + outside) / 2
    if (p(sign * middle) >= alpha) inside = middle
    else outside = middle
  }
  return inside
}

/**
 * The wild cluster bootstrap of t (Cameron, Gelbach and Miller), the null imposed, for least squares with few clusters: a p-value for each coefficient, and
 * the interval of null values it does not reject. From per-cluster sums alone. With up to 14 clusters every Rademacher sample is gone through.
 * Not for a mixed model. Not when one cluster alone has the treatment: no resampling helps there. With fewer than six clusters Rademacher weights cannot
 * give a p below .05 (`leastP`): take Webb's.
 * @param sums per cluster, covariates in the order of `names`, then the outcome; @param names of the covariates
 * @param asked weights, draws where they are drawn (9,999), seed (1) and level of the intervals
 * @returns p to the Monte Carlo error of the draws. Not-estimable as least squares, or when a coefficient has no residual between clusters
 * Source: Cameron, Gelbach & Miller 2008, doi:10.1162/rest.90.3.414; Webb 2023, doi:10.1111/caje.12661; Roodman et al. 2019, doi:10.1177/1536867X19830877.
 * Example: wildCluster(sums, ['arm']).coefficients[1].p
 */
export const wildCluster = (sums: readonly SchoolSums[], names: readonly string[], asked: Asked = {}): WildBootstrap | NotEstimable => {
  const { weights = 'rademacher', draws = 9999, seed = 1, level = 0.95 } = asked
  if (sums.length < 2) return notEstimable('too-few-schools')
  const fit = leastSquares(sums)
  if (fit.kind === 'not-estimable') return fit
  const count = sums.length
  const enumerated = isEnumerated(weights, count)
  const units = Array.from({ length: names.length + 1 }, (_, place) =>
    Array.from({ length: names.length + 1 }, (_other, k) => Number(k === place)),
  )
  const coefficients: WildCoefficient[] = []
  for (const [place, unit] of units.entries()) {
    const contrast = fit.contrast(unit)
    const estimate = fit.estimate(unit)
    const [found] = samplesOf(fit, contrast, [new Float64Array(count).fill(1)])
    const variance = found!.v0
    if (!(variance > 1e-20 * fit.residualSum * dot(contrast, contrast))) return notEstimable('too-few-schools')
    const samples = samplesOf(fit, contrast, weightDraws(weights, count, draws, seed))
    const standardError = Math.sqrt((variance * count) / (count - 1))
    const p = (distance: number) => pAt(samples, distance, variance, enumerated)
    const [below, above] = ([1, -1] as const).map((sign) => reach(p, standardError, sign, 1 - level))
    coefficients.push({
      name: place === 0 ? '(Intercept)' : names[place - 1]!,
      estimate,
      statistic: estimate / standardError,
      p: p(estimate),
      interval: below == null || above == null ? null : { lower: estimate - below, upper: estimate + above, level },
    })
  }
  const made = enumerated ? 2 ** (count - 1) : draws
  return {
    kind: 'estimated',
    method: 'wild-cluster-bootstrap-t',
    weights,
    draws: made,
    enumerated,
    n: fit.n,
    clusters: count,
    leastP: 1 / (made + (enumerated ? 0 : 1)),
    coefficients,
    warnings: count < 20 ? ['few-schools'] : [],
  }
}

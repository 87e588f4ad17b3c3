import { seededRandom } from '@tongxing/instruments'
import { refusal } from '../models/estimable.ts'
import { leastDeviance, type Pooled, unshift } from '../models/profile.ts'
import type { SchoolSums } from '../models/school-sums.ts'
import { type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { accelerationOf, type BootstrapIntervals, bcaInterval } from './bca-interval.ts'
import { flatSchools, repooled } from './resampled-schools.ts'

type ClusterBootstrap = BootstrapIntervals & {
  readonly kind: 'estimated'
  readonly method: 'cluster-bootstrap-reml-bca'
  readonly coefficient: string
  readonly estimate: number
  readonly resamples: number
  /** resamples in which the model could not be fitted; they are left out */
  readonly failed: number
  readonly n: number
  readonly clusters: number
  readonly warnings: readonly Warning[]
}

type Asked = {
  /** the covariate whose coefficient is asked for, or '(Intercept)' */
  readonly coefficient: string
  /** covariates that are the same for all of a cluster and mark its arm: each arm is resampled by itself */
  readonly within: readonly string[]
  readonly seed?: number
  readonly resamples?: number
  readonly level?: number
}

const fewClusters = 20
const mostFailed = 0.05

/** The places of the clusters of each arm. */
const armsOf = (sums: readonly SchoolSums[], names: readonly string[], within: readonly string[]): readonly (readonly number[])[] => {
  const columns = within.map((name) => names.indexOf(name))
  if (columns.includes(-1)) throw new Error(`clusterBootstrap requires covariates to resample within, got ${within.join(', ')}`)
  if (sums.some(({ centred }) => columns.some((column) => centred[column]![column]! > 0)))
    throw new Error('clusterBootstrap requires covariates to resample within that are the same for all of a cluster')
  const places = Array.from(sums.keys())
  return [...Map.groupBy(places, (place) => columns.map((column) => sums[place]!.means[column]).join()).values()]
}

/** The coefficient of the model refitted to pooled sums in the coordinates of all schools; null when they cannot answer. */
const refitted = (pooled: Pooled, place: number): number | null => {
  const beta = leastDeviance(pooled)?.beta
  if (!beta) return null
  const contrast = unshift(
    pooled.shift,
    beta.map((_, k) => Number(k === place)),
  )
  const estimate = beta.reduce((sum, value, k) => sum + value * contrast[k]!, place === 0 ? pooled.shift.at(-1)! : 0)
  return Number.isFinite(estimate) ? estimate : null
}

/**
 * A coefficient of the random-intercept model with a bootstrap interval that resamples whole clusters within their arm, from per-cluster sums: for effects
 * whose distribution is far from normal. Not with few clusters: below about 20 the interval is too short, and a permutation of arms is the better answer.
 * @param sums per cluster, covariates in the order of `names`, then the outcome. @returns the BCa interval (jackknife over clusters) and the percentile one.
 * Not-estimable where the model is, with one cluster in an arm, or when one refit in twenty fails. Throws when names are unknown. A seed gives the same again.
 * Source: Davison & Hinkley 1997, 3.8 and 5.3; Field & Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x.
 * Example: clusterBootstrap(sums, ['arm', 'pre'], { coefficient: 'arm', within: ['arm'], seed: 1 }).interval
 */
export const clusterBootstrap = (
  sums: readonly SchoolSums[],
  names: readonly string[],
  { coefficient, within, seed = 1, resamples = 2000, level = 0.95 }: Asked,
): ClusterBootstrap | NotEstimable => {
  const place = ['(Intercept)', ...names].indexOf(coefficient)
  if (place === -1) throw new Error(`clusterBootstrap has no coefficient ${coefficient}; there are (Intercept), ${names.join(', ')}`)
  if (!(resamples >= 100)) throw new Error(`clusterBootstrap requires 100 resamples or more, got ${resamples}`)
  const arms = armsOf(sums, names, within)
  if (arms.length === 0 || arms.some((arm) => arm.length < 2)) return notEstimable('too-few-schools')
  const flat = flatSchools(sums)
  const refused = refusal(flat.whole)
  const estimate = refused ? null : refitted(flat.whole, place)
  if (refused || estimate === null) return refused ?? notEstimable('collinear')
  const refit = (taken: Uint32Array) => refitted(repooled(flat, taken), place)
  const found = drawn(arms, sums.length, seed, resamples, refit)
  const influence = jackknife(arms, sums.length, estimate, refit)
  if (!influence || found.length < (1 - mostFailed) * resamples) return notEstimable('too-few-schools')
  return {
    kind: 'estimated',
    method: 'cluster-bootstrap-reml-bca',
    coefficient,
    estimate,
    ...bcaInterval(found, estimate, accelerationOf(influence), level),
    resamples,
    failed: resamples - found.length,
    n: flat.whole.n,
    clusters: sums.length,
    warnings: sums.length < fewClusters ? ['few-schools'] : [],
  }
}

type Refit = (taken: Uint32Array) => number | null

const drawn = (arms: readonly (readonly number[])[], clusters: number, seed: number, resamples: number, refit: Refit): Float64Array => {
  const random = seededRandom(seed)
  const taken = new Uint32Array(clusters)
  const found = new Float64Array(resamples)
  let fitted = 0
  for (let resample = 0; resample < resamples; resample += 1) {
    taken.fill(0)
    for (const arm of arms) for (let draw = 0; draw < arm.length; draw += 1) taken[arm[Math.floor(random() * arm.length)]!]! += 1
    const value = refit(taken)
    if (value === null) continue
    found[fitted] = value
    fitted += 1
  }
  return found.subarray(0, fitted)
}

/** Each cluster left out once. Null when a model without one cannot be fitted. */
const jackknife = (arms: readonly (readonly number[])[], clusters: number, whole: number, refit: Refit) => {
  const taken = new Uint32Array(clusters).fill(1)
  let [cubes, squares] = [0, 0]
  for (const arm of arms)
    for (const cluster of arm) {
      taken[cluster] = 0
      const without = refit(taken)
      taken[cluster] = 1
      if (without === null) return null
      const part = ((arm.length - 1) * (whole - without)) / arm.length
      cubes += part ** 3
      squares += part ** 2
    }
  return { cubes, squares }
}

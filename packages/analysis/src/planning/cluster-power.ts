import { findRoot } from '../distributions/find-root.ts'
import { noncentralT } from '../distributions/noncentral-t.ts'
import { studentTQuantile } from '../distributions/student-t.ts'

export type ClusterDesign = {
  /** schools in all, split evenly between two arms unless `share` says otherwise */
  readonly schools: number
  /** measured pupils of a school, after attrition */
  readonly pupils: number
  readonly intraclassCorrelation: number
  /** of the baseline (and other covariates) between pupils of a school, and between schools: shares of variance explained */
  readonly rSquared?: { readonly pupils: number; readonly schools: number }
  /** standard deviation of school sizes divided by their mean */
  readonly sizeVariation?: number
  /** of the schools, in the programme arm */
  readonly share?: number
  /** covariates of schools: each takes a degree of freedom */
  readonly schoolCovariates?: number
  readonly alpha?: number
}
export type ClusterPower = {
  readonly kind: 'estimated'
  readonly method: 'cluster-trial-noncentral-t'
  readonly effect: number
  readonly power: number
  readonly noncentrality: number
  readonly standardError: number
  readonly df: number
  readonly designEffect: number
  readonly schools: number
  readonly pupils: number
}

const shares = (design: ClusterDesign) => {
  const { schools, pupils, intraclassCorrelation: rho, rSquared = { pupils: 0, schools: 0 }, sizeVariation = 0, share = 0.5 } = design
  const within = (name: string, value: number, from: number, to: number) => {
    if (!(value >= from && value <= to)) throw new Error(`clusterPower requires ${name} from ${from} to ${to}, got ${value}`)
  }
  within('an intraclass correlation', rho, 0, 1)
  within('a share of variance', rSquared.pupils, 0, 1)
  within('a share of variance', rSquared.schools, 0, 1)
  within('a share of schools', share, 0.01, 0.99)
  if (!(pupils >= 1)) throw new Error(`clusterPower requires a pupil or more a school, got ${pupils}`)
  const between = rho * (1 - rSquared.schools)
  const variance = between * (1 + sizeVariation ** 2) + ((1 - rho) * (1 - rSquared.pupils)) / pupils
  return { variance: variance / (schools * share * (1 - share)), df: schools - 2 - (design.schoolCovariates ?? 0) }
}

/**
 * The chance that a trial allocated by school finds an effect of a given size, by the noncentral t with schools − 2 degrees of freedom.
 * Not after the data: power at the effect that was found says nothing new. Not for pupils allocated one by one.
 * @param effect in total standard deviations, any sign; @param design counts, ICC (0 to 1), what the baseline explains; see the fields
 * @returns two-sided power at `alpha` (0.05 unless named). Throws when the design is out of range or leaves no degree of freedom.
 * Source: Bloom, Richburg-Hayes & Black 2007, doi:10.3102/0162373707299550; unequal sizes: Eldridge, Ashby & Kerry 2006, doi:10.1093/ije/dyl129.
 * Example: clusterPower(0.25, { schools: 40, pupils: 50, intraclassCorrelation: 0.05 }).power is 0.8346…
 */
export const clusterPower = (effect: number, design: ClusterDesign): ClusterPower => {
  const { variance, df } = shares(design)
  if (!(df >= 1)) throw new Error(`clusterPower requires more schools, got ${design.schools}`)
  const standardError = Math.sqrt(variance)
  const noncentrality = effect / standardError
  const limit = studentTQuantile((design.alpha ?? 0.05) / 2, df, 'upper')
  const power = noncentralT(limit, df, noncentrality).upper + noncentralT(-limit, df, noncentrality).lower
  const { schools, pupils, intraclassCorrelation, sizeVariation = 0 } = design
  const designEffect = 1 + (pupils * (1 + sizeVariation ** 2) - 1) * intraclassCorrelation
  return {
    kind: 'estimated',
    method: 'cluster-trial-noncentral-t',
    effect,
    power,
    noncentrality,
    standardError,
    df,
    designEffect,
    schools,
    pupils,
  }
}

/** The smallest effect, in total standard deviations, that the design finds with this power. */
export const minimumDetectableEffect = (power: number, design: ClusterDesign): number => {
  const alpha = design.alpha ?? 0.05
  if (!(power > alpha && power < 1)) throw new Error(`minimumDetectableEffect requires a power between ${alpha} and 1, got ${power}`)
  const gap = (effect: number) => clusterPower(effect, design).power - power
  let high = clusterPower(0, design).standardError
  while (gap(high) < 0) high *= 2
  return findRoot(gap, 0, high)
}

/** The fewest schools, an even number, that find the effect with this power; null when 10,000 do not. */
export const schoolsNeeded = (power: number, effect: number, design: Omit<ClusterDesign, 'schools'>): number | null => {
  const enough = (half: number) => clusterPower(effect, { ...design, schools: 2 * half }).power >= power
  const least = Math.floor((3 + (design.schoolCovariates ?? 0)) / 2) + 1
  let [few, many] = [least - 1, 5000]
  if (!enough(many)) return null
  while (many - few > 1) {
    const half = Math.floor((few + many) / 2)
    if (enough(half)) many = half
    else few = half
  }
  return 2 * many
}

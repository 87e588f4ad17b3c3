import { chiSquared } from '../distributions/chi-squared.ts'
import { clusterSums } from './cluster-sums.ts'
import { type NestedData, nestedMixedModel } from './nested-mixed-model.ts'
import { devianceWithoutSchools, pool } from './profile.ts'

type Dropped = { readonly term: string; readonly statistic: number; readonly df: number; readonly p: number }
/** `allLevels`: all that varies by group at once, against rows that are independent. */
export type NestedTests = { readonly terms: readonly Dropped[]; readonly levels: readonly Dropped[]; readonly allLevels: Dropped | null }

type Columns = NestedData['covariates'][number] & { readonly term: string }
type Data = Omit<NestedData, 'covariates'> & { readonly covariates: readonly Columns[] }

/** Of the model in which nothing varies by group: the groups named here do not matter to it. */
const devianceOfRows = ({ levels, covariates, outcome }: NestedData): number | null => {
  const { codes, count } = levels[0]!.groups
  const names = Array.from({ length: count }, (_, group) => String(group))
  return devianceWithoutSchools(pool(clusterSums({ names, codes }, [...covariates.map(({ values }) => values), outcome])), 'ML')
}

/** A variance cannot be below zero: half of chi-squared with k variances and covariances, half with one fewer. */
const halved = (statistic: number, df: number): number =>
  (chiSquared(statistic, df).upper + (df > 1 ? chiSquared(statistic, df - 1).upper : 0)) / 2

const deviance = (data: NestedData): number | null => {
  const fit = nestedMixedModel(data, 'ML')
  return fit.kind === 'estimated' ? -2 * fit.logLik : null
}

/** Terms that no other contains: only these can be dropped and leave a model worth comparing. */
const droppable = (names: readonly string[]): readonly string[] => {
  const labels = (name: string) => name.split(':')
  const within = (small: string, large: string) => small !== large && labels(small).every((label) => labels(large).includes(label))
  return names.filter((name) => !names.some((other) => within(name, other)))
}

/** The model without what varies last at one level: its last slope, or the level itself; null when nothing would vary any more. */
const without = (data: Data, place: number): NestedData | null => {
  const { slopes } = data.levels[place]!
  if (slopes.length === 0 && data.levels.length === 1) return null
  const levels = data.levels.flatMap((level, k) => {
    if (k !== place) return [level]
    return slopes.length === 0 ? [] : [{ ...level, slopes: slopes.slice(0, -1) }]
  })
  return { ...data, levels }
}

/**
 * Likelihood-ratio tests by ML of the terms of a nested model, and of what varies at each level: its last slope, or its intercept where it has none.
 * For many groups; with few of them Kenward-Roger's test is the better one. A variance cannot be below zero, so the p of a level with k effects is
 * half that of chi-squared with k and half with k − 1. Null where the model cannot be estimated.
 * Source: Pinheiro & Bates 2000, doi:10.1007/b98882, 2.4; Self & Liang 1987, doi:10.1080/01621459.1987.10478472.
 * Example: nestedLikelihoodRatios(data)?.levels[0]?.p
 */
export const nestedLikelihoodRatios = (data: Data): NestedTests | null => {
  const larger = deviance(data)
  if (larger === null) return null
  const against = (smaller: NestedData | null): number | null => {
    const found = smaller && deviance(smaller)
    return found === null ? null : Math.max(0, found - larger)
  }
  const terms = droppable([...new Set(data.covariates.map(({ term }) => term))]).flatMap((term): Dropped[] => {
    const covariates = data.covariates.filter((column) => column.term !== term)
    const df = data.covariates.length - covariates.length
    const statistic = against({ ...data, covariates })
    return statistic === null ? [] : [{ term, statistic, df, p: chiSquared(statistic, df).upper }]
  })
  const levels = data.levels.flatMap(({ name, slopes }, place): Dropped[] => {
    const statistic = against(without(data, place))
    const df = slopes.length + 1
    if (statistic === null) return []
    return [{ term: `(${slopes.at(-1)?.name ?? '1'} | ${name})`, statistic, df, p: halved(statistic, df) }]
  })
  const rows = devianceOfRows(data)
  const df = data.levels.reduce((sum, { slopes }) => sum + ((slopes.length + 1) * (slopes.length + 2)) / 2, 0)
  const statistic = rows === null ? null : Math.max(0, rows - larger)
  const allLevels = statistic === null ? null : { term: 'all groups', statistic, df, p: halved(statistic, df) }
  return { terms, levels, allLevels }
}

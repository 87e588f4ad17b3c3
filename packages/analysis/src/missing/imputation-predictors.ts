// What predicts a column that is being imputed: the other columns, factors as indicators, all standardised, and their cluster means.

import type { VariableData } from '../formula/design.ts'
import { zeros } from '../linear-algebra.ts'

export type Predictor = { readonly name: string; readonly values: Float64Array; readonly betweenOnly: boolean }
export type Groups = { readonly codes: Int32Array; readonly count: number }

/** About the mean, in standard deviations; null when nothing varies. */
export const standardised = (values: Float64Array): Float64Array | null => {
  const first = values[0] ?? 0
  let [sum, squares] = [0, 0]
  for (const value of values) sum += value - first
  const mean = first + sum / values.length
  for (const value of values) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / values.length)
  return deviation > 1e-12 * Math.abs(mean) && deviation > 0 ? values.map((value) => (value - mean) / deviation) : null
}

export const clusterMeans = (values: Float64Array, { codes, count }: Groups): Float64Array => {
  const [sums, sizes] = [new Float64Array(count), new Float64Array(count)]
  for (let row = 0; row < values.length; row += 1) {
    sums[codes[row]!]! += values[row]!
    sizes[codes[row]!]! += 1
  }
  return sums.map((sum, cluster) => sum / sizes[cluster]!)
}

/** The values at some rows. A loop, for `from` with a function takes ten times as long. */
export const valuesAt = (values: Float64Array, rows: Int32Array): Float64Array => {
  const taken = new Float64Array(rows.length)
  for (let k = 0; k < rows.length; k += 1) taken[k] = values[rows[k]!]!
  return taken
}

const indicatorOf = (codes: Int32Array, level: number): Float64Array => {
  const values = new Float64Array(codes.length)
  for (let row = 0; row < codes.length; row += 1) values[row] = Number(codes[row] === level)
  return values
}

/** The indicators of a factor's levels but the first, or the numbers themselves. */
export const numbersOf = (data: VariableData): readonly Float64Array[] =>
  data.kind === 'numbers' ? [data.values] : data.levels.slice(1).map((_, place) => indicatorOf(data.codes, place + 1))

/** The other columns as predictors; with clusters, the cluster means of those that vary within clusters come after them. */
export const predictorsOf = (columns: ReadonlyMap<string, VariableData>, betweenOnly: ReadonlySet<string>, groups: Groups | null) => {
  const own = [...columns].flatMap(([name, data]) =>
    numbersOf(data).flatMap((values): readonly Predictor[] => {
      const scaled = standardised(values)
      return scaled ? [{ name, values: scaled, betweenOnly: betweenOnly.has(name) }] : []
    }),
  )
  if (!groups) return { own, means: [] }
  const means = own.flatMap((one): readonly Predictor[] => {
    if (one.betweenOnly) return []
    const of = clusterMeans(one.values, groups)
    const scaled = standardised(valuesAt(of, groups.codes))
    return scaled ? [{ name: one.name, values: scaled, betweenOnly: true }] : []
  })
  return { own, means }
}

const strength = ({ values }: Predictor, rows: Int32Array, targets: readonly Float64Array[]): number =>
  Math.max(
    ...targets.map((target) => {
      let sum = 0
      for (let k = 0; k < rows.length; k += 1) sum += values[rows[k]!]! * target[k]!
      return Math.abs(sum)
    }),
  )

/** The strongest of too many, in their own order. */
export const strongest = (
  all: readonly Predictor[],
  most: number,
  rows: Int32Array,
  targets: readonly Float64Array[],
): readonly Predictor[] => {
  if (all.length <= most) return all
  const ranked = all.map((one, place) => ({ place, size: strength(one, rows, targets) })).sort((a, b) => b.size - a.size)
  const kept = new Set(ranked.slice(0, Math.max(0, most)).map(({ place }) => place))
  return all.filter((_, place) => kept.has(place))
}

/** Those of which none is, over these rows, a combination of the intercept and the ones before it; `at` are their values there. */
export const independent = (all: readonly Predictor[], rows: Int32Array) => {
  const columns = [new Float64Array(rows.length).fill(1), ...all.map(({ values }) => valuesAt(values, rows))]
  const lower = zeros(columns.length)
  const kept: number[] = []
  for (const [i, column] of columns.entries()) {
    let pivot = 0
    for (const value of column) pivot += value * value
    const own = pivot
    for (const j of kept) {
      let sum = 0
      for (let row = 0; row < rows.length; row += 1) sum += column[row]! * columns[j]![row]!
      for (const k of kept) {
        if (k >= j) break
        sum -= lower[i]![k]! * lower[j]![k]!
      }
      lower[i]![j] = sum / lower[j]![j]!
      pivot -= lower[i]![j]! ** 2
    }
    if (!(pivot > 1e-8 * own)) continue
    lower[i]![i] = Math.sqrt(pivot)
    kept.push(i)
  }
  return { kept: kept.slice(1).map((place) => all[place - 1]!), at: kept.slice(1).map((place) => columns[place]!) }
}

// The working correlations of estimating equations: their moments, and what a cluster's inverse correlation makes of its rows.
import type { ScaledColumns } from './scaled-columns.ts'

/** In ar1 the rows of a cluster stand in the order of time, one step apart. */
export const workingCorrelations = ['independence', 'exchangeable', 'ar1'] as const
export type WorkingCorrelation = (typeof workingCorrelations)[number]

export type Clusters = { readonly codes: Int32Array; readonly sizes: Float64Array }
type Working = { readonly scale: number; readonly alpha: number }
/** Per row the square root of its variance, and its residual in units of it. */
type Rows = { readonly root: Float64Array; readonly pearson: Float64Array }
/** X_j′A R⁻¹A X_j and X_j′A R⁻¹e_j of every cluster by rows, flat. */
export type Equations = { readonly grams: Float64Array; readonly scores: Float64Array }

export const clustersOf = (names: readonly string[]): Clusters => {
  const places = new Map<string, number>()
  const codes = Int32Array.from(names, (name) => {
    const code = places.get(name) ?? places.size
    places.set(name, code)
    return code
  })
  const sizes = new Float64Array(places.size)
  for (const code of codes) sizes[code]! += 1
  return { codes, sizes }
}

/** Whether α makes a correlation matrix of the largest cluster. */
export const isCorrelation = (correlation: WorkingCorrelation, alpha: number, largest: number): boolean =>
  correlation === 'ar1' ? Math.abs(alpha) < 1 : alpha < 1 && 1 + (largest - 1) * alpha > 0

/** Over all pairs of rows of one cluster. */
const exchangeableAlpha = (pearson: Float64Array, { codes, sizes }: Clusters, scale: number): number => {
  const sums = new Float64Array(sizes.length)
  for (let row = 0; row < pearson.length; row += 1) sums[codes[row]!]! += pearson[row]!
  const squares = pearson.reduce((total, value) => total + value * value, 0)
  const pairs = sizes.reduce((total, size) => total + (size * (size - 1)) / 2, 0)
  return pairs === 0 ? 0 : (sums.reduce((total, sum) => total + sum * sum, 0) - squares) / 2 / pairs / scale
}

/** Sums of products and numbers of pairs, by how many steps the two rows of a cluster lie apart. */
const lagged = (pearson: Float64Array, { codes, sizes }: Clusters) => {
  const members = Array.from(sizes, (): number[] => [])
  for (const [row, code] of codes.entries()) members[code]!.push(pearson[row]!)
  const largest = sizes.reduce((most, size) => Math.max(most, size), 1)
  const [products, pairs] = [new Float64Array(largest), new Float64Array(largest)]
  for (const own of members)
    for (let i = 0; i < own.length; i += 1)
      for (let j = i + 1; j < own.length; j += 1) {
        products[j - i]! += own[i]! * own[j]!
        pairs[j - i]! += 1
      }
  return { products, pairs }
}

/** Least squares of the products of all pairs on α to the power of their distance, as geepack has it: the root of its derivative, by bisection on its only change of sign near the lag of one. */
const firstOrderAlpha = (pearson: Float64Array, clusters: Clusters, scale: number): number => {
  const { products, pairs } = lagged(pearson, clusters)
  if (!(pairs[1]! > 0)) return 0
  const slope = (alpha: number): number => {
    let sum = 0
    for (let lag = 1; lag < pairs.length; lag += 1) sum += lag * alpha ** (lag - 1) * (products[lag]! / scale - pairs[lag]! * alpha ** lag)
    return sum
  }
  const start = Math.max(-0.999, Math.min(0.999, products[1]! / scale / pairs[1]!))
  const side = Math.sign(slope(start))
  let [low, high] = [start, start]
  for (let step = 0.01; Math.sign(slope(high)) === side && Math.abs(high) < 1; step *= 1.5) {
    low = high
    high += side * step
  }
  for (let step = 0; step < 200 && low !== high; step += 1) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (Math.sign(slope(middle)) === side) low = middle
    else high = middle
  }
  return high
}

/** φ over all rows, and α, by moments. */
export const workingOf = (pearson: Float64Array, clusters: Clusters, correlation: WorkingCorrelation): Working => {
  const scale = pearson.reduce((total, value) => total + value * value, 0) / pearson.length
  if (correlation === 'exchangeable') return { scale, alpha: exchangeableAlpha(pearson, clusters, scale) }
  return { scale, alpha: correlation === 'ar1' ? firstOrderAlpha(pearson, clusters, scale) : 0 }
}

const firstOrderEquations = ({ columns }: ScaledColumns, { root, pearson }: Rows, { codes, sizes }: Clusters, alpha: number): Equations => {
  const p = columns.length
  const [grams, scores] = [new Float64Array(sizes.length * p * p), new Float64Array(sizes.length * p)]
  const before = new Int32Array(sizes.length).fill(-1)
  const z = new Float64Array(p)
  for (let row = 0; row < pearson.length; row += 1) {
    const cluster = codes[row]!
    const last = before[cluster]!
    before[cluster] = row
    const [keep, share] = last < 0 ? [1, 0] : [1 / Math.sqrt(1 - alpha * alpha), alpha]
    const e = keep * (pearson[row]! - (share === 0 ? 0 : share * pearson[last]!))
    for (let k = 0; k < p; k += 1) {
      z[k] = keep * (root[row]! * columns[k]![row]! - (share === 0 ? 0 : share * root[last]! * columns[k]![last]!))
      scores[cluster * p + k]! += z[k]! * e
      for (let i = 0; i <= k; i += 1) grams[(cluster * p + k) * p + i]! += z[k]! * z[i]!
    }
  }
  for (let cluster = 0; cluster < sizes.length; cluster += 1)
    for (let k = 0; k < p; k += 1) for (let i = 0; i < k; i += 1) grams[(cluster * p + i) * p + k] = grams[(cluster * p + k) * p + i]!
  return { grams, scores }
}

const exchangeableEquations = (
  { columns }: ScaledColumns,
  { root, pearson }: Rows,
  { codes, sizes }: Clusters,
  alpha: number,
): Equations => {
  const p = columns.length
  const [grams, scores] = [new Float64Array(sizes.length * p * p), new Float64Array(sizes.length * p)]
  const totals = new Float64Array(sizes.length * (p + 1))
  const z = new Float64Array(p)
  for (let row = 0; row < pearson.length; row += 1) {
    const [cluster, e] = [codes[row]!, pearson[row]!]
    for (let k = 0; k < p; k += 1) {
      z[k] = root[row]! * columns[k]![row]!
      totals[cluster * (p + 1) + k]! += z[k]!
      scores[cluster * p + k]! += z[k]! * e
      for (let i = 0; i <= k; i += 1) grams[(cluster * p + k) * p + i]! += z[k]! * z[i]!
    }
    totals[cluster * (p + 1) + p]! += e
  }
  for (let cluster = 0; cluster < sizes.length; cluster += 1) {
    const [inside, between] = [1 / (1 - alpha), alpha / (1 + (sizes[cluster]! - 1) * alpha)]
    const total = (k: number) => totals[cluster * (p + 1) + k]!
    for (let k = 0; k < p; k += 1) {
      scores[cluster * p + k] = inside * (scores[cluster * p + k]! - between * total(k) * total(p))
      for (let i = 0; i <= k; i += 1) {
        const value = inside * (grams[(cluster * p + k) * p + i]! - between * total(k) * total(i))
        grams[(cluster * p + k) * p + i] = grams[(cluster * p + i) * p + k] = value
      }
    }
  }
  return { grams, scores }
}

export const clusterEquations = (
  x: ScaledColumns,
  rows: Rows,
  clusters: Clusters,
  correlation: WorkingCorrelation,
  alpha: number,
): Equations => (correlation === 'ar1' ? firstOrderEquations(x, rows, clusters, alpha) : exchangeableEquations(x, rows, clusters, alpha))

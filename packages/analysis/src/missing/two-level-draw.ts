// One draw from the posterior of y = Xb + cluster + residual, for imputation. Under flat priors on b, log s² and the square root of the ratio
// λ = τ²/s², the posterior of λ alone is the REML likelihood: it is drawn on a grid, and everything else given it, so no chain has to settle.
import { chiSquaredDraw, normalDraw, type Random } from './random-draws.ts'

/** The rows where y is observed; `codes` are null without clusters. Columns are of order one, the intercept is not among them. */
export type Observed = {
  readonly y: Float64Array
  readonly columns: readonly Float64Array[]
  readonly codes: Int32Array | null
  readonly clusters: number
}
export type Coefficients = { readonly beta: Float64Array; readonly clusters: Float64Array }
/** Coefficients (intercept first) and cluster effects: the best estimate, and one draw. */
export type TwoLevelDraw = { readonly estimate: Coefficients; readonly draw: Coefficients }

/** Square matrices row after row; `bySize` has for each size of cluster the sum of t t′ over the clusters of that size, t a cluster's column totals. */
type Sums = {
  readonly width: number
  readonly total: Float64Array
  readonly sizes: Float64Array
  readonly totals: readonly Float64Array[]
  readonly bySize: ReadonlyMap<number, Float64Array>
}

const productsOf = (all: readonly Float64Array[]): Float64Array => {
  const [width, rows] = [all.length, all[0]!.length]
  const total = new Float64Array(width * width)
  for (let i = 0; i < width; i += 1)
    for (let j = 0; j <= i; j += 1) {
      const [left, right] = [all[i]!, all[j]!]
      let sum = 0
      for (let row = 0; row < rows; row += 1) sum += left[row]! * right[row]!
      total[i * width + j] = total[j * width + i] = sum
    }
  return total
}

const sumsOf = ({ y, columns, codes, clusters }: Observed): Sums => {
  const all = [new Float64Array(y.length).fill(1), ...columns, y]
  const width = all.length
  const [total, sizes] = [productsOf(all), new Float64Array(clusters)]
  const bySize = new Map<number, Float64Array>()
  if (!codes) return { width, total, sizes, totals: [], bySize }
  const totals = all.map((column) => {
    const sums = new Float64Array(clusters)
    for (let row = 0; row < y.length; row += 1) sums[codes[row]!]! += column[row]!
    return sums
  })
  sizes.set(totals[0]!)
  for (const [cluster, size] of sizes.entries()) {
    const sum = bySize.get(size) ?? new Float64Array(width * width)
    bySize.set(size, sum)
    for (let i = 0; i < width; i += 1) for (let j = 0; j < width; j += 1) sum[i * width + j]! += totals[i]![cluster]! * totals[j]![cluster]!
  }
  return { width, total, sizes, totals, bySize }
}

type Solved = { readonly lower: Float64Array; readonly logDeterminant: number; readonly rest: number }

/** Cholesky's L of [X y]′V⁻¹[X y] at λ: of X′V⁻¹X, then a row L⁻¹X′V⁻¹y, and what is left of y; null when a column is a combination of others. */
const solved = ({ width, total, bySize }: Sums, lambda: number): Solved | null => {
  const lower = total.slice()
  for (const [size, matrix] of bySize) {
    const weight = lambda / (1 + size * lambda)
    for (let k = 0; k < lower.length; k += 1) lower[k]! -= weight * matrix[k]!
  }
  let logDeterminant = 0
  for (let i = 0; i < width; i += 1) {
    const own = lower[i * width + i]!
    for (let j = 0; j <= i; j += 1) {
      let sum = lower[i * width + j]!
      for (let k = 0; k < j; k += 1) sum -= lower[i * width + k]! * lower[j * width + k]!
      if (j < i) lower[i * width + j] = sum / lower[j * width + j]!
      else if (i === width - 1) return { lower, logDeterminant, rest: Math.max(sum, 1e-12 * own) }
      else if (!(sum > 1e-10 * own)) return null
      else {
        lower[i * width + i] = Math.sqrt(sum)
        logDeterminant += Math.log(sum)
      }
    }
  }
  return null
}

/** L⁻ᵀv */
const backward = (lower: Float64Array, width: number, v: Float64Array): Float64Array => {
  const x = v.slice()
  for (let i = width - 2; i >= 0; i -= 1) {
    for (let k = i + 1; k < width - 1; k += 1) x[i]! -= lower[k * width + i]! * x[k]!
    x[i]! /= lower[i * width + i]!
  }
  return x
}

const logPosterior = (sums: Sums, n: number, root: number): number => {
  const lambda = root * root
  const found = solved(sums, lambda)
  if (!found) return Number.NEGATIVE_INFINITY
  let logs = 0
  for (const size of sums.sizes) logs += Math.log1p(size * lambda)
  return -(logs + found.logDeterminant + (n - sums.width + 1) * Math.log(found.rest)) / 2
}

const ladder = [0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.7, 1, 1.5, 2.5, 4, 7, 12] as const
const points = 40
const negligible = 12

/** The most likely and one drawn square root of λ, on a grid over where the posterior is not negligible. */
const rootsOf = (sums: Sums, n: number, random: Random) => {
  const coarse = ladder.map((root) => logPosterior(sums, n, root))
  const top = Math.max(...coarse)
  const inside = coarse.flatMap((value, place) => (value > top - negligible ? [place] : []))
  const [low, high] = [ladder[Math.max(0, inside[0]! - 1)]!, ladder[Math.min(ladder.length - 1, inside.at(-1)! + 1)]!]
  const grid = Array.from({ length: points }, (_, k) => low + ((high - low) * k) / (points - 1))
  const logs = grid.map((root) => logPosterior(sums, n, root))
  const best = Math.max(...logs)
  const density = logs.map((value) => Math.exp(value - best))
  let left = random() * density.reduce((sum, value) => sum + value, 0)
  const place = density.findIndex((value) => {
    left -= value
    return left < 0
  })
  const step = (high - low) / (points - 1)
  return { best: grid[logs.indexOf(best)]!, drawn: Math.abs(grid[Math.max(0, place)]! + (random() - 0.5) * step) }
}

/** The part of each cluster's summed residual that its effect keeps. */
const clusterEffects = ({ sizes, totals }: Sums, beta: Float64Array, lambda: number): Float64Array =>
  sizes.map((size, cluster) => {
    let rest = totals.at(-1)![cluster]!
    for (let k = 0; k < beta.length; k += 1) rest -= beta[k]! * totals[k]![cluster]!
    return (lambda / (1 + size * lambda)) * rest
  })

const betaAt = ({ lower }: Solved, width: number, noise: (place: number) => number): Float64Array =>
  backward(
    lower,
    width,
    Float64Array.from({ length: width - 1 }, (_, k) => lower[(width - 1) * width + k]! + noise(k)),
  )

const drawAt = (sums: Sums, n: number, lambda: number, random: Random): Coefficients | null => {
  const found = solved(sums, lambda)
  if (!found) return null
  const residual = found.rest / chiSquaredDraw(n - sums.width + 1, random)
  const beta = betaAt(found, sums.width, () => Math.sqrt(residual) * normalDraw(random))
  const effects = sums.totals.length > 0 ? clusterEffects(sums, beta, lambda) : sums.sizes
  const spread = (size: number) => Math.sqrt((residual * lambda) / (1 + size * lambda))
  return { beta, clusters: effects.map((effect, cluster) => effect + spread(sums.sizes[cluster]!) * normalDraw(random)) }
}

/**
 * Estimates a random-intercept regression and draws once from its posterior; without clusters, an ordinary regression.
 * Null when rows do not exceed coefficients or a column is a combination of others.
 * Source: van Buuren 2018, Flexible Imputation of Missing Data, 7.3; Box & Tiao 1973, 5.2. Example: twoLevelDraw(observed, random).draw.beta[0]
 */
export const twoLevelDraw = (observed: Observed, random: Random): TwoLevelDraw | null => {
  const sums = sumsOf(observed)
  const n = observed.y.length
  if (n < sums.width) return null
  const roots = observed.codes ? rootsOf(sums, n, random) : { best: 0, drawn: 0 }
  const at = solved(sums, roots.best ** 2)
  const draw = drawAt(sums, n, roots.drawn ** 2, random)
  if (!at || !draw) return null
  const beta = betaAt(at, sums.width, () => 0)
  return { estimate: { beta, clusters: observed.codes ? clusterEffects(sums, beta, roots.best ** 2) : sums.sizes }, draw }
}

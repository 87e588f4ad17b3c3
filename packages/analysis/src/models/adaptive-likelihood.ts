// The likelihood of a logistic random-intercept model with its exact gradient. A cluster's integral over b ~ N(0, 1), η = Xβ + s b, is taken by
// quadrature about its own mode and in its own curvature; with one point that is Laplace's approximation.
import { logistic, softplus } from './binary-fit.ts'
import type { QuadratureRule } from './gauss-hermite.ts'
import { linearPredictor, type ScaledColumns } from './scaled-columns.ts'

export type ClusteredRows = {
  readonly x: ScaledColumns
  readonly y: Float64Array
  /** rows of a cluster stand together: where each begins, and where the last ends */
  readonly starts: Int32Array
}
/** β on the scaled columns, then s */
export type Parameters = Float64Array
export type Likelihood = { readonly logLik: number; readonly gradient: Float64Array }

type Cluster = { readonly from: number; readonly to: number; readonly s: number; readonly eta: Float64Array; readonly y: Float64Array }

/** h(b) = Σ log p(y | b) − b²/2, its first three derivatives, and the sums that those in s need. */
const atPoint = ({ from, to, s, eta, y }: Cluster, b: number) => {
  let [value, residual, weight, third] = [(-b * b) / 2, 0, 0, 0]
  for (let row = from; row < to; row += 1) {
    const own = eta[row]! + s * b
    const p = logistic(own)
    value += y[row]! * own - softplus(own)
    residual += y[row]! - p
    weight += p * (1 - p)
    third += p * (1 - p) * (1 - 2 * p)
  }
  return { value, residual, weight, third, slope: s * residual - b, curvature: s * s * weight + 1 }
}

/** Where h is largest: it is concave, and Newton's steps are halved where they overshoot. */
const modeOf = (cluster: Cluster): number => {
  let b = 0
  let at = atPoint(cluster, b)
  for (let iteration = 0; iteration < 200; iteration += 1) {
    let step = at.slope / at.curvature
    if (Math.abs(step) <= 1e-13 * (1 + Math.abs(b))) return b + step
    let next = atPoint(cluster, b + step)
    for (let halving = 0; halving < 40 && next.value < at.value - 1e-14 * Math.abs(at.value); halving += 1) {
      step /= 2
      next = atPoint(cluster, b + step)
    }
    b += step
    at = next
  }
  return b
}

/** How much each node counts, its place, and what the gradient needs of it. */
const nodesOf = (cluster: Cluster, mode: number, sigma: number, { nodes, weights }: QuadratureRule) => {
  const points = Array.from(nodes, (z, k) => {
    const b = mode + sigma * z
    const at = atPoint(cluster, b)
    return { z, b, at, log: Math.log(weights[k]!) + (z * z) / 2 + at.value }
  })
  const top = Math.max(...points.map(({ log }) => log))
  const total = points.reduce((sum, { log }) => sum + Math.exp(log - top), 0)
  return { logSum: top + Math.log(total), points: points.map((point) => ({ ...point, share: Math.exp(point.log - top) / total })) }
}

/** Adds a cluster's part of the gradient: of the terms at the nodes as they stand, then of the nodes' moving with the parameters. */
const addGradient = (
  cluster: Cluster,
  x: ScaledColumns,
  mode: number,
  sigma: number,
  { points }: ReturnType<typeof nodesOf>,
  gradient: Float64Array,
) => {
  const { from, to, s, eta, y } = cluster
  const last = gradient.length - 1
  const at = atPoint(cluster, mode)
  const moveMode = points.reduce((sum, { share, at: one }) => sum + share * one.slope, 0)
  const moveSigma = points.reduce((sum, { share, z, at: one }) => sum + share * one.slope * z, 0) + 1 / sigma
  // dσ/dθ = −σ³/2 · d(curvature)/dθ, and the mode moves with θ too
  const perCurvature = (-(sigma ** 3) / 2) * moveSigma
  const perMode = moveMode + perCurvature * s ** 3 * at.third
  for (let row = from; row < to; row += 1) {
    let expected = 0
    for (const { b, share } of points) expected += share * logistic(eta[row]! + s * b)
    const p = logistic(eta[row]! + s * mode)
    const w = p * (1 - p)
    const along = y[row]! - expected + perCurvature * s * s * w * (1 - 2 * p) - (perMode * s * w) / at.curvature
    for (let k = 0; k < last; k += 1) gradient[k]! += along * x.columns[k]![row]!
  }
  const inNodes = points.reduce((sum, { share, b, at: one }) => sum + share * b * one.residual, 0)
  const modeInS = (at.residual - s * mode * at.weight) / at.curvature
  gradient[last]! += inNodes + perCurvature * (2 * s * at.weight + s * s * mode * at.third) + perMode * modeInS
}

export const adaptiveLikelihood = ({ x, y, starts }: ClusteredRows, parameters: Parameters, rule: QuadratureRule): Likelihood => {
  const p = x.columns.length
  const eta = linearPredictor(x, Array.from(parameters.subarray(0, p)))
  const gradient = new Float64Array(p + 1)
  let logLik = 0
  for (let place = 0; place + 1 < starts.length; place += 1) {
    const cluster: Cluster = { from: starts[place]!, to: starts[place + 1]!, s: parameters[p]!, eta, y }
    const mode = modeOf(cluster)
    const sigma = 1 / Math.sqrt(atPoint(cluster, mode).curvature)
    const found = nodesOf(cluster, mode, sigma, rule)
    logLik += Math.log(sigma) + found.logSum
    addGradient(cluster, x, mode, sigma, found, gradient)
  }
  return { logLik, gradient }
}

// The REML or ML deviance of a random-intercept model as a function of λ = τ²/σ² alone, from the pooled sums of schools.
import { findRoot } from '../distributions/find-root.ts'
import { type Matrix, multiply, quadratic, times, traceOfProduct, type Vector } from '../linear-algebra.ts'
import { factored, invertLower, type Packed, packedLength, packedQuadratic, squareOfLower, tracePacked, unpacked } from './packed.ts'
import type { Pooled } from './pooled-sums.ts'

export { type Pooled, pool, unshift } from './pooled-sums.ts'

export type Method = 'REML' | 'ML'

/** What the logarithm of the residual sum is multiplied by: REML has spent the coefficients, ML has not. */
export const freeValues = ({ n, width }: Pooled, method: Method): number => (method === 'REML' ? n - (width - 1) : n)

/** Second derivatives by λ, with the first ones they go with, for the information about the variances. */
type Curvature = {
  /** of the deviance apart from the residual sum */
  readonly determinants: number
  readonly residualSlope: number
  readonly residualSecond: number
  /** d(X′V⁻¹X)/dλ at σ² = 1 */
  readonly slopes: Matrix
}

export type Point = {
  readonly lambda: number
  readonly deviance: number
  /** the derivative of the deviance by λ */
  readonly score: number
  readonly beta: Vector
  readonly residualSum: number
  readonly curvature: () => Curvature
  readonly inverse: () => Matrix
}

/** What is known at one λ, overwritten at the next so that a search allocates nothing. Matrices are packed, [X y]′V⁻¹[X y] and its derivative by λ first. */
type Scratch = {
  readonly moments: Packed
  readonly slopes: Packed
  readonly lower: Packed
  readonly lowerInverse: Packed
  readonly inverse: Packed
  /** −b, then 1 */
  readonly residual: Float64Array
  /** the matrices between schools by entry: all sizes of the first entry, then of the second … */
  readonly byEntry: Float64Array
  /** what each size is weighted with, and the derivative of that by λ */
  readonly shares: Float64Array
  readonly rates: Float64Array
}

const scratchFor = ({ width, sizes, between }: Pooled): Scratch => {
  const length = packedLength(width)
  const packed = () => new Float64Array(length)
  const byEntry = new Float64Array(between.length)
  for (let group = 0; group < sizes.length; group += 1)
    for (let k = 0; k < length; k += 1) byEntry[k * sizes.length + group] = between[group * length + k]!
  return {
    moments: packed(),
    slopes: packed(),
    lower: packed(),
    lowerInverse: packed(),
    inverse: packed(),
    residual: new Float64Array(width),
    byEntry,
    shares: new Float64Array(sizes.length),
    rates: new Float64Array(sizes.length),
  }
}

const weigh = ({ within, sizes }: Pooled, lambda: number, { moments, slopes, byEntry, shares, rates }: Scratch) => {
  const groups = sizes.length
  for (let group = 0; group < groups; group += 1) {
    const share = 1 / (1 + sizes[group]! * lambda)
    shares[group] = share
    rates[group] = -sizes[group]! * share * share
  }
  for (let k = 0; k < moments.length; k += 1) {
    const start = k * groups
    const odd = groups % 2 // two sums side by side, for the processor adds faster than it can wait for one
    let moment = odd ? shares[0]! * byEntry[start]! : 0
    let slope = odd ? rates[0]! * byEntry[start]! : 0
    let [otherMoment, otherSlope] = [0, 0]
    for (let group = odd; group < groups; group += 2) {
      const value = byEntry[start + group]!
      const next = byEntry[start + group + 1]!
      moment += shares[group]! * value
      slope += rates[group]! * value
      otherMoment += shares[group + 1]! * next
      otherSlope += rates[group + 1]! * next
    }
    moments[k] = within[k]! + (moment + otherMoment)
    slopes[k] = slope + otherSlope
  }
}

/** −b by substitution, once X′V⁻¹X is factored. */
const solve = ({ moments, lower, residual }: Scratch) => {
  const p = residual.length - 1
  const outcome = packedLength(p)
  for (let i = 0; i < p; i += 1) {
    let rest = -moments[outcome + i]!
    for (let k = 0; k < i; k += 1) rest -= lower[packedLength(i) + k]! * residual[k]!
    residual[i] = rest / lower[packedLength(i) + i]!
  }
  for (let i = p - 1; i >= 0; i -= 1) {
    let rest = residual[i]!
    for (let k = i + 1; k < p; k += 1) rest -= lower[packedLength(k) + i]! * residual[k]!
    residual[i] = rest / lower[packedLength(i) + i]!
  }
  residual[p] = 1
}

/** Fills the scratch at λ and returns the residual sum; null when the columns are collinear. */
const fill = (pooled: Pooled, lambda: number, scratch: Scratch): number | null => {
  const p = pooled.width - 1
  weigh(pooled, lambda, scratch)
  if (!factored(scratch.moments, p, scratch.lower)) return null
  solve(scratch)
  invertLower(scratch.lower, p, scratch.lowerInverse)
  squareOfLower(scratch.lowerInverse, p, scratch.inverse)
  return packedQuadratic(scratch.moments, scratch.residual)
}

/** The exact derivative of the deviance by λ, from a filled scratch. */
const scoreOf = (pooled: Pooled, lambda: number, method: Method, { slopes, inverse, residual }: Scratch, residualSum: number): number => {
  const { sizes, counts, width } = pooled
  let sum = (freeValues(pooled, method) * packedQuadratic(slopes, residual)) / residualSum
  if (method === 'REML') sum += tracePacked(inverse, slopes, width - 1)
  for (let group = 0; group < sizes.length; group += 1) sum += (counts[group]! * sizes[group]!) / (1 + sizes[group]! * lambda)
  return sum
}

const devianceOf = (pooled: Pooled, lambda: number, method: Method, { lower }: Scratch, residualSum: number): number => {
  const { sizes, counts, width } = pooled
  const free = freeValues(pooled, method)
  let sum = free * (1 + Math.log((2 * Math.PI * residualSum) / free))
  if (method === 'REML') for (let i = 0; i < width - 1; i += 1) sum += 2 * Math.log(lower[packedLength(i) + i]!)
  for (let group = 0; group < sizes.length; group += 1) sum += counts[group]! * Math.log(1 + sizes[group]! * lambda)
  return sum
}

const curvatureOf = (pooled: Pooled, lambda: number, method: Method, inverse: Matrix, slopes: Packed, residual: Vector): Curvature => {
  const { width, sizes, counts, between } = pooled
  const seconds = new Float64Array(slopes.length)
  let determinants = 0
  for (let group = 0; group < sizes.length; group += 1) {
    const rate = sizes[group]! / (1 + sizes[group]! * lambda)
    const weight = (2 * rate * rate) / (1 + sizes[group]! * lambda)
    determinants -= counts[group]! * rate * rate
    for (let k = 0; k < seconds.length; k += 1) seconds[k]! += weight * between[group * seconds.length + k]!
  }
  const covariates = unpacked(slopes, width - 1)
  const turned = multiply(inverse, covariates)
  if (method === 'REML') determinants += traceOfProduct(inverse, unpacked(seconds, width - 1)) - traceOfProduct(turned, turned)
  const own = Float64Array.from(residual)
  const moved = times(unpacked(slopes, width), residual).slice(0, -1)
  return {
    determinants,
    residualSlope: packedQuadratic(slopes, own),
    residualSecond: packedQuadratic(seconds, own) - 2 * quadratic(inverse, moved),
    slopes: covariates,
  }
}

const pointAt = (pooled: Pooled, lambda: number, method: Method, scratch: Scratch): Point | null => {
  const residualSum = fill(pooled, lambda, scratch)
  if (residualSum === null) return null
  const residual = [...scratch.residual]
  const slopes = scratch.slopes.slice()
  const inverse = unpacked(scratch.inverse, pooled.width - 1)
  return {
    lambda,
    beta: residual.slice(0, -1).map((value) => -value),
    residualSum,
    deviance: devianceOf(pooled, lambda, method, scratch, residualSum),
    score: scoreOf(pooled, lambda, method, scratch, residualSum),
    inverse: () => inverse,
    curvature: () => curvatureOf(pooled, lambda, method, inverse, slopes, residual),
  }
}

/** The deviance, its exact derivative and the coefficients at one λ; null when the columns are collinear. */
export const profileAt = (pooled: Pooled, lambda: number, method: Method): Point | null =>
  pointAt(pooled, lambda, method, scratchFor(pooled))

/** The deviance at no school variance, for the test of it. */
export const devianceWithoutSchools = (pooled: Pooled, method: Method): number | null => profileAt(pooled, 0, method)?.deviance ?? null

const gridLogs = Array.from({ length: 57 }, (_, step) => -21 + 0.75 * step)

/** The λ of least deviance: every valley between neighbouring grid points is solved to its root, and λ = 0 stands beside them. Null when collinear. */
export const leastDeviance = (pooled: Pooled, method: Method = 'REML'): Point | null => {
  const scratch = scratchFor(pooled)
  const at = (lambda: number) => pointAt(pooled, lambda, method, scratch)
  const atZero = at(0)
  if (!atZero) return null
  const score = (log: number) => {
    const lambda = Math.exp(log)
    const residualSum = fill(pooled, lambda, scratch)
    return residualSum === null ? Number.NaN : scoreOf(pooled, lambda, method, scratch, residualSum)
  }
  let best = atZero
  const consider = (log: number) => {
    const point = at(Math.exp(log))
    if (point && point.deviance < best.deviance) best = point
  }
  let before = score(gridLogs[0]!)
  for (let place = 1; place < gridLogs.length; place += 1) {
    const after = score(gridLogs[place]!)
    if (before < 0 && after >= 0) consider(findRoot(score, gridLogs[place - 1]!, gridLogs[place]!))
    before = after
  }
  consider(gridLogs.at(-1)!) // where the deviance falls to the end, schools are nearly all there is
  return best
}

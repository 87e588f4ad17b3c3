// The least deviance of a nested model: Newton's steps on the factors θ of the covariances, safeguarded, from the best of a coarse grid and from its edges.
import { dot, type Matrix, times, type Vector, zeros } from '../linear-algebra.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import type { Parametrisation } from './covariance-factor.ts'
import { type NestedPoint, nestedDeviance, nestedPoint } from './nested-deviance.ts'
import type { RandomTerm } from './nested-jets.ts'
import { nestedLeaves } from './nested-leaves.ts'
import type { NestedModel } from './nested-moments.ts'
import type { NestedSums } from './nested-sums.ts'
import type { Method } from './profile.ts'

/** A level with its parametrisation; `sizes` are the mean squares' roots of its columns. */
export type FittedTerm = RandomTerm & { readonly parametrisation: Parametrisation; readonly sizes: readonly number[] }
export type NestedFit = { readonly theta: Vector; readonly point: NestedPoint; readonly converged: boolean }

const split = (terms: readonly FittedTerm[], theta: Vector): readonly Vector[] => {
  let from = 0
  return terms.map(({ bases }) => {
    const own = theta.slice(from, from + bases.length)
    from += bases.length
    return own
  })
}
const phiOf = (terms: readonly FittedTerm[], theta: Vector): Vector =>
  split(terms, theta).flatMap((own, k) => terms[k]!.parametrisation.phi(own))

/** J, with a block for each term */
export const jacobianOf = (terms: readonly FittedTerm[], theta: Vector): Matrix => {
  const jacobian = zeros(theta.length)
  let from = 0
  for (const [k, own] of split(terms, theta).entries()) {
    for (const [i, row] of terms[k]!.parametrisation.jacobian(own).entries())
      for (const [j, value] of row.entries()) jacobian[from + i]![from + j] = value
    from += own.length
  }
  return jacobian
}

/** J′v */
export const byTheta = (jacobian: Matrix, v: Vector): Vector =>
  v.map((_, j) =>
    dot(
      v,
      jacobian.map((row) => row[j]!),
    ),
  )

/** J′HJ + Σ gradient·curvature: second derivatives by φ as ones by θ. */
export const hessianByTheta = (terms: readonly FittedTerm[], theta: Vector, hessian: Matrix, gradient: Vector): Matrix => {
  const jacobian = jacobianOf(terms, theta)
  const turned = theta.map((_, j) =>
    times(
      hessian,
      jacobian.map((row) => row[j]!),
    ),
  )
  const made = theta.map((_, i) => turned.map((column) => jacobian.reduce((sum, row, k) => sum + row[i]! * column[k]!, 0)))
  let from = 0
  for (const { bases, parametrisation } of terms) {
    for (const [k, matrix] of parametrisation.curvature.entries())
      for (let i = 0; i < bases.length; i += 1)
        for (let j = 0; j < bases.length; j += 1) made[from + i]![from + j]! += gradient[from + k]! * matrix[i]![j]!
    from += bases.length
  }
  return made
}

/** A step downhill: Newton's, with the curvature of every direction made positive. */
const stepOf = (hessian: Matrix, gradient: Vector): Vector => {
  const { values, vectors } = symmetricEigen(hessian)
  const largest = Math.max(...values.map(Math.abs), 1e-300)
  const step = new Array<number>(gradient.length).fill(0)
  for (const [k, vector] of vectors.entries()) {
    const share = dot(vector, gradient) / Math.max(Math.abs(values[k]!), 1e-12 * largest)
    for (let i = 0; i < step.length; i += 1) step[i]! -= share * vector[i]!
  }
  return step
}

type Model = NestedModel & { readonly terms: readonly FittedTerm[]; readonly method: Method }

type Place = { readonly theta: Vector; readonly point: NestedPoint }

const placeAt = (model: Model, theta: Vector): Place | null => {
  const point = nestedPoint(model, phiOf(model.terms, theta), model.method)
  return point && { theta, point }
}

/** The step from here, how much it promises the deviance to fall (doubled), and its longest part. */
const proposed = ({ terms }: Model, { theta, point }: Place) => {
  const gradient = byTheta(jacobianOf(terms, theta), point.gradient)
  const step = stepOf(hessianByTheta(terms, theta, point.hessian, point.gradient), gradient)
  return { step, gain: -dot(step, gradient), longest: Math.max(...step.map(Math.abs)), size: 1 + Math.max(...theta.map(Math.abs)) }
}

/** The first of ever shorter steps that lowers the deviance; null when none does. */
const stepped = (model: Model, here: Place, { step, gain, longest, size }: ReturnType<typeof proposed>): Place | null => {
  // so near the foot that the deviance itself cannot tell, Newton's step is trusted
  const trusted = gain < 1e-9 * Math.max(1, Math.abs(here.point.deviance) * 1e-3)
  for (let half = 0, share = Math.min(1, (2 * size) / longest); half < 40; half += 1, share /= 2) {
    const next = placeAt(
      model,
      here.theta.map((value, i) => value + share * step[i]!),
    )
    if (next && (trusted || next.point.deviance <= here.point.deviance - 1e-4 * share * gain)) return next
  }
  return null
}

const mostRounds = 200

const descend = (model: Model, start: Vector): NestedFit | null => {
  let here = placeAt(model, start)
  if (!here) return null
  for (let round = 0; round < mostRounds; round += 1) {
    const proposal = proposed(model, here)
    const next = stepped(model, here, proposal)
    if (!next) return { ...here, converged: proposal.gain < 1e-8 }
    here = next
    if (proposal.longest < 1e-13 * proposal.size || proposal.gain < (round > 3 ? 1e-18 : 1e-24)) return { ...here, converged: true }
  }
  return { ...here, converged: false }
}

const lambdas = [0, 0.02, 0.2, 2, 20]

const combinations = (count: number): readonly Vector[] =>
  Array.from({ length: count }).reduce<readonly Vector[]>((made) => made.flatMap((own) => lambdas.map((lambda) => [...own, lambda])), [[]])

/** A θ that is zero to what the deviance can tell is put at zero. */
const snapped = (model: Model, fit: NestedFit): NestedFit => {
  let best = fit
  for (const [i, value] of fit.theta.entries()) {
    if (value === 0 || Math.abs(value) > 1e-4) continue
    const place = placeAt(
      model,
      best.theta.map((own, k) => (k === i ? 0 : own)),
    )
    if (place && place.point.deviance <= best.point.deviance + 1e-9) best = { ...best, ...place }
  }
  return best
}

/** The fit of least deviance; null when columns are collinear. */
export const nestedFit = (sums: NestedSums, terms: readonly FittedTerm[], method: Method): NestedFit | null => {
  const model = { sums, terms, method, leaves: nestedLeaves(sums, terms[0]!) }
  const thetaAt = (shares: Vector) => terms.flatMap((term, k) => term.parametrisation.start(shares[k]!, term.sizes))
  const grid = combinations(terms.length).flatMap((shares) => {
    const theta = thetaAt(shares.map((share) => Math.max(share, 1e-3)))
    const deviance = nestedDeviance(model, phiOf(terms, theta), method)
    return deviance === null ? [] : [{ theta, deviance }]
  })
  const starts = grid.toSorted((a, b) => a.deviance - b.deviance).slice(0, 2)
  const fits = starts.flatMap(({ theta }) => descend(model, theta) ?? [])
  if (fits.length === 0) return null
  return snapped(
    model,
    fits.reduce((best, fit) => (fit.point.deviance < best.point.deviance - 1e-12 ? fit : best)),
  )
}

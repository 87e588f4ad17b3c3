// The REML or ML deviance of a nested model by φ, the covariances of the random effects over σ², with its gradient and Hessian.
import { cholesky, type Factor, type Matrix, quadratic, times, traceOfProduct, type Vector } from '../linear-algebra.ts'
import { type NestedModel, type NestedMoments, nestedMoments } from './nested-moments.ts'
import type { NestedSums } from './nested-sums.ts'
import type { Method } from './profile.ts'

export type NestedPoint = {
  readonly method: Method
  /** n, or under REML n less the coefficients */
  readonly free: number
  readonly phi: Vector
  readonly deviance: number
  readonly gradient: Vector
  readonly hessian: Matrix
  readonly beta: Vector
  readonly residualSum: number
  /** X′V⁻¹X at σ² = 1, factored, and its derivatives */
  readonly factor: Factor
  readonly fixedFirst: readonly Matrix[]
  readonly fixedSecond: readonly (readonly Matrix[])[]
  readonly residualFirst: Vector
  readonly moments: NestedMoments
  /** second derivatives of the deviance at σ² = rss/free held fixed, and its first by φ and σ */
  readonly joint: { readonly phi: Matrix; readonly cross: Vector; readonly sigma: number }
}

const block = (matrix: Matrix, size: number): Matrix => matrix.slice(0, size).map((row) => row.slice(0, size))

/** In the columns' own units again: what standardising them took from the deviance. */
const unitsOf = ({ scale, fixed, n }: NestedSums, method: Method): number => {
  const free = method === 'REML' ? n - fixed : n
  const columns = scale.slice(1, fixed).reduce((sum, one) => sum + 2 * Math.log(one), 0)
  return 2 * free * Math.log(scale.at(-1)!) + (method === 'REML' ? columns : 0)
}

/** The deviance and its derivatives at φ; null when columns are collinear. */
export const nestedPoint = (model: NestedModel, phi: Vector, method: Method, curved = true): NestedPoint | null => {
  const { sums } = model
  const found = nestedMoments(model, phi, curved)
  const { logDeterminant, moments } = found
  const { fixed, n } = sums
  const [reml, free] = method === 'REML' ? [1, n - fixed] : [0, n]
  const factor = cholesky(block(moments.value, fixed))
  if (!factor) return null
  const beta = factor.solve(moments.value.slice(0, fixed).map((row) => row.at(-1)!))
  const residual = moments.value.map((_, k) => (k < fixed ? -beta[k]! : Number(k === moments.value.length - 1)))
  const residualSum = quadratic(moments.value, residual)
  const inverse = curved ? factor.inverse() : []
  const fixedFirst = moments.first.map((matrix) => block(matrix, fixed))
  const fixedSecond = moments.second.map((row) => row.map((matrix) => block(matrix, fixed)))
  const turned = fixedFirst.map((matrix) => inverse.map((row) => times(matrix, row))) // rows: A⁻¹ A_i, for both are symmetric
  const moved = moments.first.map((matrix) => times(matrix, residual).slice(0, fixed))
  const residualFirst = moments.first.map((matrix) => quadratic(matrix, residual))
  const determinants = phi.map((_, i) => logDeterminant.first[i]! + (reml && curved ? traceOfProduct(inverse, fixedFirst[i]!) : 0))
  const apart = (i: number, j: number) => ({
    determinants:
      logDeterminant.second[i]![j]! + (reml ? traceOfProduct(inverse, fixedSecond[i]![j]!) - traceOfProduct(turned[i]!, turned[j]!) : 0),
    residual: quadratic(moments.second[i]![j]!, residual) - 2 * moved[i]!.reduce((sum, v, k) => sum + v * times(inverse, moved[j]!)[k]!, 0),
  })
  const variance = residualSum / free
  const seconds = curved ? phi.map((_, i) => phi.map((_other, j) => apart(i, j))) : []
  return {
    method,
    free,
    phi,
    beta,
    residualSum,
    factor,
    fixedFirst,
    fixedSecond,
    residualFirst,
    moments: found,
    deviance:
      logDeterminant.value +
      reml * factor.logDeterminant +
      free * (1 + Math.log((2 * Math.PI * residualSum) / free)) +
      unitsOf(sums, method),
    gradient: determinants.map((own, i) => own + residualFirst[i]! / variance),
    hessian: seconds.map((row, i) =>
      row.map((own, j) => own.determinants + own.residual / variance - (residualFirst[i]! * residualFirst[j]!) / (variance * residualSum)),
    ),
    joint: {
      phi: seconds.map((row) => row.map((own) => own.determinants + own.residual / variance)),
      cross: residualFirst.map((slope) => (-2 * slope) / (variance * Math.sqrt(variance))),
      sigma: (4 * free) / variance,
    },
  }
}

// The REML or ML deviance of a nested model by φ, the covariances of the random effects over σ², with its gradient and Hessian.
import { cholesky, dot, type Factor, type Matrix, quadratic, times, traceOfProduct, type Vector } from '../linear-algebra.ts'
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

/** X′V⁻¹X factored, the coefficients, and y less their columns; null when columns are collinear. */
const solved = (moments: Matrix, fixed: number) => {
  const factor = cholesky(block(moments, fixed))
  if (!factor) return null
  const beta = factor.solve(moments.slice(0, fixed).map((row) => row.at(-1)!))
  const residual = moments.map((_, k) => (k < fixed ? -beta[k]! : Number(k === moments.length - 1)))
  return { factor, beta, residual, residualSum: quadratic(moments, residual) }
}

/** Derivatives by φ of the determinants and of the residual sum, apart. */
const derivatives = ({ logDeterminant, moments }: NestedMoments, fixed: number, reml: number, residual: Vector, factor: Factor) => {
  const inverse = factor.inverse()
  const fixedFirst = moments.first.map((matrix) => block(matrix, fixed))
  const fixedSecond = moments.second.map((row) => row.map((matrix) => block(matrix, fixed)))
  const turned = fixedFirst.map((matrix) => inverse.map((row) => times(matrix, row))) // A⁻¹A_i by row, for both are symmetric
  const moved = moments.first.map((matrix) => times(matrix, residual).slice(0, fixed))
  const back = moved.map((vector) => times(inverse, vector))
  return {
    fixedFirst,
    fixedSecond,
    determinants: {
      first: logDeterminant.first.map((own, i) => own + reml * traceOfProduct(inverse, fixedFirst[i]!)),
      second: logDeterminant.second.map((row, i) =>
        row.map((own, j) => own + reml * (traceOfProduct(inverse, fixedSecond[i]![j]!) - traceOfProduct(turned[i]!, turned[j]!))),
      ),
    },
    residual: {
      first: moments.first.map((matrix) => quadratic(matrix, residual)),
      second: moments.second.map((row, i) => row.map((matrix, j) => quadratic(matrix, residual) - 2 * dot(moved[i]!, back[j]!))),
    },
  }
}

const freeOf = ({ n, fixed }: NestedSums, method: Method) => (method === 'REML' ? n - fixed : n)
const devianceOf = (sums: NestedSums, method: Method, logDeterminant: number, factor: Factor, residualSum: number): number => {
  const free = freeOf(sums, method)
  const determinants = logDeterminant + (method === 'REML' ? factor.logDeterminant : 0)
  return determinants + free * (1 + Math.log((2 * Math.PI * residualSum) / free)) + unitsOf(sums, method)
}

/** The deviance alone at φ; null when columns are collinear. */
export const nestedDeviance = (model: NestedModel, phi: Vector, method: Method): number | null => {
  const { logDeterminant, moments } = nestedMoments(model, phi, false)
  const found = solved(moments.value, model.sums.fixed)
  return found && devianceOf(model.sums, method, logDeterminant.value, found.factor, found.residualSum)
}

/** The deviance and its derivatives at φ; null when columns are collinear. */
export const nestedPoint = (model: NestedModel, phi: Vector, method: Method): NestedPoint | null => {
  const { sums } = model
  const moments = nestedMoments(model, phi)
  const found = solved(moments.moments.value, sums.fixed)
  if (!found) return null
  const { factor, beta, residual, residualSum } = found
  const made = derivatives(moments, sums.fixed, Number(method === 'REML'), residual, factor)
  const free = freeOf(sums, method)
  const variance = residualSum / free
  const slopes = made.residual.first
  const seconds = made.determinants.second.map((row, i) => row.map((own, j) => own + made.residual.second[i]![j]! / variance))
  return {
    method,
    free,
    phi,
    beta,
    residualSum,
    factor,
    fixedFirst: made.fixedFirst,
    fixedSecond: made.fixedSecond,
    moments,
    deviance: devianceOf(sums, method, moments.logDeterminant.value, factor, residualSum),
    gradient: made.determinants.first.map((own, i) => own + slopes[i]! / variance),
    hessian: seconds.map((row, i) => row.map((own, j) => own - (slopes[i]! * slopes[j]!) / (variance * residualSum))),
    joint: {
      phi: seconds,
      cross: slopes.map((slope) => (-2 * slope) / (variance * Math.sqrt(variance))),
      sigma: (4 * free) / variance,
    },
  }
}

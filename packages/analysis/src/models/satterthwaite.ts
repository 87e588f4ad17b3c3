import { cholesky, combine, type Matrix, multiply, quadratic, type Vector } from '../linear-algebra.ts'
import { freeValues, type Method, type Point, type Pooled } from './profile.ts'

/**
 * Satterthwaite's degrees of freedom of a contrast of the fixed effects, as lmerTest computes them, from the exact observed information
 * about (θ, σ²), θ² = τ²/σ². At a singular fit θ is zero and they become the residual ones: too many, so read Kenward-Roger's first.
 * Coordinates are those of the pooled sums. The answer is null where the information is not positive definite.
 * Source: Fai & Cornelius 1996, doi:10.1080/00949659608811740; Kuznetsova et al. 2017, doi:10.18637/jss.v082.i13.
 */
export const satterthwaite = (pooled: Pooled, point: Point, method: Method): ((contrast: Vector) => number) | null => {
  const free = freeValues(pooled, method)
  const { lambda, residualSum, score } = point
  const { determinants, residualSlope, residualSecond, slopes } = point.curvature()
  const residual = residualSum / free
  const theta = Math.sqrt(lambda)
  const curve = determinants + residualSecond / residual
  const information = cholesky([
    [4 * lambda * curve + 2 * score, (-2 * theta * residualSlope) / residual ** 2],
    [(-2 * theta * residualSlope) / residual ** 2, free / residual ** 2],
  ])?.inverse()
  if (!information) return null
  const inverse = point.inverse()
  const moved: Matrix = combine([-1, multiply(inverse, multiply(slopes, inverse))])
  return (contrast) => {
    const unit = quadratic(inverse, contrast)
    const gradient = [2 * theta * residual * quadratic(moved, contrast), unit]
    return (residual * unit) ** 2 / quadratic(information, gradient)
  }
}

import { cholesky, combine, dot, type Matrix, multiply, quadratic, times, traceOfProduct, type Vector } from '../linear-algebra.ts'
import type { Pooled } from './profile.ts'

export type KenwardRoger = { readonly covariance: Matrix; readonly df: (contrast: Vector) => number }

type Variances = { readonly residual: number; readonly school: number }

/** Σ over schools of X′V⁻¹(…)V⁻¹X with `powers` factors V⁻¹ and `ones` factors 11′: V has only the eigenvalues σ² and σ² + nτ². */
const crossMoments = ({ within, groups }: Pooled, { residual, school }: Variances) => {
  const covariates = (matrix: Matrix) => matrix.slice(0, -1).map((row) => row.slice(0, -1))
  const betweens = groups.map(({ size, between }) => ({ size, between: covariates(between) }))
  return (powers: number, ones: number): Matrix =>
    combine(
      [ones === 0 ? residual ** -powers : 0, covariates(within)] as const,
      ...betweens.map(({ size, between }) => [size ** ones * (residual + size * school) ** -powers, between] as const),
    )
}

/**
 * Kenward and Roger's adjusted covariance of the fixed effects and their degrees of freedom, with the expected information, as pbkrtest computes them.
 * Meant for few schools, where a Wald interval is too short. Not for maximum likelihood fits. Coordinates are those of the pooled sums.
 * Returns null when the two variances cannot be told apart (every school of one pupil).
 * Source: Kenward & Roger 1997, doi:10.2307/2533558; Halekoh & Højsgaard 2014, doi:10.18637/jss.v059.i09.
 */
export const kenwardRoger = (pooled: Pooled, covariance: Matrix, variances: Variances): KenwardRoger | null => {
  const moment = crossMoments(pooled, variances)
  const p = [combine([-1, moment(2, 1)]), combine([-1, moment(2, 0)])] // by τ², by σ²
  const q = [
    [moment(3, 2), moment(3, 1)],
    [moment(3, 1), moment(3, 0)],
  ]
  const phiP = p.map((matrix) => multiply(covariance, matrix))
  const information = [0, 1].map((i) =>
    [0, 1].map((j) => {
      const traces = pooled.groups.reduce((sum, { size, schools }) => {
        const ones = Number(i === 0) + Number(j === 0)
        const between = size ** ones * (variances.residual + size * variances.school) ** -2
        return sum + schools * (between + (ones === 0 ? (size - 1) * variances.residual ** -2 : 0))
      }, 0)
      return (traces - 2 * traceOfProduct(covariance, q[i]![j]!) + traceOfProduct(phiP[i]!, phiP[j]!)) / 2
    }),
  )
  const w = cholesky(information)?.inverse()
  if (!w) return null
  const pairs = [0, 1].flatMap((i) => [0, 1].map((j) => [i, j] as const))
  const inner = combine(...pairs.map(([i, j]) => [w[i]![j]!, combine([1, q[i]![j]!], [-1, multiply(p[i]!, phiP[j]!)])] as const))
  const adjusted = combine([1, covariance], [2, multiply(covariance, multiply(inner, covariance))])
  const df = (contrast: Vector) => {
    const direction = times(covariance, contrast)
    const shares = p.map((matrix) => quadratic(matrix, direction) / dot(contrast, direction))
    return 2 / pairs.reduce((sum, [i, j]) => sum + w[i]![j]! * shares[i]! * shares[j]!, 0)
  }
  return { covariance: adjusted, df }
}

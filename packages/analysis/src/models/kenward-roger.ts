import { cholesky, combine, dot, type Matrix, multiply, quadratic, times, traceOfProduct, type Vector } from '../linear-algebra.ts'
import { packedLength, unpacked } from './packed.ts'
import type { Pooled } from './pooled-sums.ts'

export type KenwardRoger = { readonly covariance: Matrix; readonly df: (contrast: Vector) => number }

type Variances = { readonly residual: number; readonly school: number }

/**
 * Σ over schools of X′V⁻¹(…)V⁻¹X with `powers` factors V⁻¹ and `ones` factors 11′: V has only the eigenvalues σ² and σ² + nτ².
 * In one pass, those of (2, 1), (2, 0), (3, 2), (3, 1), (3, 0), one packed matrix after the other.
 */
const crossMoments = ({ width, within, sizes, between }: Pooled, { residual, school }: Variances) => {
  const length = packedLength(width)
  const sums = new Float64Array(5 * length)
  for (let k = 0; k < length; k += 1) {
    sums[length + k] = within[k]! * residual ** -2
    sums[4 * length + k] = within[k]! * residual ** -3
  }
  for (let group = 0; group < sizes.length; group += 1) {
    const size = sizes[group]!
    const total = residual + size * school
    const [square, cube] = [1 / (total * total), 1 / (total * total * total)]
    for (let k = 0; k < length; k += 1) {
      const value = between[group * length + k]!
      sums[k]! += size * square * value
      sums[length + k]! += square * value
      sums[2 * length + k]! += size * size * cube * value
      sums[3 * length + k]! += size * cube * value
      sums[4 * length + k]! += cube * value
    }
  }
  return [0, 1, 2, 3, 4].map((place) => unpacked(sums.subarray(place * length), width - 1))
}

/** Σ over schools of the trace of the derivatives of V⁻¹ by both variances, `ones` of them by τ². */
const traceOfDerivatives = ({ sizes, counts }: Pooled, { residual, school }: Variances, ones: number): number => {
  let sum = 0
  for (let group = 0; group < sizes.length; group += 1) {
    const size = sizes[group]!
    const total = residual + size * school
    const turned = ones === 0 ? 1 : ones === 1 ? size : size * size
    sum += counts[group]! * (turned / (total * total) + (ones === 0 ? (size - 1) / (residual * residual) : 0))
  }
  return sum
}

/**
 * Kenward and Roger's adjusted covariance of the fixed effects and their degrees of freedom, with the expected information, as pbkrtest computes them.
 * Meant for few schools, where a Wald interval is too short. Not for maximum likelihood fits. Coordinates are those of the pooled sums.
 * Returns null when the two variances cannot be told apart (every school of one pupil).
 * Source: Kenward & Roger 1997, doi:10.2307/2533558; Halekoh & Højsgaard 2014, doi:10.18637/jss.v059.i09.
 */
export const kenwardRoger = (pooled: Pooled, covariance: Matrix, variances: Variances): KenwardRoger | null => {
  const [first, second, bothSchool, mixed, bothResidual] = crossMoments(pooled, variances)
  const p = [combine([-1, first!]), combine([-1, second!])] // by τ², by σ²
  const q = [
    [bothSchool!, mixed!],
    [mixed!, bothResidual!],
  ]
  const phiP = p.map((matrix) => multiply(covariance, matrix))
  const information = [0, 1].map((i) =>
    [0, 1].map((j) => {
      const traces = traceOfDerivatives(pooled, variances, Number(i === 0) + Number(j === 0))
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

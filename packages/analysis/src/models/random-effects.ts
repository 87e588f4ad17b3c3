import { combine, type Matrix, multiply, type Vector, zeros } from '../linear-algebra.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import type { FittedTerm } from './nested-fit.ts'
import type { NestedLevel } from './nested-groups.ts'
import type { NestedSums } from './nested-sums.ts'

/** What varies between the groups of one level, in the caller's units. */
export type RandomEffects = {
  readonly group: string
  readonly groups: number
  readonly effects: readonly string[]
  readonly covariance: Matrix
  readonly standardDeviations: Vector
  /** null where a variance is zero */
  readonly correlations: readonly (readonly (number | null)[])[]
}

const psi = ({ bases }: FittedTerm, phi: Vector): Matrix => combine(...bases.map((basis, a) => [phi[a]!, basis] as const))

/** Slopes were shifted and scaled; the caller's intercept is at zero again. */
const inOwnUnits = ({ scale, shift }: NestedSums, { columns }: FittedTerm, covariance: Matrix): Matrix => {
  const turn = zeros(columns.length)
  for (const [k, column] of columns.entries()) {
    turn[k]![k] = 1 / scale[column]!
    if (k > 0) turn[0]![k] = -shift[column]! / scale[column]!
  }
  return multiply(
    turn,
    multiply(
      covariance,
      turn[0]!.map((_, j) => turn.map((row) => row[j]!)),
    ),
  )
}

export const randomEffects = (
  sums: NestedSums,
  term: FittedTerm,
  phi: Vector,
  variance: number,
  { name, groups }: NestedLevel,
  effects: readonly string[],
): RandomEffects => {
  const covariance = inOwnUnits(sums, term, combine([variance, psi(term, phi)]))
  const standardDeviations = covariance.map((row, k) => Math.sqrt(Math.max(0, row[k]!)))
  const correlation = (i: number, j: number): number | null => {
    const size = standardDeviations[i]! * standardDeviations[j]!
    if (!(size > 0)) return null
    return i === j ? 1 : Math.max(-1, Math.min(1, covariance[i]![j]! / size))
  }
  const correlations = covariance.map((row, i) => row.map((_, j) => correlation(i, j)))
  return { group: name, groups: groups.count, effects, covariance, standardDeviations, correlations }
}

/** Whether some combination of the effects of a level has no variance. */
export const isSingular = (term: FittedTerm, phi: Vector): boolean => {
  const scaled = psi(term, phi).map((row, i) => row.map((value, j) => value * term.sizes[i]! * term.sizes[j]!))
  const { values } = symmetricEigen(scaled)
  return Math.min(...values) <= 1e-9 * Math.max(1, ...values)
}

/** The variance that a level gives a row, over σ²: z′Ψz, with slopes its mean over the rows. */
export const varianceShare = ({ grams, width, n }: NestedSums, term: FittedTerm, phi: Vector): number => {
  const covariance = psi(term, phi)
  let sum = 0
  for (let start = 0; start < grams.length; start += width * width)
    for (const [s, i] of term.columns.entries())
      for (const [t, j] of term.columns.entries()) sum += covariance[s]![t]! * grams[start + i * width + j]!
  return sum / n
}

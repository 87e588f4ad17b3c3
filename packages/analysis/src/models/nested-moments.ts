// log|V| and [X y]′V⁻¹[X y] of groups within groups, with their first and second derivatives by the variances and covariances of the random effects,
// at σ² = 1. Woodbury's identity once per level, from the finest up: everything else about these models follows from these numbers.
import { combine, type Matrix, type Vector, zeros } from '../linear-algebra.ts'
import { type RandomTerm, type Store, secondPlace, storeOf } from './nested-jets.ts'
import { leavesAt, type NestedLeaves } from './nested-leaves.ts'
import type { NestedSums } from './nested-sums.ts'
import { addGroup, rowsOf, type Updated } from './nested-update.ts'

type Jet<T> = { readonly value: T; readonly first: readonly T[]; readonly second: readonly (readonly T[])[] }
export type NestedMoments = { readonly logDeterminant: Jet<number>; readonly moments: Jet<Matrix> }

const covarianceOf = ({ bases }: RandomTerm, phi: Vector): Matrix => combine(...bases.map((basis, a) => [phi[a]!, basis] as const))

/** What is fitted: the sums, the terms from the finest level up, and the finest level reduced. */
export type NestedModel = { readonly sums: NestedSums; readonly terms: readonly RandomTerm[]; readonly leaves: NestedLeaves }

/** The moments at the parameters φ of the terms, the finest level first. Derivatives are zero unless `curved`. */
export const nestedMoments = ({ sums, terms, leaves }: NestedModel, phi: readonly number[], curved = true): NestedMoments => {
  const { width, levels } = sums
  const starts = terms.map((_, level) => terms.slice(0, level).reduce((sum, { bases }) => sum + bases.length, 0))
  const total = phi.length
  const asked = terms.map(
    (term, level): Updated => ({ term, covariance: covarianceOf(term, phi.slice(starts[level], total)), width, curved }),
  )
  const stores = terms.map((_, level) => storeOf(curved ? (starts[level + 1] ?? total) : 0, width)) // what each level adds up to
  const addLeaves = leavesAt(leaves, asked[0]!.covariance, curved)
  const visit = (level: number, group: number): void => {
    const below = stores[level - 1]!
    below.matrices.fill(0)
    below.logs.fill(0)
    const { first } = levels[level]!
    if (level === 1) addLeaves(group, below)
    else for (let child = first![group]!; child < first![group + 1]!; child += 1) visit(level - 1, child)
    addGroup(below, stores[level]!, asked[level]!)
  }
  const top = terms.length - 1
  if (top === 0) addLeaves(0, stores[0]!)
  else for (let group = 0; group < levels[top]!.groups; group += 1) visit(top, group)
  return jetsOf(stores[top]!, width, total)
}

const jetsOf = ({ count, matrices, logs }: Store, width: number, total: number): NestedMoments => {
  const places = Array.from({ length: total }, (_, i) => i)
  const jet = <T>(at: (place: number) => T, none: () => T): Jet<T> => ({
    value: at(0),
    first: places.map((i) => (count ? at(1 + i) : none())),
    second: places.map((i) => places.map((j) => (count ? at(secondPlace(count, i, j)) : none()))),
  })
  const columns = Array.from({ length: width }, (_, column) => column)
  const matrix = (place: number) => rowsOf(matrices, place * width * width, width, columns)
  return {
    logDeterminant: jet(
      (place) => logs[place]!,
      () => 0,
    ),
    moments: jet(matrix, () => zeros(width)),
  }
}

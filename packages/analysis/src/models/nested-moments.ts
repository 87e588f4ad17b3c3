// log|V| and [X y]′V⁻¹[X y] of groups within groups, with their first and second derivatives by the variances and covariances of the random effects,
// at σ² = 1. Woodbury's identity once per level, from the finest up: everything else about these models follows from these numbers.
import { type Matrix, multiply, traceOfProduct, zeros } from '../linear-algebra.ts'
import { type RandomTerm, type Store, secondPlace, shrunk, storeOf } from './nested-jets.ts'
import { leavesAt, type NestedLeaves } from './nested-leaves.ts'
import type { NestedSums } from './nested-sums.ts'

export type Jet<T> = { readonly value: T; readonly first: readonly T[]; readonly second: readonly (readonly T[])[] }
export type NestedMoments = { readonly logDeterminant: Jet<number>; readonly moments: Jet<Matrix> }

const rowsOf = (from: Float64Array, start: number, width: number, columns: readonly number[]): number[][] => {
  const rows: number[][] = []
  for (const column of columns) {
    const row = new Array<number>(width)
    for (let j = 0; j < width; j += 1) row[j] = from[start + column * width + j]!
    rows.push(row)
  }
  return rows
}
const picked = (rows: Matrix, columns: readonly number[]): number[][] => rows.map((row) => columns.map((column) => row[column]!))

/** target + weight · (A′B + B′A) / 2 */
const addSymmetric = (target: Float64Array, start: number, a: Matrix, b: Matrix, weight: number) => {
  const width = a[0]!.length
  for (let s = 0; s < a.length; s += 1) {
    const [left, right] = [a[s]!, b[s]!]
    for (let i = 0; i < width; i += 1) {
      const [x, y, row] = [(weight * left[i]!) / 2, (weight * right[i]!) / 2, start + i * width]
      for (let j = 0; j < width; j += 1) target[row + j]! += x * right[j]! + y * left[j]!
    }
  }
}

type Updated = { readonly term: RandomTerm; readonly covariance: Matrix; readonly width: number; readonly curved: boolean }

/** Adds B′HB, B = I − E·kh, to the target; `kh` is K·H_S. Its rows of the term's columns and N = E′HB are returned. */
const addTurned = (target: Float64Array, to: number, from: Float64Array, at: number, kh: Matrix, { term, width }: Updated) => {
  const { columns } = term
  const own = rowsOf(from, at, width, columns)
  const side = own.map((row) => {
    const turned = [...row]
    for (const [r, column] of columns.entries()) for (let j = 0; j < width; j += 1) turned[j]! -= row[column]! * kh[r]![j]!
    return turned
  })
  for (let i = 0; i < width; i += 1) {
    const [row, source] = [to + i * width, at + i * width]
    for (let j = 0; j < width; j += 1) target[row + j]! += from[source + j]!
    for (let r = 0; r < columns.length; r += 1) {
      const [x, y, right, left] = [own[r]![i]!, kh[r]![i]!, kh[r]!, side[r]!]
      for (let j = 0; j < width; j += 1) target[row + j]! -= x * right[j]! + y * left[j]!
    }
  }
  return side
}

/** One group: its children's sum H becomes F = U′V⁻¹U with the group's own random effects, added with all derivatives to the level above. */
const update = (below: Store, above: Store, asked: Updated) => {
  const { term, covariance, width, curved } = asked
  const [size, deep, own] = [width * width, below.count, term.bases.length]
  const { columns } = term
  const hs = rowsOf(below.matrices, 0, width, columns)
  const { k, logDeterminant } = shrunk(picked(hs, columns), covariance)
  const kh = multiply(k, hs)
  const place = (i: number, j: number) => secondPlace(above.count, i, j)
  above.logs[0]! += below.logs[0]! + logDeterminant
  const value = new Float64Array(size)
  value.set(below.matrices.subarray(0, size))
  addSymmetric(value, 0, hs, kh, -1)
  for (let e = 0; e < size; e += 1) above.matrices[e]! += value[e]!
  if (!curved) return
  const fs = rowsOf(value, 0, width, columns)
  const f = picked(fs, columns)
  const efs = term.bases.map((basis) => multiply(basis, fs))
  const ef = term.bases.map((basis) => multiply(basis, f))
  for (let a = 0; a < own; a += 1) {
    addSymmetric(above.matrices, (1 + deep + a) * size, fs, efs[a]!, -1)
    above.logs[1 + deep + a]! += traceOfProduct(term.bases[a]!, f)
    for (let b = 0; b <= a; b += 1) {
      addSymmetric(above.matrices, place(deep + a, deep + b) * size, efs[a]!, multiply(f, efs[b]!), 2)
      above.logs[place(deep + a, deep + b)]! -= traceOfProduct(ef[a]!, ef[b]!)
    }
  }
  const sides: Matrix[] = []
  const slopes: Matrix[] = []
  const turned = new Float64Array(size)
  for (let i = 0; i < deep; i += 1) {
    turned.fill(0)
    sides.push(addTurned(turned, 0, below.matrices, (1 + i) * size, kh, asked))
    for (let e = 0; e < size; e += 1) above.matrices[(1 + i) * size + e]! += turned[e]!
    slopes.push(multiply(k, picked(rowsOf(below.matrices, (1 + i) * size, width, columns), columns)))
    above.logs[1 + i]! += below.logs[1 + i]! + slopes[i]!.reduce((sum, row, s) => sum + row[s]!, 0)
    const moved = rowsOf(turned, 0, width, columns)
    for (let a = 0; a < own; a += 1) {
      addSymmetric(above.matrices, place(deep + a, i) * size, moved, efs[a]!, -2)
      above.logs[place(deep + a, i)]! += traceOfProduct(term.bases[a]!, picked(moved, columns))
    }
    for (let j = 0; j <= i; j += 1) {
      const [from, to] = [secondPlace(deep, i, j), place(i, j)]
      addTurned(above.matrices, to * size, below.matrices, from * size, kh, asked)
      addSymmetric(above.matrices, to * size, sides[i]!, multiply(k, sides[j]!), -2)
      const second = traceOfProduct(k, picked(rowsOf(below.matrices, from * size, width, columns), columns))
      above.logs[to]! += below.logs[from]! + second - traceOfProduct(slopes[i]!, slopes[j]!)
    }
  }
}

const covarianceOf = ({ bases }: RandomTerm, phi: readonly number[]): Matrix => {
  const sum = zeros(bases[0]!.length)
  for (const [a, basis] of bases.entries())
    for (let i = 0; i < sum.length; i += 1) for (let j = 0; j < sum.length; j += 1) sum[i]![j]! += phi[a]! * basis[i]![j]!
  return sum
}

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
    update(below, stores[level]!, asked[level]!)
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

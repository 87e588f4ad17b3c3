// One step of Woodbury's identity in a nested model, with its first and second derivatives.
import { type Matrix, multiply, traceOfProduct } from '../linear-algebra.ts'
import { type RandomTerm, type Store, secondPlace, shrunk } from './nested-jets.ts'

export const rowsOf = (from: Float64Array, start: number, width: number, columns: readonly number[]): number[][] => {
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

export type Updated = { readonly term: RandomTerm; readonly covariance: Matrix; readonly width: number; readonly curved: boolean }

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

/** A group with its own random effects in: K H_S, and of F its rows F_S, with F_SS and E·F for each basis E. */
type Step = Updated & {
  readonly size: number
  readonly k: Matrix
  readonly kh: Matrix
  readonly f: Matrix
  readonly fs: Matrix
  readonly efs: readonly Matrix[]
}

/** Derivatives by the group's own parameters, which stand after the `deep` ones of the levels below. */
const addOwn = (above: Store, deep: number, { term: { bases }, size, f, fs, efs }: Step) => {
  const ef = bases.map((basis) => multiply(basis, f))
  for (const [a, basis] of bases.entries()) {
    addSymmetric(above.matrices, (1 + deep + a) * size, fs, efs[a]!, -1)
    above.logs[1 + deep + a]! += traceOfProduct(basis, f)
    for (let b = 0; b <= a; b += 1) {
      const place = secondPlace(above.count, deep + a, deep + b)
      addSymmetric(above.matrices, place * size, efs[a]!, multiply(f, efs[b]!), 2)
      above.logs[place]! -= traceOfProduct(ef[a]!, ef[b]!)
    }
  }
}

/** The first derivative by parameter i of a level below, and with the group's own ones; what second derivatives need of it is returned. */
const addBelow = (below: Store, above: Store, i: number, { term: { columns, bases }, width, size, k, kh, efs }: Step, asked: Updated) => {
  const [turned, at] = [new Float64Array(size), (1 + i) * size]
  const side = addTurned(turned, 0, below.matrices, at, kh, asked)
  for (let e = 0; e < size; e += 1) above.matrices[at + e]! += turned[e]!
  const slope = multiply(k, picked(rowsOf(below.matrices, at, width, columns), columns))
  above.logs[1 + i]! += below.logs[1 + i]! + slope.reduce((sum, row, s) => sum + row[s]!, 0)
  const moved = rowsOf(turned, 0, width, columns)
  for (const [a, basis] of bases.entries()) {
    const place = secondPlace(above.count, below.count + a, i)
    addSymmetric(above.matrices, place * size, moved, efs[a]!, -2)
    above.logs[place]! += traceOfProduct(basis, picked(moved, columns))
  }
  return { slope, turnedSide: multiply(k, side), side }
}
type Below = ReturnType<typeof addBelow>

/** The second derivative by parameters i and j of the levels below. */
const addBoth = (below: Store, above: Store, [i, j]: readonly [number, number], [one, other]: readonly [Below, Below], step: Step) => {
  const { term, width, size, k, kh } = step
  const [from, to] = [secondPlace(below.count, i, j), secondPlace(above.count, i, j)]
  addTurned(above.matrices, to * size, below.matrices, from * size, kh, step)
  addSymmetric(above.matrices, to * size, one.side, other.turnedSide, -2)
  const second = traceOfProduct(k, picked(rowsOf(below.matrices, from * size, width, term.columns), term.columns))
  above.logs[to]! += below.logs[from]! + second - traceOfProduct(one.slope, other.slope)
}

/** One group: its children's sum H becomes F = U′V⁻¹U with the group's own random effects, added with all derivatives to the level above. */
export const addGroup = (below: Store, above: Store, asked: Updated): void => {
  const { term, covariance, width, curved } = asked
  const { columns, bases } = term
  const size = width * width
  const hs = rowsOf(below.matrices, 0, width, columns)
  const { k, logDeterminant } = shrunk(picked(hs, columns), covariance)
  const kh = multiply(k, hs)
  const value = below.matrices.slice(0, size)
  addSymmetric(value, 0, hs, kh, -1)
  for (let e = 0; e < size; e += 1) above.matrices[e]! += value[e]!
  above.logs[0]! += below.logs[0]! + logDeterminant
  if (!curved) return
  const fs = rowsOf(value, 0, width, columns)
  const step: Step = { ...asked, size, k, kh, fs, f: picked(fs, columns), efs: bases.map((basis) => multiply(basis, fs)) }
  addOwn(above, below.count, step)
  const deep = Array.from({ length: below.count }, (_, i) => addBelow(below, above, i, step, asked))
  for (const [i, one] of deep.entries()) for (let j = 0; j <= i; j += 1) addBoth(below, above, [i, j], [one, deep[j]!], step)
}

// A symmetric matrix in a flat array: its lower triangle row after row, so that (i, j) with j ≤ i stands at i(i + 1)/2 + j.
// Many of one width follow each other without a gap. The kernels of the mixed model read and write these and nothing else.
import type { Matrix } from '../linear-algebra.ts'

export type Packed = Float64Array
export const packedLength = (width: number): number => (width * (width + 1)) / 2

/** The upper left block of so many rows, as nested rows. */
export const unpacked = (packed: Packed, width: number): Matrix =>
  Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_other, j) => packed[packedLength(Math.max(i, j)) + Math.min(i, j)]!),
  )

/** target[from…] += weight·vv′ */
export const addOuter = (target: Packed, from: number, v: Float64Array, weight: number): void => {
  let place = from
  for (let i = 0; i < v.length; i += 1) {
    const scaled = weight * v[i]!
    for (let j = 0; j <= i; j += 1) {
      target[place]! += scaled * v[j]!
      place += 1
    }
  }
}

/** v′Av */
export const packedQuadratic = (a: Packed, v: Float64Array): number => {
  let [sum, place] = [0, 0]
  for (let i = 0; i < v.length; i += 1) {
    let row = 0
    for (let j = 0; j < i; j += 1) row += a[place + j]! * v[j]!
    place += i + 1
    sum += v[i]! * (2 * row + a[place - 1]! * v[i]!)
  }
  return sum
}

/** The Cholesky factor of the upper left block of so many rows, into `lower`; false when a column is, to ten digits, a combination of those before it. */
export const factored = (a: Packed, width: number, lower: Packed): boolean => {
  for (let i = 0; i < width; i += 1) {
    const row = packedLength(i)
    for (let j = 0; j <= i; j += 1) {
      const other = packedLength(j)
      let rest = a[row + j]!
      for (let k = 0; k < j; k += 1) rest -= lower[row + k]! * lower[other + k]!
      if (i > j) lower[row + j] = rest / lower[other + j]!
      else if (rest > 1e-10 * a[row + i]!) lower[row + i] = Math.sqrt(rest)
      else return false
    }
  }
  return true
}

/** L⁻¹ into `inverse`, both lower triangles. */
export const invertLower = (lower: Packed, width: number, inverse: Packed): void => {
  for (let j = 0; j < width; j += 1)
    for (let i = j; i < width; i += 1) {
      let sum = Number(i === j)
      for (let k = j; k < i; k += 1) sum -= lower[packedLength(i) + k]! * inverse[packedLength(k) + j]!
      inverse[packedLength(i) + j] = sum / lower[packedLength(i) + i]!
    }
}

/** T′T of a lower triangle T: the inverse of a matrix from that of its Cholesky factor. */
export const squareOfLower = (lower: Packed, width: number, square: Packed): void => {
  for (let i = 0; i < width; i += 1)
    for (let j = 0; j <= i; j += 1) {
      let sum = 0
      for (let k = i; k < width; k += 1) sum += lower[packedLength(k) + i]! * lower[packedLength(k) + j]!
      square[packedLength(i) + j] = sum
    }
}

/** tr(AB) of the upper left blocks of so many rows. */
export const tracePacked = (a: Packed, b: Packed, width: number): number => {
  let [sum, place] = [0, 0]
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j < i; j += 1) sum += 2 * a[place + j]! * b[place + j]!
    place += i + 1
    sum += a[place - 1]! * b[place - 1]!
  }
  return sum
}

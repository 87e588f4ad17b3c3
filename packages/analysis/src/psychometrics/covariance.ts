import { type Matrix, zeros } from '../linear-algebra.ts'
import { type AnswerProducts, answerProducts } from './answer-products.ts'

export type Covariance = { readonly n: number; readonly means: readonly number[]; readonly matrix: Matrix }

/** Rows held at once, as columns: few enough to stay in the processor's nearest memory. */
const block = 128

const meansOf = (rows: readonly (readonly number[])[], first: readonly number[]): readonly number[] => {
  const shift = new Float64Array(first.length)
  for (const row of rows) for (let i = 0; i < shift.length; i += 1) shift[i]! += row[i]! - first[i]!
  return first.map((offset, i) => offset + shift[i]! / rows.length)
}

/** Adds the products of every two columns of a block, two by two columns at a time. Columns are padded to an even number. */
const addProducts = (columns: Float64Array, width: number, products: Float64Array) => {
  for (let i = 0; i < width; i += 2)
    for (let j = 0; j <= i; j += 2) {
      let a = 0
      let b = 0
      let c = 0
      let d = 0
      const p = i * block
      const q = j * block
      for (let row = 0; row < block; row += 1) {
        const x0 = columns[p + row]!
        const x1 = columns[p + block + row]!
        const y0 = columns[q + row]!
        const y1 = columns[q + block + row]!
        a += x0 * y0
        b += x0 * y1
        c += x1 * y0
        d += x1 * y1
      }
      products[i * width + j]! += a
      products[i * width + j + 1]! += b
      products[(i + 1) * width + j]! += c
      products[(i + 1) * width + j + 1]! += d
    }
}

/** From exact sums of whole numbers. */
const fromWhole = ({ width, sums, products }: AnswerProducts, n: number, size: number): Covariance => {
  const matrix = zeros(size)
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      matrix[i]![j] = (products[i * width + j]! - (sums[i]! * sums[j]!) / n) / (n - 1)
      matrix[j]![i] = matrix[i]![j]!
    }
  return { n, means: Array.from({ length: size }, (_, i) => sums[i]! / n), matrix }
}

/** Means and covariances (n − 1) of complete rows, centred before they are multiplied: a large offset costs no digits. Null with fewer than two rows. */
export const covarianceOf = (rows: readonly (readonly number[])[]): Covariance | null => {
  const n = rows.length
  const first = rows[0]
  if (!first || n < 2) return null
  const size = first.length
  const whole = answerProducts(rows, size)
  if (whole) return fromWhole(whole, n, size)
  const width = size + (size % 2)
  const means = meansOf(rows, first)
  const products = new Float64Array(width * width)
  const columns = new Float64Array(width * block)
  for (let from = 0; from < n; from += block) {
    const held = Math.min(block, n - from)
    if (held < block) columns.fill(0)
    for (let row = 0; row < held; row += 1) {
      const values = rows[from + row]!
      for (let i = 0; i < size; i += 1) columns[i * block + row] = values[i]! - means[i]!
    }
    addProducts(columns, width, products)
  }
  const matrix = zeros(size)
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      matrix[i]![j] = products[i * width + j]! / (n - 1)
      matrix[j]![i] = matrix[i]![j]!
    }
  return { n, means, matrix }
}

import { type Matrix, zeros } from '../linear-algebra.ts'

export type Covariance = { readonly n: number; readonly means: readonly number[]; readonly matrix: Matrix }

/** Means and covariances (n − 1) of complete rows, in one pass about the first row, then centred: a large offset costs no digits. Null with fewer than two rows. */
export const covarianceOf = (rows: readonly (readonly number[])[]): Covariance | null => {
  const n = rows.length
  const first = rows[0]
  if (!first || n < 2) return null
  const size = first.length
  const shift = new Float64Array(size)
  for (const row of rows) for (let i = 0; i < size; i += 1) shift[i]! += row[i]! - first[i]!
  const means = first.map((offset, i) => offset + shift[i]! / n)
  const products = new Float64Array(size * size)
  const centred = new Float64Array(size)
  for (const row of rows) {
    for (let i = 0; i < size; i += 1) centred[i] = row[i]! - means[i]!
    for (let i = 0; i < size; i += 1) for (let j = 0; j <= i; j += 1) products[i * size + j]! += centred[i]! * centred[j]!
  }
  const matrix = zeros(size)
  for (let i = 0; i < size; i += 1)
    for (let j = 0; j <= i; j += 1) {
      matrix[i]![j] = products[i * size + j]! / (n - 1)
      matrix[j]![i] = matrix[i]![j]!
    }
  return { n, means, matrix }
}

import { type Matrix, zeros } from './linear-algebra.ts'

/** `vectors[k]` belongs to `values[k]`. */
export type Eigen = { readonly values: readonly number[]; readonly vectors: Matrix }

/** One rotation in the plane of rows p and q that makes a[p][q] zero; v gathers the rotations as rows. */
const rotate = (a: number[][], v: number[][], p: number, q: number) => {
  const [rowP, rowQ, vectorP, vectorQ] = [a[p]!, a[q]!, v[p]!, v[q]!]
  const turn = (rowQ[q]! - rowP[p]!) / (2 * rowP[q]!)
  const t = (turn < 0 ? -1 : 1) / (Math.abs(turn) + Math.sqrt(turn * turn + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (const row of a) {
    const x = row[p]!
    const y = row[q]!
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
  turnRows(rowP, rowQ, c, s)
  turnRows(vectorP, vectorQ, c, s)
}

const turnRows = (first: number[], second: number[], c: number, s: number) => {
  for (let k = 0; k < first.length; k += 1) {
    const x = first[k]!
    const y = second[k]!
    first[k] = c * x - s * y
    second[k] = s * x + c * y
  }
}

/**
 * Eigenvalues and orthonormal eigenvectors of a small symmetric matrix, by Jacobi's rotations, to the last digits of its largest eigenvalue.
 * Not for hundreds of columns. Source: Golub & Van Loan, Matrix Computations, 8.5. Example: symmetricEigen([[2, 1], [1, 2]]).values holds 1 and 3.
 */
export const symmetricEigen = (matrix: Matrix): Eigen => {
  const size = matrix.length
  const a = matrix.map((row) => [...row])
  const v = zeros(size)
  for (let k = 0; k < size; k += 1) v[k]![k] = 1
  const scale = Math.max(...a.map((row) => Math.max(...row.map(Math.abs))))
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let turned = false
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1)
        if (Math.abs(a[p]![q]!) > 1e-17 * scale) {
          rotate(a, v, p, q)
          turned = true
        }
    if (!turned) break
  }
  return { values: a.map((row, k) => row[k]!), vectors: v }
}

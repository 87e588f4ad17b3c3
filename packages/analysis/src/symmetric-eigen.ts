import type { Matrix } from './linear-algebra.ts'

/** `vectors[k]` belongs to `values[k]`. */
export type Eigen = { readonly values: readonly number[]; readonly vectors: Matrix }

/** One rotation in the plane of rows p and q that makes a[p][q] zero; v gathers the rotations as rows. Matrices are flat by rows. */
const rotate = (a: Float64Array, v: Float64Array, size: number, p: number, q: number) => {
  const [row, other] = [p * size, q * size]
  const off = a[row + q]!
  const [first, second] = [a[row + p]!, a[other + q]!]
  const turn = (second - first) / (2 * off)
  const t = (turn < 0 ? -1 : 1) / (Math.abs(turn) + Math.sqrt(turn * turn + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < size; k += 1) {
    const x = a[row + k]!
    const y = a[other + k]!
    a[row + k] = c * x - s * y
    a[k * size + p] = a[row + k]!
    a[other + k] = s * x + c * y
    a[k * size + q] = a[other + k]!
    const left = v[row + k]!
    const right = v[other + k]!
    v[row + k] = c * left - s * right
    v[other + k] = s * left + c * right
  }
  a[row + p] = first - t * off
  a[other + q] = second + t * off
  a[row + q] = 0
  a[other + p] = 0
}

/** A small symmetric matrix, flat by rows, is left with its eigenvalues on the diagonal; the rows of `vectors` become the eigenvectors. Allocates nothing. */
export const diagonalise = (a: Float64Array, vectors: Float64Array, size: number): void => {
  let scale = 0
  for (let k = 0; k < a.length; k += 1) scale = Math.max(scale, Math.abs(a[k]!))
  vectors.fill(0)
  for (let k = 0; k < size; k += 1) vectors[k * size + k] = 1
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let turned = false
    for (let p = 0; p < size; p += 1)
      for (let q = p + 1; q < size; q += 1)
        if (Math.abs(a[p * size + q]!) > 1e-17 * scale) {
          rotate(a, vectors, size, p, q)
          turned = true
        }
    if (!turned) break
  }
}

/**
 * Eigenvalues and orthonormal eigenvectors of a small symmetric matrix, by Jacobi's rotations, to the last digits of its largest eigenvalue.
 * Not for hundreds of columns. Source: Golub & Van Loan, Matrix Computations, 8.5. Example: symmetricEigen([[2, 1], [1, 2]]).values holds 1 and 3.
 */
export const symmetricEigen = (matrix: Matrix): Eigen => {
  const size = matrix.length
  const a = Float64Array.from(matrix.flat())
  const vectors = new Float64Array(size * size)
  diagonalise(a, vectors, size)
  return {
    values: matrix.map((_, k) => a[k * size + k]!),
    vectors: matrix.map((_, k) => [...vectors.subarray(k * size, (k + 1) * size)]),
  }
}

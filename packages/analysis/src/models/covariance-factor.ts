// Covariances as products LL′ of a triangular factor (or variances as squares): free parameters θ without bounds, whose least deviance may lie at θ = 0.
import { type Matrix, zeros } from '../linear-algebra.ts'

/** How θ makes the φ of one term. Bases are those of the term: Ψ = Σ φ·basis. */
export type Parametrisation = {
  readonly bases: readonly Matrix[]
  readonly phi: (theta: readonly number[]) => readonly number[]
  /** dφ/dθ by row φ */
  readonly jacobian: (theta: readonly number[]) => Matrix
  /** the second derivatives of each φ by θ, which are constant */
  readonly curvature: readonly Matrix[]
  /** θ at independent effects, each of variance λ over the square of its size */
  readonly start: (lambda: number, sizes: readonly number[]) => readonly number[]
}

const pairs = (size: number) => Array.from({ length: size }, (_, i) => Array.from({ length: i + 1 }, (_other, j) => [i, j] as const)).flat()

const basis = (size: number, i: number, j: number): Matrix => {
  const matrix = zeros(size)
  matrix[i]![j] = 1
  matrix[j]![i] = 1
  return matrix
}

/** Any covariance of `size` effects; θ is L by row of its lower triangle. */
export const unstructured = (size: number): Parametrisation => {
  const places = pairs(size)
  const at = (i: number, j: number) => (i * (i + 1)) / 2 + j
  const products = places.map(([i, j]) => Array.from({ length: j + 1 }, (_, k) => [at(i, k), at(j, k)] as const))
  return {
    bases: places.map(([i, j]) => basis(size, i, j)),
    phi: (theta) => products.map((own) => own.reduce((sum, [a, b]) => sum + theta[a]! * theta[b]!, 0)),
    jacobian: (theta) =>
      products.map((own) => {
        const row = new Array<number>(places.length).fill(0)
        for (const [a, b] of own) {
          row[a]! += theta[b]!
          row[b]! += theta[a]!
        }
        return row
      }),
    curvature: products.map((own) => {
      const matrix = zeros(places.length)
      for (const [a, b] of own) {
        matrix[a]![b]! += 1
        matrix[b]![a]! += 1
      }
      return matrix
    }),
    start: (lambda, sizes) => places.map(([i, j]) => (i === j ? Math.sqrt(lambda) / sizes[i]! : 0)),
  }
}

/** Independent variances, one for each basis. */
export const independent = (bases: readonly Matrix[]): Parametrisation => ({
  bases,
  phi: (theta) => theta.map((value) => value * value),
  jacobian: (theta) => theta.map((value, i) => theta.map((_, j) => (i === j ? 2 * value : 0))),
  curvature: bases.map((_, i) => bases.map((_row, j) => bases.map((_other, k) => (i === j && i === k ? 2 : 0)))),
  start: (lambda) => bases.map(() => Math.sqrt(lambda)),
})

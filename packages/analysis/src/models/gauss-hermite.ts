import { zeros } from '../linear-algebra.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'

export type QuadratureRule = { readonly nodes: Float64Array; readonly weights: Float64Array }

/** The orthonormal Hermite polynomials of the standard normal weight at z, from degree 0 to n. */
const polynomials = (n: number, z: number): Float64Array => {
  const values = new Float64Array(n + 1)
  values[0] = 1
  if (n > 0) values[1] = z
  for (let k = 1; k < n; k += 1) values[k + 1] = (z * values[k]! - Math.sqrt(k) * values[k - 1]!) / Math.sqrt(k + 1)
  return values
}

/**
 * Nodes and weights with Σ w f(z) = ∫ f(z) φ(z) dz, φ the standard normal density, for polynomials up to degree 2n − 1. Nodes by the eigenvalues of the recurrence and a
 * Newton step, weights by the sum of the polynomials' squares. Requires n from 1 to 100. Source: Golub & Welsch 1969, doi:10.1090/S0025-5718-69-99647-1.
 * Example: gaussHermite(2).nodes holds −1 and 1.
 */
export const gaussHermite = (n: number): QuadratureRule => {
  if (!(Number.isInteger(n) && n >= 1 && n <= 100)) throw new Error(`gaussHermite requires 1 to 100 points, got ${n}`)
  const recurrence = zeros(n)
  for (let k = 1; k < n; k += 1) recurrence[k]![k - 1] = recurrence[k - 1]![k] = Math.sqrt(k)
  const rough = symmetricEigen(recurrence).values
  const nodes = Float64Array.from(rough, (z) => {
    const values = polynomials(n, z)
    return z - values[n]! / (Math.sqrt(n) * values[n - 1]!)
  }).sort()
  const weights = nodes.map((z) => 1 / polynomials(n - 1, z).reduce((sum, value) => sum + value * value, 0))
  return { nodes, weights }
}

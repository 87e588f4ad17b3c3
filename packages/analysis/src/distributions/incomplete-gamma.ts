import { deviance, stirlingError } from './stirling.ts'
import type { Tails } from './tails.ts'

/** x^a e^−x / Γ(a + 1) */
const prefactor = (a: number, x: number): number => Math.exp(-stirlingError(a) - deviance(a, x, a - x)) / Math.sqrt(2 * Math.PI * a)

const lowerSeries = (a: number, x: number): number => {
  let [term, sum] = [1, 1]
  for (let k = 1; term > 1e-17 * sum; k += 1) {
    term *= x / (a + k)
    sum += term
  }
  return sum
}

/** Legendre's continued fraction for the upper tail, by Lentz's method. */
const upperFraction = (a: number, x: number): number => {
  let value = x - a + 1
  let [c, d] = [value, 0]
  for (let n = 1; n <= 100_000; n += 1) {
    const numerator = n * (a - n)
    const denominator = x - a + 1 + 2 * n
    d = 1 / (denominator + numerator * d)
    c = denominator + numerator / c
    value *= c * d
    if (Math.abs(c * d - 1) < 3e-16) return 1 / value
  }
  throw new Error(`incompleteGamma did not converge at a = ${a}, x = ${x}`)
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x), to about 1e-14 relative in the tail that is small. Requires a > 0, x >= 0.
 * Source: https://dlmf.nist.gov/8; prefactor by Loader 2000. Example: incompleteGamma(1, 2).upper is exp(−2).
 */
export const incompleteGamma = (a: number, x: number): Tails => {
  if (x === 0) return { lower: 0, upper: 1 }
  if (x < a + 1) {
    const lower = prefactor(a, x) * lowerSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = a * prefactor(a, x) * upperFraction(a, x)
  return { lower: 1 - upper, upper }
}

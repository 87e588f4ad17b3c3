import { deviance, stirlingError } from './stirling.ts'
import type { Tails } from './tails.ts'

/** x^a y^b / B(a, b) */
const prefactor = (a: number, b: number, x: number, y: number): number => {
  const n = a + b
  const difference = a * y - b * x
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x, difference) - deviance(b, n * y, -difference)
  return Math.sqrt((a / n) * (b / (2 * Math.PI))) * Math.exp(exponent)
}

/** The continued fraction of DiDonato & Morris (1992), by Lentz's method; converges where x <= a / (a + b). */
const fraction = (a: number, b: number, x: number, y: number): number => {
  const lambda = a * y - b * x
  let value = (a / (a + 1)) * (lambda + 1)
  let [c, d] = [value, 0]
  for (let n = 1; n <= 100_000; n += 1) {
    const place = a + 2 * n - 1
    const alpha = ((a + n - 1) / place) * ((a + b + n - 1) / place) * n * ((b - n) * x * x)
    const beta = n + (n * (b - n) * x) / place + ((a + n) / (place + 2)) * (lambda + 1 + n * (1 + y))
    d = 1 / (beta + alpha * d)
    c = beta + alpha / c
    value *= c * d
    if (Math.abs(c * d - 1) < 3e-16) return 1 / value
  }
  throw new Error(`incompleteBeta did not converge at a = ${a}, b = ${b}, x = ${x}`)
}

const below = (a: number, b: number, x: number, y: number): number => (x === 0 ? 0 : prefactor(a, b, x, y) * fraction(a, b, x, y))

/**
 * The regularised incomplete beta function I_x(a, b) and its complement, to about 1e-14 relative in both tails.
 * Takes x and y = 1 − x apart, because the caller often knows the smaller exactly. Requires a, b > 0.
 * Source: DiDonato & Morris 1992, doi:10.1145/131766.131776; Loader 2000. Example: incompleteBeta(2, 3, 0.25, 0.75).lower is 0.26171875.
 */
export const incompleteBeta = (a: number, b: number, x: number, y: number): Tails => {
  if (a * y >= b * x) {
    const lower = below(a, b, x, y)
    return { lower, upper: 1 - lower }
  }
  const upper = below(b, a, y, x)
  return { lower: 1 - upper, upper }
}

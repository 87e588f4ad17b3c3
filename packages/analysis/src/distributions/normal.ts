import { checkProbability, positiveQuantile } from './positive-quantile.ts'
import type { Tail, Tails } from './tails.ts'

/** φ(z), with z² split so that a far tail keeps its digits. */
const density = (z: number): number => {
  const coarse = Math.trunc(z * 16) / 16
  return (Math.exp((-coarse * coarse) / 2) * Math.exp((-(z - coarse) * (z + coarse)) / 2)) / Math.sqrt(2 * Math.PI)
}

/** P(0 < Z <= z) by the series of Marsaglia 2004, doi:10.18637/jss.v011.i04. */
const fromCentre = (z: number): number => {
  let [term, sum] = [z, z]
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return sum * density(z)
}

/** The ratio of the tail beyond z to the density at z: the even part of Laplace's continued fraction, evaluated from behind. */
const millsRatio = (z: number): number => {
  const square = z * z
  const depth = Math.ceil(8 + 400 / square)
  let value = square + 1 + 4 * depth
  for (let k = depth; k >= 1; k -= 1) value = square + 4 * k - 3 - ((2 * k - 1) * 2 * k) / value
  return z / value
}

/** Both tails of the standard normal distribution, each to about 1e-14 relative. Example: normal(1.959964).upper is 0.0250… */
export const normal = (z: number): Tails => {
  const size = Math.abs(z)
  const beyond = size > 39 ? 0 : size < 2 ? 0.5 - (size === 0 ? 0 : fromCentre(size)) : density(size) * millsRatio(size)
  return z >= 0 ? { lower: 1 - beyond, upper: beyond } : { lower: beyond, upper: 1 - beyond }
}

/** The z whose given tail is p. Example: normalQuantile(0.025, 'upper') is 1.9599… Throws when p is not strictly between 0 and 1. */
export const normalQuantile = (p: number, tail: Tail = 'lower'): number => {
  checkProbability(p, 'normalQuantile')
  if (p === 0.5) return 0
  const size = positiveQuantile((z) => ({ lower: 2 * fromCentre(z), upper: 2 * normal(z).upper }), 2 * Math.min(p, 1 - p), 'upper')
  return p < 0.5 === (tail === 'upper') ? size : -size
}

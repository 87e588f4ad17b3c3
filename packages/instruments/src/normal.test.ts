import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalCdf, normalQuantile } from './normal.ts'

/** From mpmath 1.3 at 40 digits, rounded to doubles: ncdf and sqrt(2) erfinv(2p - 1). */
const probabilities = [
  [-10, 7.619853024160525e-24],
  [-8, 6.220960574271784e-16],
  [-5, 2.866515718791939e-7],
  [-4.999, 2.881420141464132e-7],
  [-3, 0.0013498980316300946],
  [-1.959963984540054, 0.025000000000000015],
  [-1, 0.15865525393145705],
  [-0.5, 0.3085375387259869],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1, 0.8413447460685429],
  [2, 0.9772498680518208],
  [3, 0.9986501019683699],
  [5, 0.9999997133484281],
  [8, 0.9999999999999993],
] as const
const quantiles = [
  [0.975, 1.9599639845400543],
  [0.5, 0],
  [0.9, 1.2815515655446004],
  [0.25, -0.6744897501960817],
  [0.001, -3.0902323061678136],
] as const

test.each(probabilities)('P(Z <= %d) is right to 1e-13', (z, expected) => {
  expect(Math.abs(normalCdf(z) - expected)).toBeLessThan(1e-13)
})

test('far in the lower tail the relative error stays below 1e-13', () => {
  for (const [z, expected] of probabilities.filter(([point]) => point <= -5))
    expect(Math.abs(normalCdf(z) / expected - 1)).toBeLessThan(1e-13)
  expect([normalCdf(-39), normalCdf(39), normalCdf(Number.NEGATIVE_INFINITY)]).toEqual([0, 1, 0])
})

test.each(quantiles)('the quantile of %d is right to 1e-12', (p, expected) => {
  expect(Math.abs(normalQuantile(p) - expected)).toBeLessThan(1e-12)
})

test('the distribution rises, and its two sides add up to one', () => {
  fc.assert(
    fc.property(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }), (z, step) => {
      expect(normalCdf(z + step)).toBeGreaterThanOrEqual(normalCdf(z) - 1e-15)
      expect(Math.abs(normalCdf(z) + normalCdf(-z) - 1)).toBeLessThan(1e-14)
    }),
  )
})

import { seededRandom } from '@tongxing/instruments'
import { expect, test } from 'vitest'
import { expectClose } from '../../test/oracle.ts'
import { clusterSums } from '../models/cluster-sums.ts'
import { linearMixedModel } from '../models/linear-mixed-model.ts'
import { matchedDonors } from './predictive-mean-matching.ts'
import { chiSquaredDraw, normalDraw } from './random-draws.ts'
import { twoLevelDraw } from './two-level-draw.ts'

const moments = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length }
}
const random = seededRandom(9)
const x = Float64Array.from({ length: 60 }, () => normalDraw(random))
const codes = Int32Array.from(x, (_, row) => row % 6)
const effects = [-1, -0.6, -0.2, 0.2, 0.6, 1]
const y = x.map((value, row) => 0.5 * value + effects[codes[row]!]! + 0.7 * normalDraw(random))

test('χ² draws have mean df and variance 2 df, below df 2 too', () => {
  for (const df of [0.7, 1, 3, 40]) {
    const { mean, variance } = moments(Array.from({ length: 20_000 }, () => chiSquaredDraw(df, random)))
    expectClose(mean, df, 0.05)
    expectClose(variance, 2 * df, 0.15)
  }
  expect(() => chiSquaredDraw(0, random)).toThrow('df above 0, got 0')
})

test('without clusters a draw spreads about least squares as its posterior does', () => {
  const draws = Array.from({ length: 4000 }, () => twoLevelDraw({ y, columns: [x], codes: null, clusters: 0 }, random)!)
  const [mx, my] = [moments([...x]), moments([...y])]
  const slope = [...x].reduce((sum, value, row) => sum + (value - mx.mean) * (y[row]! - my.mean), 0) / (60 * mx.variance)
  expectClose(draws[0]!.estimate.beta[1]!, slope, 1e-12)
  const residual = 60 * (my.variance - slope ** 2 * mx.variance)
  const { mean, variance } = moments(draws.map(({ draw }) => draw.beta[1]!))
  expectClose(mean, slope, 0.05)
  expectClose(variance, residual / 56 / (60 * mx.variance), 0.08) // 58 df, times 58/56 for Student's t
})

test('with clusters the estimate is the mixed model, and what is drawn of a cluster lies about its effect', () => {
  const { estimate } = twoLevelDraw({ y, columns: [x], codes, clusters: 6 }, random)!
  const fit = linearMixedModel(clusterSums(Array.from(codes, String), [x, y]), ['x'])
  if (fit.kind !== 'estimated') throw new Error(fit.reason)
  expectClose(estimate.beta[1]!, fit.coefficients[1]!.estimate, 0.01) // λ is the best of a grid
  const drawn = Array.from({ length: 3000 }, () => twoLevelDraw({ y, columns: [x], codes, clusters: 6 }, random)!.draw)
  const totals = effects.map((_, cluster) => moments(drawn.map(({ beta, clusters }) => beta[0]! + clusters[cluster]!)).mean)
  for (const [cluster, total] of totals.entries())
    expect(Math.abs(total - (estimate.beta[0]! + estimate.clusters[cluster]!))).toBeLessThan(0.05)
})

test('fewer rows than coefficients, or a column twice, has no draw', () => {
  expect(twoLevelDraw({ y: y.slice(0, 2), columns: [x.slice(0, 2)], codes: null, clusters: 0 }, random)).toBeNull()
  expect(twoLevelDraw({ y, columns: [x, x], codes: null, clusters: 0 }, random)).toBeNull()
})

test('a donor is one of the nearest, ties fall by chance, on a line and in a plane', () => {
  const line = Float64Array.of(0, 1, 2, 3, 10, 11)
  for (const donors of [[line], [line, line]]) {
    const recipients = donors.map(() => new Float64Array(300).fill(2.1))
    expect(new Set(matchedDonors(donors, recipients, 3, random))).toEqual(new Set([1, 2, 3]))
    const tied = donors.map(() => new Float64Array(50).fill(1))
    expect(new Set(matchedDonors(tied, recipients, 5, random)).size).toBeGreaterThan(25)
  }
})

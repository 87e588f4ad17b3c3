import { seededRandom } from '@tongxing/instruments'
import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import type { schoolSums } from '../models/school-sums.ts'
import { clusterPower, minimumDetectableEffect } from './cluster-power.ts'
import { simulatedPower } from './simulated-power.ts'
import { simulatedSchool } from './simulated-school.ts'

const design = {
  schools: 24,
  pupils: 50,
  intraclassCorrelation: 0.05,
  correlation: { pupils: 0.6, schools: 0.6 },
  sizeVariation: 0,
  alpha: 0.05,
}
const trials = 1200
const simulated = estimated(simulatedPower(design, trials, 11))
const closed = { schools: 24, pupils: 50, intraclassCorrelation: 0.05, rSquared: { pupils: 0.36, schools: 0.36 }, schoolCovariates: 1 }

test('power agrees with the closed form within four Monte Carlo errors, and grows with the effect', () => {
  for (const effect of [0.15, 0.25, 0.35]) {
    const wanted = clusterPower(effect, closed).power
    const { share, monteCarlo } = simulated.power(effect)
    expect(Math.abs(share - wanted)).toBeLessThan(4 * Math.sqrt((wanted * (1 - wanted)) / trials) + 0.01)
    expect(monteCarlo.lower < share && share < monteCarlo.upper).toBe(true)
    expect(simulated.power(-effect).share).toBeGreaterThan(simulated.power(effect / 2).share)
  }
})

test('size is near .05 and the smallest effect near the closed form', () => {
  expect(Math.abs(simulated.size.share - 0.05)).toBeLessThan(0.025)
  const smallest = simulated.minimumDetectableEffect(0.8)
  expect(Math.abs(smallest / minimumDetectableEffect(0.8, closed) - 1)).toBeLessThan(0.07)
  expect(simulated.power(smallest).share).toBeGreaterThanOrEqual(0.8)
  expect(simulated.power(smallest * 0.999999).share).toBeLessThan(0.8)
})

test('a seed repeats the trials, and unequal schools cost power', () => {
  expect(estimated(simulatedPower(design, 150, 3)).meanStandardError).toBe(estimated(simulatedPower(design, 150, 3)).meanStandardError)
  const equal = estimated(simulatedPower({ ...design, intraclassCorrelation: 0.15 }, 300, 5))
  const unequal = estimated(simulatedPower({ ...design, intraclassCorrelation: 0.15, sizeVariation: 0.9 }, 300, 5))
  expect(unequal.meanStandardError).toBeGreaterThan(equal.meanStandardError)
})

test('sums drawn at once have the moments of sums of rows', () => {
  const random = seededRandom(2)
  const model = { intraclassCorrelation: 0.2, correlation: { pupils: 0.5, schools: -0.3 } }
  const [n, draws] = [7, 20_000]
  const schools = Array.from({ length: draws }, () => simulatedSchool('S', n, 0, model, 'baseline', random))
  const mean = (of: (one: ReturnType<typeof schoolSums>[number]) => number) => schools.reduce((sum, one) => sum + of(one), 0) / draws
  expect(mean(({ centred }) => centred[1]![1]!)).toBeCloseTo(0.8 * 6, 1)
  expect(mean(({ centred }) => centred[1]![2]!)).toBeCloseTo(0.8 * 0.5 * 6, 1)
  expect(mean(({ centred }) => centred[2]![2]! ** 2) - mean(({ centred }) => centred[2]![2]!) ** 2).toBeCloseTo(2 * 6 * 0.64, 0)
  expect(mean(({ means }) => means[1]! ** 2)).toBeCloseTo(0.2 + 0.8 / 7, 1)
  expect(mean(({ means }) => means[1]! * means[2]!)).toBeCloseTo(-0.3 * 0.2 + (0.5 * 0.8) / 7, 2)
})

test('what cannot be simulated is said or refused', () => {
  expect(() => simulatedPower(design, 10, 1)).toThrow('simulatedPower requires 100 trials or more, got 10')
  expect(simulatedPower({ ...design, schools: 3 }, 100, 1)).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(simulatedPower({ ...design, pupils: 1 }, 100, 1)).toMatchObject({ kind: 'not-estimable' })
  expect(simulatedPower({ ...design, intraclassCorrelation: 1 }, 100, 1)).toMatchObject({ kind: 'not-estimable' })
  expect(() => simulated.minimumDetectableEffect(0.01)).toThrow('minimumDetectableEffect requires a power between 0.05 and 1')
})

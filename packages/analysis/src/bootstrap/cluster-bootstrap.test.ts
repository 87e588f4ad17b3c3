import { seededRandom } from '@tongxing/instruments'
import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import { linearMixedModel } from '../models/linear-mixed-model.ts'
import { type ModelRow, schoolSums } from '../models/school-sums.ts'
import { clusterBootstrap } from './cluster-bootstrap.ts'

type Case = {
  readonly name: string
  readonly rows: readonly ModelRow[]
  readonly estimate: number
  readonly standardError: number
  readonly percentile: readonly [number, number]
  readonly bca: readonly [number, number]
}
const { provenance, cases } = golden<{ readonly provenance: { readonly refits: number }; readonly cases: readonly Case[] }>(
  'cluster-bootstrap',
)
const names = ['arm', 'pre']
const asked = { coefficient: 'arm', within: ['arm'] } as const
const sums = schoolSums(cases[0]!.rows)
const armOf = (some: typeof sums) => linearMixedModel(some, names)
const estimateOf = (some: typeof sums): number => estimated(armOf(some)).coefficients[1]!.estimate

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, { rows, estimate, standardError, percentile, bca }) => {
  test('the intervals are those of lme4 and boot within the Monte Carlo error of both', () => {
    const resamples = 5000
    const found = estimated(clusterBootstrap(schoolSums(rows), names, { ...asked, resamples }))
    expectClose(found.estimate, estimate, 1e-5, 'estimate')
    const share = 1 / resamples + 1 / provenance.refits
    // four standard errors; the density at a limit of 95% is about 0.058 per standard error, less in a long tail
    expect(Math.abs(found.standardError / standardError - 1)).toBeLessThan(4 * Math.sqrt(share))
    const limit = 4 * Math.sqrt(0.025 * 0.975 * share) * (standardError / 0.045)
    for (const [ours, theirs, most] of [
      [found.percentileInterval, percentile, limit],
      [found.interval, bca, 2 * limit], // further out, and with the error of the bias
    ] as const) {
      expect(Math.abs(ours.lower - theirs[0])).toBeLessThan(most)
      expect(Math.abs(ours.upper - theirs[1])).toBeLessThan(most)
    }
  }, 30_000)
})

test('every resample is the model fitted anew to the schools that were drawn, and the acceleration leaves out one school at a time', () => {
  const found = estimated(clusterBootstrap(sums, names, { ...asked, seed: 5, resamples: 100 }))
  const arms = [...Map.groupBy(sums, ({ means }) => means[0]).values()]
  const random = seededRandom(5)
  const refits = Array.from({ length: 100 }, () =>
    estimateOf(
      arms.flatMap((arm) => arm.map(() => arm[Math.floor(random() * arm.length)]!)).map((one, place) => ({ ...one, school: `${place}` })),
    ),
  )
  const mean = refits.reduce((sum, value) => sum + value, 0) / 100
  const variance = refits.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 99
  expectClose(found.standardError, Math.sqrt(variance), 1e-8, 'standard error')
  const whole = estimateOf(sums)
  expectClose(found.estimate, whole, 1e-12, 'estimate')
  const influence = arms.flatMap((arm) =>
    arm.map((left) => ((arm.length - 1) / arm.length) * (whole - estimateOf(sums.filter((one) => one !== left)))),
  )
  const power = (exponent: number) => influence.reduce((sum, value) => sum + value ** exponent, 0)
  expectClose(found.acceleration, power(3) / (6 * power(2) ** 1.5), 1e-6, 'acceleration')
})

test('a seed gives the same interval again, and another one another', () => {
  const of = (seed: number) => estimated(clusterBootstrap(sums, names, { ...asked, seed, resamples: 200 }))
  expect(of(3)).toEqual(of(3))
  expect(of(4).interval).not.toEqual(of(3).interval)
})

test('the intercept is that of the columns as given, not of the shifted ones', () => {
  const found = estimated(clusterBootstrap(sums, names, { coefficient: '(Intercept)', within: ['arm'], resamples: 100 }))
  expectClose(found.estimate, estimated(armOf(sums)).coefficients[0]!.estimate, 1e-12)
})

test('one school in an arm has no interval, few schools are warned of, and wrong names are refused', () => {
  const oneInArm = sums.filter(({ means }, place) => means[0] === 0 || place === 1)
  expect(clusterBootstrap(oneInArm, names, asked)).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(estimated(clusterBootstrap(sums.slice(0, 8), names, { ...asked, resamples: 100 })).warnings).toEqual(['few-schools'])
  expect(() => clusterBootstrap(sums, names, { coefficient: 'sex', within: [] })).toThrow('no coefficient sex')
  expect(() => clusterBootstrap(sums, names, { coefficient: 'arm', within: ['pre'] })).toThrow('the same for all of a cluster')
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { cohensD } from '../effects/cohens-d.ts'
import { bcaD } from './bca-d.ts'

const first = [15.5, 18.2, 9.8, 4.8, 15.5, 11.2, 3.2, 5.7, 15, 5.6, 10.7, 15.2]
const second = [12.9, 11.3, 6.4, 15.5, 6, 15.3, 9.6, 12.4, 9]
const d = (a: readonly number[], b: readonly number[]) => estimated(cohensD(a, b)).estimate

test('the acceleration in closed form equals leaving out one value at a time', () => {
  const found = estimated(bcaD(first, second))
  const whole = d(first, second)
  expectClose(found.estimate, whole, 1e-12, 'd')
  const influence = [
    ...first.map((_, k) => ((first.length - 1) / first.length) * (whole - d(first.toSpliced(k, 1), second))),
    ...second.map((_, k) => ((second.length - 1) / second.length) * (whole - d(first, second.toSpliced(k, 1)))),
  ]
  const power = (exponent: number) => influence.reduce((sum, value) => sum + value ** exponent, 0)
  expectClose(found.acceleration, power(3) / (6 * power(2) ** 1.5), 1e-10, 'acceleration')
})

test('a seed gives the same interval again, an offset or another unit nothing new, and the intervals hold the estimate', () => {
  const found = estimated(bcaD(first, second, { seed: 7 }))
  expect(estimated(bcaD(first, second, { seed: 7 }))).toEqual(found)
  const moved = estimated(
    bcaD(
      first.map((value) => 1e6 + 4 * value),
      second.map((value) => 1e6 + 4 * value),
      { seed: 7 },
    ),
  )
  expectClose(moved.interval.lower, found.interval.lower, 1e-6)
  for (const { lower, upper } of [found.interval, found.percentileInterval])
    expect(lower < found.estimate && found.estimate < upper).toBe(true)
})

test('too few values, no variation and too few resamples are said', () => {
  expect(bcaD([1, 2], [1, 2, 3])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(bcaD([1, 1, 1], [2, 2, 2])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(() => bcaD(first, second, { resamples: 10 })).toThrow('bcaD requires 100 resamples or more, got 10')
})

test.skipIf(!hasOracles)(withOracles('a published trial agrees with boot within Monte Carlo error'), () => {
  type Reference = { readonly se: number; readonly bca: readonly [number, number]; readonly percentile: readonly [number, number] }
  const { cohen_d_post_CBT_vs_Cont: wanted } = oracle<{ readonly bootstrap: { readonly cohen_d_post_CBT_vs_Cont: Reference } }>(
    'misc.json',
  ).bootstrap
  const { programme, control } = trialCases().find(({ name }) => name === 'anorexia_CBT_vs_Cont')!
  const found = estimated(bcaD(programme.post, control.post, { resamples: 20_000 }))
  expect(Math.abs(found.standardError - wanted.se)).toBeLessThan(0.01)
  for (const [ours, theirs] of [
    [found.interval, wanted.bca],
    [found.percentileInterval, wanted.percentile],
  ] as const) {
    expect(Math.abs(ours.lower - theirs[0])).toBeLessThan(0.02)
    expect(Math.abs(ours.upper - theirs[1])).toBeLessThan(0.02)
  }
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { hedgesG, smallSampleCorrection } from './hedges-g.ts'
import { noncentralInterval } from './noncentral-interval.ts'

type Case = {
  readonly name: string
  readonly first: number[]
  readonly second: number[]
  readonly d: number
  readonly g: number
  readonly correction: number
}
type Correction = { readonly df: number; readonly J: number }
const { two_samples: cases } = golden<{ readonly two_samples: readonly Case[] }>('effects')
const corrections = golden<{ readonly small_sample_correction: readonly Correction[] }>('distributions').small_sample_correction

test.each(cases.map((one) => [one.name, one] as const))('hedgesG equals R to 1e-12: %s', (_, one) => {
  const found = estimated(hedgesG(one.first, one.second))
  expectClose(found.d, one.d, 1e-12, 'd')
  expectClose(found.correction, one.correction, 1e-12, 'J')
  expectClose(found.estimate, one.g, 1e-12, 'g')
  expect(found.interval.lower).toBeLessThan(found.estimate)
  expect(found.interval.upper).toBeGreaterThan(found.estimate)
})

test('the correction J equals its 40-digit value to 1e-12, up to 100,000 degrees of freedom', () => {
  for (const { df, J } of corrections) expectClose(smallSampleCorrection(df), J, 1e-12, `df ${df}`)
  expect(() => smallSampleCorrection(1)).toThrow('smallSampleCorrection requires df of at least 2, got 1')
})

test('the interval of g is the interval of the noncentrality, scaled', () => {
  const found = estimated(hedgesG([1, 2, 3, 9], [4, 6, 9, 12, 7]))
  const perUnit = Math.sqrt(1 / 4 + 1 / 5)
  const limits = noncentralInterval(found.d / perUnit, 7, 0.95)
  expectClose(found.interval.lower, found.correction * perUnit * limits.lower, 1e-14)
})

test('the interval stays finite and in order for effects of any size', () => {
  for (const df of [2, 9, 1383, 100_000])
    for (const t of [-3000, -73.2, -1e-9, 0, 4, 250]) {
      const { lower, upper } = noncentralInterval(t, df, 0.95)
      expect(Number.isFinite(lower) && Number.isFinite(upper) && lower < upper, `t ${t}, df ${df}: ${lower} to ${upper}`).toBe(true)
    }
})

test('too few values and no variation are said, not thrown', () => {
  expect(hedgesG([1], [1, 2, 3])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(hedgesG([3, 3], [4, 4])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})

// R's J, a difference of log-gammas, is itself off by 1.2e-12 at 2,757 degrees of freedom: J is compared with 40 digits above instead.
test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R'), () => {
  for (const { name, reference, programme, control } of trialCases())
    for (const what of ['baseline', 'post', 'change'] as const) {
      const found = estimated(hedgesG(programme[what], control[what]))
      const wanted = reference[what]
      expectClose(found.d, wanted.cohen_d, 1e-12, `${name} ${what} d`)
      if (found.df < 1000) expectClose(found.estimate, wanted.hedges_g_exact, 1e-12, `${name} ${what} g`)
      expectClose(
        found.interval.lower,
        wanted.hedges_g_exact_ci95[0],
        1e-8,
        `${name} ${what} lower, whose reference comes from R's root finder`,
      )
    }
})

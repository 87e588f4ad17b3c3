import { expect, test } from 'vitest'
import { twoSampleCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { glassDelta } from './glass-delta.ts'

test.each(twoSampleCases)('glassDelta equals R to 1e-12, its limits to 1e-8: %s', (_, { first, second, glass, glass_interval }) => {
  const found = estimated(glassDelta(first, second))
  expectClose(found.estimate, glass, 1e-12, 'delta')
  expectClose(found.interval.lower, glass_interval[0], 1e-8, 'lower')
  expectClose(found.interval.upper, glass_interval[1], 1e-8, 'upper')
})

test('the control arm alone gives the unit', () => {
  expectClose(estimated(glassDelta([4, 6, 9], [1, 2, 3])).estimate, 13 / 3, 1e-15)
  expect(glassDelta([4, 6, 9], [2, 2])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(glassDelta([4], [1, 2])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R, the limits with effectsize, which is good to about 1e-5'), () => {
  for (const { name, reference, programme, control } of trialCases())
    for (const what of ['baseline', 'post', 'change'] as const) {
      const found = estimated(glassDelta(programme[what], control[what]))
      expectClose(found.estimate, reference[what].glass_delta, 1e-12, `${name} ${what} delta`)
      expectClose(found.interval.upper, reference[what].effectsize_pkg.glass_ci[1], 1e-4, `${name} ${what} upper`)
    }
})

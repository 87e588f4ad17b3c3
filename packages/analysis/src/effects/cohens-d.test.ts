import { expect, test } from 'vitest'
import { twoSampleCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { cohensD } from './cohens-d.ts'

test.each(twoSampleCases)('cohensD equals R to 1e-12, its limits to 1e-8: %s', (_, { first, second, d, d_interval }) => {
  const found = estimated(cohensD(first, second))
  expectClose(found.estimate, d, 1e-12, 'd')
  expectClose(found.interval.lower, d_interval[0], 1e-8, 'lower')
  expectClose(found.interval.upper, d_interval[1], 1e-8, 'upper')
})

test('too few values and no variation are said, not thrown', () => {
  expect(cohensD([1], [1, 2, 3])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(cohensD([3, 3], [4, 4])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R'), () => {
  for (const { name, reference, programme, control } of trialCases())
    for (const what of ['baseline', 'post', 'change'] as const) {
      const found = estimated(cohensD(programme[what], control[what]))
      expectClose(found.estimate, reference[what].cohen_d, 1e-12, `${name} ${what} d`)
      expectClose(found.interval.upper, reference[what].cohen_d_ci95_noncentral_t[1], 1e-8, `${name} ${what} upper, by R's root finder`)
    }
})

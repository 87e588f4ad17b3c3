import { expect, test } from 'vitest'
import { pairedCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { standardisedChange } from './standardised-change.ts'

test.each(pairedCases)("every divisor gives R's number to 1e-12, its limits to 1e-8: %s", (_, wanted) => {
  const found = estimated(standardisedChange(wanted.before, wanted.after))
  expectClose(found.correlation, wanted.correlation, 1e-12, 'r')
  for (const key of ['dz', 'drm', 'dav', 'dRootMeanSquare', 'dBefore'] as const) {
    expectClose(found[key].estimate, wanted[key].estimate, 1e-12, key)
    expectClose(found[key].corrected!, wanted[key].corrected, 1e-12, `${key} corrected`)
    expectClose(found[key].interval.lower, wanted[key].interval[0], 1e-8, `${key} lower`)
    expectClose(found[key].interval.upper, wanted[key].interval[1], 1e-8, `${key} upper`)
  }
})

test('no pair, equal changes, a constant wave and values that are no pairs are said', () => {
  expect(standardisedChange([3], [5])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(standardisedChange([1, 2, 3], [2, 3, 4])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(standardisedChange([2, 2, 2], [2, 3, 4])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(() => standardisedChange([1, 2], [1])).toThrow('pairedMoments requires pairs, got 2 and 1 values')
})

test('with two pairs there is no small-sample correction, and it is null', () => {
  expect(estimated(standardisedChange([1, 2], [2, 5])).dBefore.corrected).toBeNull()
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R to 1e-12'), () => {
  for (const { name, reference, programme, control } of trialCases())
    for (const [arm, wanted] of [
      [programme, reference.within_T],
      [control, reference.within_C],
    ] as const) {
      const found = estimated(standardisedChange(arm.baseline, arm.post))
      expectClose(found.correlation, wanted.r, 1e-12, `${name} r`)
      expectClose(found.drm.estimate, wanted.d_rm, 1e-12, `${name} d_rm`)
      expectClose(found.dav.estimate, wanted.d_av_mean_of_sds, 1e-12, `${name} d_av`)
      expectClose(found.dRootMeanSquare.estimate, wanted.d_av_root_mean_square, 1e-12, `${name} root mean square`)
      expectClose(found.dBefore.estimate, wanted.d_becker_pre_sd, 1e-12, `${name} by the baseline`)
      if (found.df < 1000) expectClose(found.dBefore.corrected!, wanted.smcr_metafor, 1e-12, `${name} corrected, by the baseline`)
    }
})

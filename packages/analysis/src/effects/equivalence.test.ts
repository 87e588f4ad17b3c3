import { expect, test } from 'vitest'
import { twoSampleCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { equivalence } from './equivalence.ts'
import { pairedT } from './paired-t.ts'
import { welchT } from './welch-t.ts'

test.each(twoSampleCases)('equivalence equals two one-sided tests of R to 1e-12: %s', (_, { first, second, equivalence: wanted }) => {
  const found = equivalence(estimated(welchT(first, second)), [-wanted.bound, wanted.bound])
  for (const key of ['lowerStatistic', 'lowerP', 'upperStatistic', 'upperP'] as const) expectClose(found[key], wanted[key], 1e-12, key)
  expectClose(found.interval.lower, wanted.interval[0], 1e-12, 'lower')
  expectClose(found.interval.upper, wanted.interval[1], 1e-12, 'upper')
})

test('it is called equivalent exactly when the 90% interval lies within the bounds', () => {
  const effect = estimated(pairedT([1, 2, 3, 4, 5, 6], [1.1, 2, 2.9, 4.2, 4.9, 6]))
  for (const bound of [0.02, 0.05, 0.09, 0.2, 1]) {
    const { equivalent, interval } = equivalence(effect, [-bound, bound])
    expect(equivalent).toBe(interval.lower > -bound && interval.upper < bound)
  }
})

test('bounds out of order are refused with their numbers', () => {
  expect(() => equivalence(estimated(pairedT([1, 2, 3], [2, 5, 4])), [1, -1])).toThrow(
    'equivalence requires a lower bound below the upper, got 1 and -1',
  )
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R to 1e-12'), () => {
  for (const { name, reference, programme, control } of trialCases()) {
    for (const what of ['baseline', 'post', 'change'] as const) {
      const wanted = reference[what].tost_welch_bounds_half_pooled_sd
      const found = equivalence(estimated(welchT(programme[what], control[what])), [-wanted.bound, wanted.bound])
      expectClose(found.p, wanted.p_tost, 1e-12, `${name} ${what} p`)
      expectClose(found.lowerP, wanted.p_lower, 1e-12, `${name} ${what} lower p`)
      expectClose(found.interval.lower, wanted.ci90[0], 1e-12, `${name} ${what} lower`)
    }
    const { bound, p_tost } = reference.within_T.tost_bounds_half_pre_sd
    const found = equivalence(estimated(pairedT(programme.baseline, programme.post)), [-bound, bound])
    expectClose(found.p, p_tost, 1e-12, `${name} paired p`)
  }
})

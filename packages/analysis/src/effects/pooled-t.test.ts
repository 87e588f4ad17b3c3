import { expect, test } from 'vitest'
import { twoSampleCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { pooledT } from './pooled-t.ts'

test.each(twoSampleCases)('pooledT equals R to 1e-12: %s', (_, { first, second, student }) => {
  const found = estimated(pooledT(first, second))
  for (const key of ['estimate', 'standardError', 'df', 'statistic', 'p'] as const) expectClose(found[key], student[key]!, 1e-12, key)
  expectClose(found.interval.lower, student.lower!, 1e-12, 'lower')
  expectClose(found.interval.upper, student.upper!, 1e-12, 'upper')
})

test('too few values and no variation are said, not thrown', () => {
  expect(pooledT([1], [1, 2])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(pooledT([3, 3], [4, 4, 4])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R to 1e-12'), () => {
  for (const { name, reference, programme, control } of trialCases())
    for (const what of ['baseline', 'post', 'change'] as const) {
      const found = estimated(pooledT(programme[what], control[what]))
      const wanted = reference[what].student
      expectClose(found.statistic, wanted.t, 1e-12, `${name} ${what} t`)
      expectClose(found.p, wanted.p, 1e-12, `${name} ${what} p`)
      expectClose(found.interval.lower, wanted.ci95[0], 1e-12, `${name} ${what} lower`)
      expectClose(found.standardDeviation, reference[what].sd_pooled, 1e-12, `${name} ${what} pooled standard deviation`)
    }
})

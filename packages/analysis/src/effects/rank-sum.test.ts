import { expect, test } from 'vitest'
import { twoSampleCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { expectAsInR, rankSumCases } from '../../test/rank-cases.ts'
import { rankSum } from './rank-sum.ts'

test.each(twoSampleCases)('rankSum equals R to 1e-12: %s', (_, { first, second, rank_sum }) => {
  const found = estimated(rankSum(first, second))
  expect(found.statistic).toBe(rank_sum.statistic)
  expectClose(found.approximateP, rank_sum.p, 1e-12, 'p')
})

test.each(rankSumCases)('p, shift and interval are those of R: %s', (_, wanted) => {
  expectAsInR(estimated(rankSum(wanted.first, wanted.second, wanted.level)), wanted)
})

test('one tie makes it approximate, and an interval that few values cannot give says what it covers', () => {
  expect(estimated(rankSum([1, 2, 4], [3, 4, 6])).method).toBe('wilcoxon-rank-sum-normal-approximation')
  const { shift } = estimated(rankSum([1, 2], [3, 5]))
  expect([shift.interval.lower, shift.interval.upper]).toEqual([-4, -1])
  expectClose(shift.coverage!, 2 / 3, 1e-14)
})

test('the probability of superiority counts ties half', () => {
  expect(estimated(rankSum([2, 4], [2, 1])).superiority).toBe(3.5 / 4)
})

test('no values and no variation are said, not thrown', () => {
  expect(rankSum([], [1])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(rankSum([2, 2], [2])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R to 1e-12'), () => {
  for (const { name, reference, programme, control } of trialCases())
    for (const what of ['baseline', 'post', 'change'] as const) {
      const found = estimated(rankSum(programme[what], control[what]))
      expect(found.statistic, `${name} ${what}`).toBe(reference[what].wilcoxon.W)
      expectClose(found.approximateP, reference[what].wilcoxon.p_normal_approx_corrected, 1e-12, `${name} ${what} p`)
    }
})

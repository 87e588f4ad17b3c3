import { expect, test } from 'vitest'
import { pairedCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { expectAsInR, signedRankCases } from '../../test/rank-cases.ts'
import { signedRank } from './signed-rank.ts'

test.each(pairedCases)('signedRank equals R to 1e-12: %s', (_, { before, after, signed_rank }) => {
  const found = estimated(signedRank(before, after))
  expect(found.statistic).toBe(signed_rank.statistic)
  expectClose(found.p, signed_rank.p, 1e-12, 'p')
})

test.each(signedRankCases)('p, pseudomedian and interval are those of R: %s', (_, wanted) => {
  expectAsInR(estimated(signedRank(wanted.before, wanted.after, wanted.level)), wanted)
})

test('four rises of different size have an exact p of 2/16, and one tie makes it approximate', () => {
  const exact = estimated(signedRank([1, 2, 3, 4], [2, 4, 6, 8]))
  expect([exact.method, exact.p, exact.rankBiserial]).toEqual(['wilcoxon-signed-rank-exact', 0.125, 1])
  expect(estimated(signedRank([1, 2, 3, 4], [2, 3, 6, 8])).method).toBe('wilcoxon-signed-rank-normal-approximation')
})

test('no pair and no change are said, not thrown; values that are no pairs are refused', () => {
  expect(signedRank([], [])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(signedRank([3, 4], [3, 4])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(() => signedRank([1], [])).toThrow('signedRank requires pairs, got 1 and 0 values')
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R to 1e-12'), () => {
  for (const { name, reference, programme, control } of trialCases())
    for (const [arm, wanted] of [
      [programme, reference.within_T],
      [control, reference.within_C],
    ] as const) {
      const found = estimated(signedRank(arm.baseline, arm.post))
      expect(found.statistic, name).toBe(wanted.wilcoxon_signed_rank.V)
      expectClose(found.approximateP, wanted.wilcoxon_signed_rank.p_normal_approx_corrected, 1e-12, `${name} p`)
    }
})

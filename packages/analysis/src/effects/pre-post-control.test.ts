import { expect, test } from 'vitest'
import { prePostControlCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { prePostControl } from './pre-post-control.ts'

test.each(prePostControlCases)('prePostControl equals R to 1e-12: %s', (_, wanted) => {
  const found = estimated(prePostControl(wanted.programme, wanted.control))
  expectClose(found.correlation, wanted.correlation, 1e-12, 'r')
  for (const key of ['ppc1', 'ppc2', 'ppc3'] as const) {
    expectClose(found[key].estimate, wanted[key].estimate, 1e-12, key)
    expectClose(found[key].approximate, wanted[key].approximate, 1e-12, `${key} approximate`)
    expectClose(found[key].standardError, wanted[key].standardError, 1e-12, `${key} standard error`)
    expect(found[key].interval.lower).toBeLessThan(found[key].estimate)
  }
})

test('an arm of two pairs and an arm without variation are said, not thrown', () => {
  const arm = { before: [1, 2, 4], after: [3, 5, 6] }
  expect(prePostControl(arm, { before: [1, 2], after: [2, 4] })).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(prePostControl({ before: [2, 2, 2], after: [2, 4, 5] }, arm)).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})

test.skipIf(!hasOracles)(withOracles("four pre/post trials agree with R to 1e-12, with Morris's own correction"), () => {
  for (const { name, reference, programme, control } of trialCases()) {
    const arms = [programme, control].map(({ baseline, post }) => ({ before: baseline, after: post }))
    const found = estimated(prePostControl(arms[0]!, arms[1]!))
    expectClose(found.correlation, reference.ppc.rho_within_pooled, 1e-12, `${name} r`)
    expectClose(found.ppc1.approximate, reference.ppc.d_ppc1, 1e-12, `${name} ppc1`)
    expectClose(found.ppc2.approximate, reference.ppc.d_ppc2, 1e-12, `${name} ppc2`)
    expectClose(found.ppc3.approximate, reference.ppc.d_ppc3, 1e-12, `${name} ppc3`)
    // above 1,000 degrees of freedom R's J, a difference of log-gammas, is itself off
    if (programme.post.length < 500) expectClose(found.ppc2.estimate, reference.ppc.d_ppc2_exact_J, 1e-12, `${name} ppc2 with the exact J`)
  }
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { clusteredG } from './clustered-g.ts'

const input = { g: 0.3, n: [200, 200], schools: 20, intraclassCorrelation: 0.2 } as const

test('without alike pupils nothing is taken off but the degrees of freedom of the arms', () => {
  const found = estimated(clusteredG({ ...input, intraclassCorrelation: 0 }))
  expect([found.estimate, found.gamma, found.designEffect, found.df]).toEqual([0.3, 1, 1, 398])
  expect(found.statistic).toBe(found.uncorrectedStatistic)
})

test('when pupils of a school are all alike, h comes near the number of schools less two', () => {
  expectClose(estimated(clusteredG({ ...input, intraclassCorrelation: 1 })).df, 18, 1e-12)
})

test('what cannot be asked is said', () => {
  expect(clusteredG({ ...input, n: [0, 10] })).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(clusteredG({ ...input, schools: 2 })).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(() => clusteredG({ ...input, intraclassCorrelation: 1.5 })).toThrow(
    'clusteredG requires an intraclass correlation from 0 to 1, got 1.5',
  )
})

type Example = Readonly<Record<string, number>>
test.skipIf(!hasOracles)(withOracles('three worked examples agree to 1e-12'), () => {
  const { cluster } = oracle<{ readonly wwc: { readonly cluster: Readonly<Record<string, Example>> } }>('misc.json').wwc
  for (const [name, wanted] of Object.entries(cluster)) {
    const n = [wanted.n1!, wanted.n0!] as const
    const found = estimated(clusteredG({ g: wanted.g_unadjusted!, n, schools: wanted.M!, intraclassCorrelation: wanted.icc! }))
    const pairs = [
      ['estimate', 'g_total_variance'],
      ['gamma', 'gamma'],
      ['df', 'h'],
      ['dfCorrection', 'omega_h'],
      ['designEffect', 'design_effect_eta'],
      ['standardError', 'se_E'],
      ['uncorrectedStatistic', 't_uncorrected'],
      ['statistic', 't_corrected'],
      ['p', 'p_corrected'],
    ] as const
    for (const [ours, theirs] of pairs) expectClose(found[ours], wanted[theirs]!, 1e-12, `${name} ${ours}`)
  }
})

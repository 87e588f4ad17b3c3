import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { pooledEstimate } from './pooled-estimate.ts'

test('imputations that agree leave the variance as it is and take only the small-sample share off the df', () => {
  const found = estimated(
    pooledEstimate(
      [1, 1, 1].map((estimate) => ({ estimate, standardError: 0.5 })),
      20,
    ),
  )
  expect([found.estimate, found.standardError, found.relativeIncrease, found.lambda]).toEqual([1, 0.5, 0, 0])
  expectClose(found.df, (21 / 23) * 20, 1e-15)
})

test('two imputations a unit from their mean: Rubin by hand', () => {
  const found = estimated(
    pooledEstimate(
      [
        { estimate: 1, standardError: 1 },
        { estimate: 3, standardError: 1 },
      ],
      20,
    ),
  )
  expect([found.estimate, found.withinVariance]).toEqual([2, 1])
  expectClose(found.betweenVariance, 2, 1e-15)
  expectClose(found.totalVariance, 4, 1e-15)
  expectClose(found.lambda, 0.75, 1e-15)
  expectClose(found.df, 1 / (0.75 ** 2 + 1 / ((21 / 23) * 20 * 0.25)), 1e-14)
})

test('one imputation is said, a standard error or df of zero refused', () => {
  expect(pooledEstimate([{ estimate: 1, standardError: 1 }], 20)).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(() => pooledEstimate([{ estimate: 1, standardError: 0 }], 20)).toThrow('pooledEstimate requires standard errors above 0, got 0')
  expect(() => pooledEstimate([{ estimate: 1, standardError: 1 }], 0)).toThrow('pooledEstimate requires df above 0, got 0')
})

test.skipIf(!hasOracles)(withOracles('a published imputed table agrees with mice to 1e-12'), () => {
  type Terms = Readonly<Record<string, number>>
  type Reference = {
    readonly per_imputation: readonly { readonly est: Terms; readonly se: Terms }[]
    readonly pooled: Readonly<Record<string, Terms>>
  }
  const { nhanes } = oracle<{ readonly multiple_imputation: { readonly nhanes: Reference } }>('misc.json').multiple_imputation
  for (const [term, wanted] of Object.entries(nhanes.pooled)) {
    const tables = nhanes.per_imputation.map(({ est, se }) => ({ estimate: est[term]!, standardError: se[term]! }))
    const found = estimated(pooledEstimate(tables, wanted.dfcom!))
    const pairs = [
      ['estimate', 'estimate'],
      ['standardError', 'se'],
      ['df', 'df'],
      ['p', 'p'],
      ['betweenVariance', 'b'],
      ['relativeIncrease', 'riv'],
      ['lambda', 'lambda'],
      ['fractionMissing', 'fmi'],
    ] as const
    for (const [ours, theirs] of pairs) expectClose(found[ours], wanted[theirs]!, 1e-12, `${term} ${ours}`)
  }
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { publishedScales } from '../../test/published-scales.ts'
import { covarianceOf } from './covariance.ts'
import { internalConsistencyOf } from './internal-consistency.ts'

const of = (answers: readonly (readonly number[])[]) => internalConsistencyOf(covarianceOf(answers)!)

test('two items: standardised alpha and the halves are the stepped-up correlation', () => {
  const found = estimated(
    of([
      [1, 2],
      [2, 2],
      [3, 4],
    ]),
  )
  const r = Math.sqrt(0.75)
  expect(found.averageCorrelation).toBeCloseTo(r, 14)
  for (const measure of [found.standardisedAlpha, found.splitHalf!.spearmanBrown]) expect(measure).toBeCloseTo((2 * r) / (1 + r), 14)
  expect(found.total.mean).toBeCloseTo(14 / 3, 14)
  expect(found.total.standardDeviation).toBeCloseTo(Math.sqrt(13 / 3), 14)
})

test('an item twice leaves no inverse, so lambda 6 is not given; a constant item leaves nothing', () => {
  const twice = [1, 4, 2, 5].map((value, row) => [value, value, row])
  expect(estimated(of(twice)).guttmanLambda6).toBeNull()
  expect(of([1, 4, 2].map((value) => [value, 7]))).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})

test.skipIf(!hasOracles)(withOracles('published scales agree with psych to 1e-12'), () => {
  type Reference = Readonly<
    Record<
      | 'alpha_std'
      | 'average_r'
      | 'guttman_lambda2'
      | 'guttman_lambda6_smc'
      | 'split_half_odd_even_r'
      | 'spearman_brown'
      | 'mean_total'
      | 'sd_total',
      number
    >
  >
  const { reliability } = oracle<{ readonly reliability: Readonly<Record<string, Reference>> }>('psychometrics.json')
  for (const { name, answers } of publishedScales()) {
    const wanted = reliability[name]!
    const found = estimated(of(answers))
    const pairs = [
      ['alpha_std', found.standardisedAlpha],
      ['average_r', found.averageCorrelation],
      ['guttman_lambda2', found.guttmanLambda2!],
      ['guttman_lambda6_smc', found.guttmanLambda6!],
      ['split_half_odd_even_r', found.splitHalf!.correlation],
      ['spearman_brown', found.splitHalf!.spearmanBrown],
      ['mean_total', found.total.mean],
      ['sd_total', found.total.standardDeviation],
    ] as const
    for (const [key, value] of pairs) expectClose(value, wanted[key], 1e-12, `${name} ${key}`)
  }
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { publishedScales } from '../../test/published-scales.ts'
import { omega } from './omega.ts'

type Case = {
  readonly name: string
  readonly answers: number[][]
  readonly omega: number
  readonly standardError: number
  readonly ofObservedVariance: number
  readonly loadings: readonly number[]
  readonly uniquenesses: readonly number[]
}
const cases = golden<{ readonly one_factor: readonly Case[] }>('psychometrics').one_factor

test.each(cases.map((one) => [one.name, one] as const))('omega, its loadings and its standard error equal R to 1e-10: %s', (_, one) => {
  const found = estimated(omega(one.answers))
  expectClose(found.estimate, one.omega, 1e-10, 'omega')
  expectClose(found.standardError, one.standardError, 1e-10, 'standard error')
  expectClose(found.ofObservedVariance, one.ofObservedVariance, 1e-10, 'of the observed variance')
  for (const [k, loading] of found.loadings.entries()) {
    expectClose(loading, one.loadings[k]!, 1e-10, `loading ${k}`)
    expectClose(found.uniquenesses[k]!, one.uniquenesses[k]!, 1e-10, `uniqueness ${k}`)
  }
  expect(found.warnings).toEqual([])
})

test('turning every item leaves omega as it is, and turning one raises the alarm', () => {
  const { answers, omega: wanted } = cases[0]!
  expectClose(estimated(omega(answers.map((row) => row.map((value) => 8 - value)))).estimate, wanted, 1e-10)
  const one = estimated(omega(answers.map((row) => row.map((value, k) => (k === 0 ? 8 - value : value)))))
  expect(one.estimate).toBeLessThan(wanted)
  expect(one.warnings).toEqual(['mis-keyed-item'])
})

test('two items, too few rows, a constant item and a doubled item are said, not thrown', () => {
  const answers = cases[1]!.answers
  expect(omega(answers.map((row) => row.slice(0, 2)))).toEqual({ kind: 'not-estimable', reason: 'too-few-items' })
  expect(omega(answers.slice(0, 3))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(omega(answers.map((row) => [...row, 3]))).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(omega(answers.map((row) => [...row, row[0]!]))).toEqual({ kind: 'not-estimable', reason: 'collinear' })
  expect(() => omega([[1, 2, 3], [1]])).toThrow('omega requires 3 answers in every row')
})

test('a factor that needs more than all of an item is found exactly, and its negative uniqueness said', () => {
  const [a, b, c] = [
    [1, 1, 1, 1, -1, -1, -1, -1],
    [1, 1, -1, -1, 1, 1, -1, -1],
    [1, -1, 1, -1, 1, -1, 1, -1],
  ] as const
  const answers = a.map((value, row) => [2 * value + 2 * b[row]! + 0.5 * c[row]!, 2 * value + 0.6 * c[row]!, 2 * b[row]! + 0.9 * value])
  const found = estimated(omega(answers))
  // with three items the factor is exact: λ₁² = s₁₂ s₁₃ / s₂₃, here 4.3 × 5.8 / 1.8 against a variance of 8.25
  expectClose(found.loadings[0]! ** 2, (4.3 * 5.8) / 1.8, 1e-10)
  expectClose(found.uniquenesses[0]!, 8.25 - (4.3 * 5.8) / 1.8, 1e-10)
  expect(found.warnings).toEqual(['negative-uniqueness'])
})

test.skipIf(!hasOracles)(withOracles('four published scales agree with 30 digits to 1e-10, a fifth with lavaan to its 5e-7'), () => {
  type Truth = Readonly<
    Record<string, { readonly omega: number; readonly loadings: readonly number[]; readonly uniquenesses: readonly number[] }>
  >
  type Reference = { readonly omega_cfa_ml: { readonly omega_model_implied: number; readonly omega_observed_variance: number } }
  const truth = oracle<Truth>('omega_truth.json')
  const { reliability } = oracle<{ readonly reliability: Readonly<Record<string, Reference>> }>('psychometrics.json')
  for (const { name, answers } of publishedScales()) {
    const found = estimated(omega(answers))
    const wanted = truth[name]
    const { omega_model_implied, omega_observed_variance } = reliability[name]!.omega_cfa_ml
    expectClose(found.estimate, wanted?.omega ?? omega_model_implied, wanted ? 1e-10 : 5e-7, `${name} omega`)
    expectClose(found.ofObservedVariance, omega_observed_variance, 2e-6, `${name} of the observed variance, by lavaan`)
    for (const [k, loading] of (wanted?.loadings ?? []).entries()) {
      expectClose(found.loadings[k]!, loading, 1e-10, `${name} loading ${k}`)
      expectClose(found.uniquenesses[k]!, wanted!.uniquenesses[k]!, 1e-10, `${name} uniqueness ${k}`)
    }
  }
})

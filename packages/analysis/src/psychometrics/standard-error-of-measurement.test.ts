import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { publishedScales } from '../../test/published-scales.ts'
import { standardErrorOfMeasurement } from './standard-error-of-measurement.ts'

test('a perfect reliability leaves no error and none leaves the whole spread', () => {
  expect(estimated(standardErrorOfMeasurement([1, 2, 3], 1)).estimate).toBe(0)
  expect(estimated(standardErrorOfMeasurement([1, 2, 3], 0)).estimate).toBe(1)
})

test('too few scores and no variation are said, a reliability out of range refused', () => {
  expect(standardErrorOfMeasurement([1], 0.8)).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(standardErrorOfMeasurement([2, 2], 0.8)).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(() => standardErrorOfMeasurement([1, 2], -0.1)).toThrow('standardErrorOfMeasurement requires a reliability from 0 to 1, got -0.1')
})

test.skipIf(!hasOracles)(withOracles('five published scales agree with R to 1e-12'), () => {
  type Reference = { readonly alpha_raw: number; readonly sem_of_total: number }
  const { reliability } = oracle<{ readonly reliability: Readonly<Record<string, Reference>> }>('psychometrics.json')
  for (const { name, answers } of publishedScales()) {
    const totals = answers.map((row) => row.reduce((sum, value) => sum + value, 0))
    const { alpha_raw, sem_of_total } = reliability[name]!
    expectClose(estimated(standardErrorOfMeasurement(totals, alpha_raw)).estimate, sem_of_total, 1e-12, name)
  }
})

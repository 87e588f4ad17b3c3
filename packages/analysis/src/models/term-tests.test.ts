import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import { linearMixedModel } from './linear-mixed-model.ts'
import { type ModelRow, schoolSums } from './school-sums.ts'
import { termPlaces, termTests } from './term-tests.ts'

type Simulated = { readonly name: string; readonly names: readonly string[]; readonly rows: readonly ModelRow[] }
const { cases } = golden<{ readonly cases: readonly Simulated[] }>('random-intercept')

test.each(cases.map((one) => [one.name, one] as const))(
  'the F of one column is the square of its t, with its df: %s',
  (_, { names, rows }) => {
    const sums = schoolSums(rows)
    const { coefficients } = estimated(linearMixedModel(sums, names))
    const found = termTests(sums, termPlaces(names))
    expect(found.map(({ term }) => term)).toEqual(names)
    for (const [place, { statistic, dfNumerator, dfDenominator, p }] of found.entries()) {
      const { kenwardRoger } = coefficients[place + 1]!
      expect(dfNumerator).toBe(1)
      expectClose(statistic, kenwardRoger!.statistic ** 2, 1e-8)
      expectClose(dfDenominator, kenwardRoger!.df, 1e-7)
      expectClose(p, kenwardRoger!.p, 1e-7)
    }
  },
)

test('the F of a factor does not depend on its reference level', () => {
  const { rows, names } = cases.find(({ name }) => name === 'three arms')!
  const other = rows.map(({ school, values: [one = 0, two = 0, ...rest] }) => ({ school, values: [1 - one - two, two, ...rest] }))
  const [before, after] = [rows, other].map((some) => termTests(schoolSums(some), [{ term: 'arm', places: [1, 2] }])[0]!)
  expect(names.length).toBeGreaterThan(2)
  expect(before!.dfNumerator).toBe(2)
  expectClose(after!.statistic, before!.statistic, 1e-9)
  expectClose(after!.dfDenominator, before!.dfDenominator, 1e-9)
})

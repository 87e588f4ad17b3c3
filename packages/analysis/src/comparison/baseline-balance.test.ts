import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import { baselineBalance, type Covariate } from './baseline-balance.ts'
import { schoolBalance } from './school-balance.ts'

type Golden = {
  readonly arm: readonly (0 | 1)[]
  readonly school: readonly string[]
  readonly age: readonly (number | null)[]
  readonly sex: readonly (string | null)[]
  readonly grade: readonly (string | null)[]
  readonly boarding: readonly (0 | 1)[]
  readonly rows: readonly {
    readonly name: string
    readonly level: string | null
    readonly d: number
    readonly corrected: number
    readonly means: readonly [number, number]
  }[]
  readonly schoolMeans: {
    readonly programme: { readonly mean: number; readonly sd: number }
    readonly control: { readonly mean: number; readonly sd: number }
  }
}
const { balance } = golden<{ readonly balance: Golden }>('trial-facts')
const inProgramme = balance.arm.map((arm) => arm === 1)
const covariates: readonly Covariate[] = [
  { name: 'age', kind: 'numbers', values: balance.age },
  { name: 'sex', kind: 'groups', values: balance.sex },
  { name: 'grade', kind: 'groups', values: balance.grade },
  { name: 'boarding', kind: 'numbers', values: balance.boarding },
]

test("numbers by Hedges' g, groupings by Cox's index, as R has them", () => {
  const found = baselineBalance(inProgramme, covariates)
  expect(found.rows.map(({ name, level }) => [name, level])).toEqual(balance.rows.map(({ name, level }) => [name, level]))
  for (const [place, wanted] of balance.rows.entries()) {
    const { difference, programme, control } = found.rows[place]!
    const title = `${wanted.name} ${wanted.level}`
    expectClose(estimated(difference).uncorrected, wanted.d, 1e-12, title)
    expectClose(estimated(difference).estimate, wanted.corrected, 1e-12, title)
    expectClose(programme.mean!, wanted.means[0], 1e-12, title)
    expectClose(control.mean!, wanted.means[1], 1e-12, title)
  }
  expect(found.rows[0]!.programme.missing + found.rows[0]!.control.missing).toBe(balance.age.filter((age) => age === null).length)
})

test('schools are described by the means of their pupils', () => {
  const { sizes, rows } = schoolBalance(inProgramme, balance.school, covariates)
  expect([sizes.programme.n, sizes.control.n]).toEqual([4, 4])
  for (const arm of ['programme', 'control'] as const) {
    expectClose(rows[0]![arm].mean!, balance.schoolMeans[arm].mean, 1e-12)
    expectClose(rows[0]![arm].standardDeviation!, balance.schoolMeans[arm].sd, 1e-12)
  }
})

const arms = Array.from({ length: 200 }, (_, pupil) => pupil < 100)
const shifted = (by: number): Covariate => {
  const spreadOut = Array.from({ length: 200 }, (_, pupil) => (pupil % 100) / 29 + (pupil < 100 ? by : 0))
  return { name: `by ${by}`, kind: 'numbers', values: spreadOut }
}

test('the grades change at .05 and at .25 standard deviations', () => {
  const { rows, worst } = baselineBalance(arms, [shifted(0.04), shifted(0.06), shifted(-0.24), shifted(0.27)])
  expect(rows.map(({ difference }) => estimated(difference).grade)).toEqual(['equivalent', 'adjust', 'adjust', 'not-equivalent'])
  expect(worst).toBe('not-equivalent')
})

test('a level that one arm lacks is compared with half a pupil added, and said', () => {
  const values = arms.map((_, pupil) => (pupil < 10 ? 'boards' : 'lives at home'))
  const { difference } = baselineBalance(arms, [{ name: 'boarding', kind: 'groups', values }]).rows[0]!
  expect(estimated(difference).warnings).toEqual(['zero-count'])
  expectClose(estimated(difference).uncorrected, -Math.log((10.5 * 100.5) / (90.5 * 0.5)) / 1.65, 1e-12)
})

test('what does not vary or has no values is said, and lengths must agree', () => {
  const found = baselineBalance(
    [true, true, true, false, false, false],
    [
      { name: 'same', kind: 'numbers', values: [3, 3, 3, 3, 3, 3] },
      { name: 'empty', kind: 'numbers', values: [null, 1, 2, null, null, null] },
      { name: 'one', kind: 'groups', values: ['a', 'a', 'a', 'a', 'a', null] },
    ],
  )
  expect(found.rows.map(({ difference }) => difference)).toMatchObject([
    { reason: 'no-variation' },
    { reason: 'too-few-values' },
    { reason: 'no-variation' },
  ])
  expect(found.worst).toBeNull()
  expect(() => baselineBalance([true], [{ name: 'age', kind: 'numbers', values: [] }])).toThrow(
    'baselineBalance requires 1 values of age, got 0',
  )
})

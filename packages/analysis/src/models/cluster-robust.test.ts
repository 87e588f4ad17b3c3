import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { clusterRobust } from './cluster-robust.ts'
import { type SandwichType, sandwichTypes } from './sandwich.ts'
import { type ModelRow, schoolSums } from './school-sums.ts'

type Wald = { readonly statistic: number; readonly dfNumerator: number; readonly dfDenominator: number; readonly p: number }
type Case = {
  readonly name: string
  readonly names: readonly string[]
  readonly estimates: readonly number[]
  readonly tested: readonly number[]
  readonly rows: readonly ModelRow[]
  readonly types: readonly {
    readonly type: SandwichType
    readonly standardErrors: readonly number[]
    readonly df: readonly number[]
    readonly wald?: Wald
  }[]
}
const { cases } = golden<{ readonly cases: readonly Case[] }>('cluster-robust')

describe.each(cases.map((one) => [one.name, one] as const))('%s', (_, { names, rows, estimates, tested, types }) => {
  const sums = schoolSums(rows)
  test.each(types.map((one) => [one.type, one] as const))('%s has the standard errors and df of clubSandwich to 1e-10', (type, wanted) => {
    const fit = estimated(clusterRobust(sums, names, type))
    for (const [place, found] of fit.coefficients.entries()) {
      expectClose(found.estimate, estimates[place]!, 1e-10, found.name)
      expectClose(found.standardError, wanted.standardErrors[place]!, 1e-10, `standard error of ${found.name}`)
      expectClose(found.df, wanted.df[place]!, 1e-10, `df of ${found.name}`)
    }
    if (!wanted.wald) return
    const wald = fit.wald(tested)!
    for (const key of ['statistic', 'dfNumerator', 'dfDenominator', 'p'] as const) expectClose(wald[key], wanted.wald[key], 1e-9, key)
  })
})

test('the Wald test of one coefficient is its t test squared', () => {
  const { names, rows } = cases[0]!
  const fit = estimated(clusterRobust(schoolSums(rows), names))
  const wald = fit.wald([1])!
  const { statistic, df, p } = fit.coefficients[1]!
  expectClose(wald.statistic, statistic ** 2, 1e-12)
  expectClose(wald.dfDenominator, df, 1e-12)
  expectClose(wald.p, p, 1e-11)
})

test('an offset of a million of outcome and covariate changes nothing but the intercept', () => {
  const { names, rows } = cases[0]!
  const moved = rows.map(({ school, values }) => ({ school, values: values.map((value, k) => (k >= 2 ? value + 1e6 : value)) }))
  const [base, other] = [rows, moved].map((some) => estimated(clusterRobust(schoolSums(some), names)))
  for (const place of [1, 2, 3]) {
    expectClose(other!.coefficients[place]!.standardError, base!.coefficients[place]!.standardError, 1e-8)
    expectClose(other!.coefficients[place]!.df, base!.coefficients[place]!.df, 1e-8)
  }
})

test('what the data cannot answer is said, and a wrong call is refused', () => {
  const row = (school: string, ...values: number[]): ModelRow => ({ school, values })
  const own = schoolSums([row('A', 0, 1), row('A', 0, 2), row('B', 1, 5), row('B', 1, 3), row('C', 0, 4)])
  expect(clusterRobust(own, ['arm'], 'CR3')).toEqual({ kind: 'not-estimable', reason: 'collinear' })
  expect(estimated(clusterRobust(own, ['arm'])).warnings).toEqual(['few-schools'])
  expect(clusterRobust(own.slice(0, 1), ['arm'])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(clusterRobust(schoolSums([row('A', 1, 1), row('A', 1, 2), row('B', 1, 5)]), ['arm'])).toEqual({
    kind: 'not-estimable',
    reason: 'collinear',
  })
  expect(clusterRobust(schoolSums([row('A', 0, 1), row('B', 1, 5)]), ['arm'])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(clusterRobust(schoolSums([row('A', 0, 1), row('B', 1, 1), row('B', 2, 1)]), ['arm'])).toEqual({
    kind: 'not-estimable',
    reason: 'no-variation',
  })
  expect(() => clusterRobust(own, [])).toThrow('clusterRobust requires 0 covariates')
})

describe.skipIf(!hasOracles)(withOracles('published data sets'), () => {
  type Line = Readonly<Record<string, string>>
  type Wanted = {
    readonly vcov: readonly (readonly number[])[]
    readonly coef: Readonly<Record<string, { readonly se: number; readonly df: number }>>
  }
  const rows = (file: string, school: string, values: (line: Line) => readonly number[], kept: (line: Line) => boolean = () => true) =>
    oracleTable(file)
      .filter(kept)
      .map((line) => ({ school: line[school]!, values: values(line) }))
  const arms = (line: Line) => [Number(line.cltype === 'small'), Number(line.cltype === 'reg+A')]
  const sets: Readonly<Record<string, () => readonly ModelRow[]>> = {
    exam: () => rows('exam.csv', 'school', (line) => [Number(line.standLRT), Number(line.normexam)]),
    orthodont: () =>
      rows('orthodont.csv', 'Subject', (line) => {
        const female = Number(line.Sex === 'Female')
        return [Number(line.age), female, Number(line.age) * female, Number(line.distance)]
      }),
    star_k1: () =>
      rows(
        'star_k_to_1.csv',
        'sch',
        (line) => [Number(line['read.pre']), ...arms(line), Number(line['read.post'])],
        (line) => Boolean(line['read.pre'] && line['read.post']),
      ),
    star_k_schoolFE_first20: () => {
      const schools = Array.from({ length: 19 }, (_, place) => String(place + 2))
      return rows(
        'star_kindergarten.csv',
        'sch',
        (line) => [...arms(line), ...schools.map((school) => Number(school === line.sch)), Number(line.math)],
        (line) => Boolean(line.math && Number(line.sch) <= 20),
      )
    },
  }

  test.each(Object.keys(sets))('%s has the standard errors and df of clubSandwich to 1e-10', (name) => {
    const wanted = oracle<{ readonly ols: Readonly<Record<string, Readonly<Record<SandwichType, Wanted>>>> }>('cr2.json').ols[name]!
    const sums = schoolSums(sets[name]!())
    for (const type of sandwichTypes.filter((one) => wanted[one].coef)) {
      const fit = estimated(clusterRobust(sums, sums[0]!.means.slice(1).map(String), type))
      for (const [place, { se, df }] of Object.values(wanted[type].coef).entries()) {
        expectClose(fit.coefficients[place]!.standardError, se, 1e-10, `${type} standard error ${place}`)
        expectClose(fit.coefficients[place]!.df, df, 1e-10, `${type} df ${place}`)
      }
    }
  })
})

test('an arm of one school has no residual between schools: not estimable, with one school against one and against three', () => {
  const pupils = (school: string, arm: number, scores: readonly number[]) => scores.map((score) => ({ school, values: [arm, score] }))
  const alone = pupils('S1', 0, [1, 2, 4])
  const others = ['S2', 'S3', 'S4'].map((school, place) => pupils(school, 1, [1 + place, 2, 5 - place]))
  for (const rows of [
    [...alone, ...others[0]!],
    [...alone, ...others.flat()],
  ])
    for (const type of ['CR0', 'CR1', 'CR2'] as const)
      expect(clusterRobust(schoolSums(rows), ['arm'], type)).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
})

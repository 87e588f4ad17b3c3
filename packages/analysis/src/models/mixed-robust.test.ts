import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { clusterRobust } from './cluster-robust.ts'
import { mixedRobust, mixedRobustAt } from './mixed-robust.ts'
import { type SandwichType, sandwichTypes } from './sandwich.ts'
import { type ModelRow, schoolSums } from './school-sums.ts'

type Wanted = { readonly type: SandwichType; readonly standardErrors: readonly number[]; readonly df: readonly number[] }
const { cases } = golden<{ readonly cases: readonly { readonly name: string; readonly types: readonly Wanted[] }[] }>(
  'cluster-robust-mixed',
)
type Simulated = {
  readonly name: string
  readonly names: readonly string[]
  readonly singular: boolean
  readonly rows: readonly ModelRow[]
}
const simulated = golden<{ readonly cases: readonly Simulated[] }>('random-intercept').cases

describe.each(cases.map((one) => [one.name, one] as const))('%s', (name, { types }) => {
  const { names, rows } = simulated.find((one) => one.name === name)!
  test.each(types.map((one) => [one.type, one] as const))('%s has the standard errors and df of clubSandwich to 1e-10', (type, wanted) => {
    const fit = estimated(mixedRobust(schoolSums(rows), names, type))
    for (const [place, found] of fit.coefficients.entries()) {
      expectClose(found.standardError, wanted.standardErrors[place]!, 1e-10, `standard error of ${found.name}`)
      expectClose(found.df, wanted.df[place]!, 1e-10, `df of ${found.name}`)
    }
  })
})

test('where schools do not differ it is least squares with the same sandwich', () => {
  const { names, rows } = simulated.find(({ singular }) => singular)!
  for (const type of sandwichTypes) {
    const [mixed, plain] = [mixedRobust(schoolSums(rows), names, type), clusterRobust(schoolSums(rows), names, type)].map(estimated)
    for (const [place, { estimate, standardError, df }] of plain!.coefficients.entries()) {
      expectClose(mixed!.coefficients[place]!.estimate, estimate, 1e-11)
      expectClose(mixed!.coefficients[place]!.standardError, standardError, 1e-11)
      expectClose(mixed!.coefficients[place]!.df, df, 1e-11)
    }
  }
})

test('CR3 is not there where a school left out leaves an arm without one', () => {
  const { names, rows } = simulated.find(({ name }) => name === 'one arm of a single school')!
  expect(mixedRobust(schoolSums(rows), names, 'CR3')).toEqual({ kind: 'not-estimable', reason: 'collinear' })
})

test('what the data cannot answer is said, and a wrong call is refused', () => {
  const one = schoolSums([{ school: 'A', values: [0, 1] }])
  expect(mixedRobust(one, ['arm'])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(() => mixedRobust(one, [])).toThrow('mixedRobust requires 0 covariates')
})

test.skipIf(!hasOracles)(withOracles('exam has the CR0 and CR2 of clubSandwich on lmer'), () => {
  type Exam = Readonly<Record<'CR0' | 'CR2', { readonly coef: Readonly<Record<string, Coefficient>> }>> & { readonly theta: number }
  type Coefficient = { readonly se: number; readonly df: number }
  const wanted = oracle<{ readonly lmm: { readonly exam_lmm: Exam } }>('cr2.json').lmm.exam_lmm
  const rows = oracleTable('exam.csv').map((line) => ({ school: line.school!, values: [Number(line.standLRT), Number(line.normexam)] }))
  for (const type of ['CR0', 'CR2'] as const) {
    const fit = estimated(mixedRobustAt(schoolSums(rows), ['standLRT'], wanted.theta ** 2, type)) // at lmer's θ, where it stopped
    for (const [place, { se, df }] of Object.values(wanted[type].coef).entries()) {
      expectClose(fit.coefficients[place]!.standardError, se, 1e-10, `${type} standard error`)
      expectClose(fit.coefficients[place]!.df, df, 1e-10, `${type} df`)
    }
  }
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { leastDeviance, pool, profileAt } from './profile.ts'
import { profileIntervals } from './profile-intervals.ts'
import { type ModelRow, schoolSums } from './school-sums.ts'

type Simulated = { readonly name: string; readonly names: readonly string[]; readonly rows: readonly ModelRow[] }
const simulated = golden<{ readonly cases: readonly Simulated[] }>('random-intercept').cases

test('at the ends of the interval of the intraclass correlation the deviance is higher by the quantile of chi-squared', () => {
  const { names, rows } = simulated[2]!
  const pooled = pool(schoolSums(rows))
  const { icc } = estimated(profileIntervals(schoolSums(rows), names))
  for (const end of [icc.lower, icc.upper].filter((one) => one > 0))
    expectClose(profileAt(pooled, end / (1 - end), 'ML')!.deviance - leastDeviance(pooled, 'ML')!.deviance, 3.841458820694124, 1e-9)
})

test('schools that do not differ leave a lower end of zero', () => {
  const { names, rows } = simulated[1]!
  const { icc, clusterStandardDeviation } = estimated(profileIntervals(schoolSums(rows), names))
  expect([icc.lower, clusterStandardDeviation.lower]).toEqual([0, 0])
  expect(icc.upper).toBeGreaterThan(0)
  expect(icc.upper).toBeLessThan(1)
})

test('what the data cannot answer is said', () => {
  expect(profileIntervals(schoolSums([{ school: 'A', values: [0, 1] }]), ['arm'])).toEqual({
    kind: 'not-estimable',
    reason: 'too-few-schools',
  })
})

test.skipIf(!hasOracles)(withOracles('sleepstudy and orthodont have the profile intervals of lme4, to the accuracy of its splines'), () => {
  type Ends = readonly [number, number]
  type Profile = { readonly ML: { readonly profile_ci95: Readonly<Record<string, Ends>> } }
  const cases = oracle<{ readonly cases: Readonly<Record<string, Profile>> }>('lmm.json').cases
  const sets = [
    [
      'sleep_ri',
      ['Days'],
      oracleTable('sleepstudy.csv').map((line) => ({ school: line.Subject!, values: [Number(line.Days), Number(line.Reaction)] })),
    ],
    [
      'orthodont',
      ['age', 'SexFemale', 'age:SexFemale'],
      oracleTable('orthodont.csv').map((line) => {
        const female = Number(line.Sex === 'Female')
        return { school: line.Subject!, values: [Number(line.age), female, Number(line.age) * female, Number(line.distance)] }
      }),
    ],
  ] as const
  for (const [name, names, rows] of sets) {
    const wanted = cases[name]!.ML.profile_ci95
    const found = estimated(profileIntervals(schoolSums(rows), names))
    const pairs = [
      [found.clusterStandardDeviation, wanted['.sig01']!, 'cluster'],
      [found.residualStandardDeviation, wanted['.sigma']!, 'residual'],
      ...found.coefficients.map((one) => [one, wanted[one.name]!, one.name] as const),
    ] as const
    for (const [{ lower, upper }, ends, what] of pairs) {
      expectClose(lower, ends[0], 1e-5, `${name} ${what} lower`)
      expectClose(upper, ends[1], 1e-5, `${name} ${what} upper`)
    }
  }
})

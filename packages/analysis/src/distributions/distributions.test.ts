import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectClose, golden, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { chiSquared, chiSquaredQuantile } from './chi-squared.ts'
import { fisherF, fisherFQuantile } from './fisher-f.ts'
import { noncentrality, noncentralT } from './noncentral-t.ts'
import { normal, normalQuantile } from './normal.ts'
import { studentT, studentTQuantile, twoSidedP } from './student-t.ts'
import type { Tails } from './tails.ts'

type Row = Readonly<Record<string, number>>
type Golden = Readonly<Record<string, readonly Row[]>>
const numbers = golden<Golden>('distributions')

const expectTails = (found: Tails, row: Row, tolerance: number) => {
  expectClose(found.lower, row.lower!, tolerance, `lower tail of ${JSON.stringify(row)}`)
  expectClose(found.upper, row.upper!, tolerance, `upper tail of ${JSON.stringify(row)}`)
}

describe('both tails equal 40-digit values to 1e-13', () => {
  test('Student t, from half a degree of freedom to 100,000', () => {
    for (const row of numbers.t!) expectTails(studentT(row.t!, row.df!), row, 1e-13)
  })
  test('F, with up to a million degrees of freedom', () => {
    for (const row of numbers.f!) expectTails(fisherF(row.f!, row.df1!, row.df2!), row, 1e-13)
  })
  test('chi-squared', () => {
    for (const row of numbers.chi_squared!) expectTails(chiSquared(row.x!, row.df!), row, 1e-13)
  })
  test('normal', () => {
    for (const row of numbers.normal!) expectTails(normal(row.z!), row, 1e-13)
  })
  test('noncentral t, to 1e-12', () => {
    for (const row of numbers.noncentral_t!) expectTails(noncentralT(row.t!, row.df!, row.noncentrality!), row, 1e-12)
  })
})

describe('quantiles equal 40-digit values to 1e-13', () => {
  test('Student t', () => {
    for (const row of numbers.t_quantile!) expectClose(studentTQuantile(row.upper_p!, row.df!, 'upper'), row.t!, 1e-13, JSON.stringify(row))
  })
  test('F', () => {
    for (const row of numbers.f_quantile!)
      expectClose(fisherFQuantile(row.upper_p!, row.df1!, row.df2!, 'upper'), row.f!, 1e-13, JSON.stringify(row))
  })
  test('chi-squared', () => {
    for (const row of numbers.chi_squared_quantile!)
      expectClose(chiSquaredQuantile(row.upper_p!, row.df!, 'upper'), row.x!, 1e-13, JSON.stringify(row))
  })
  test('normal', () => {
    for (const row of numbers.normal_quantile!) expectClose(normalQuantile(row.upper_p!, 'upper'), row.z!, 1e-13, JSON.stringify(row))
  })
  test('the limits of a noncentrality, to 1e-12', () => {
    for (const row of numbers.noncentrality_limits!) {
      expectClose(noncentrality(row.t!, row.df!, 0.025, 'upper'), row.lower!, 1e-12, JSON.stringify(row))
      expectClose(noncentrality(row.t!, row.df!, 0.025, 'lower'), row.upper!, 1e-12, JSON.stringify(row))
    }
  })
})

test('the lower quantile mirrors the upper one', () => {
  expect(studentTQuantile(0.025, 7)).toBe(-studentTQuantile(0.025, 7, 'upper'))
  expect(studentTQuantile(0.5, 7)).toBe(0)
  expectClose(normalQuantile(0.9), normalQuantile(0.1, 'upper'), 1e-15)
  expect(twoSidedP(-2, 9)).toBe(twoSidedP(2, 9))
})

test('an infinite t leaves nothing beyond it', () => {
  expect(studentT(Number.POSITIVE_INFINITY, 3)).toEqual({ lower: 1, upper: 0 })
  expect(studentT(Number.NEGATIVE_INFINITY, 3)).toEqual({ lower: 0, upper: 1 })
})

test('impossible parameters are refused with the number', () => {
  expect(() => studentT(1, 0)).toThrow('studentT requires df above 0, got 0')
  expect(() => fisherF(-1, 2, 3)).toThrow('fisherF requires f of at least 0, got -1')
  expect(() => chiSquared(Number.NaN, 2)).toThrow('chiSquared requires x of at least 0, got NaN')
  expect(() => noncentralT(1, -2, 0)).toThrow('noncentralT requires df above 0, got -2')
  expect(() => normalQuantile(1)).toThrow('between 0 and 1')
})

test('with no effect the noncentral t is Student t', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: 1, max: 500, noNaN: true }), (t, df) => {
      expectClose(noncentralT(t, df, 0).lower, studentT(t, df).lower, 1e-12)
    }),
    { numRuns: 60 },
  )
})

test('a quantile gives back its probability', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-10, max: 1 - 1e-10, noNaN: true }), fc.double({ min: 0.6, max: 1e5, noNaN: true }), (p, df) => {
      expectClose(studentT(studentTQuantile(p, df, 'upper'), df).upper, p, 1e-11)
      expectClose(chiSquared(chiSquaredQuantile(p, df), df).lower, p, 1e-10)
    }),
    { numRuns: 60 },
  )
})

describe.skipIf(!hasOracles)(withOracles('the reference folder of 40-digit values'), () => {
  type Reference = Readonly<Record<'t' | 'F' | 'chisq' | 'normal' | 't_quantile' | 'noncentral_t', readonly Row[]>>
  const reference = hasOracles ? oracle<Reference>('distributions.json') : undefined
  const tails = (row: Row) => ({ ...row, lower: row.cdf!, upper: row.sf! })

  test('tails to 1e-13', () => {
    for (const row of reference!.t) expectTails(studentT(row.t!, row.df!), tails(row), 1e-13)
    for (const row of reference!.F) expectTails(fisherF(row.f!, row.df1!, row.df2!), tails(row), 1e-13)
    for (const row of reference!.chisq) expectTails(chiSquared(row.x!, row.df!), tails(row), 1e-13)
    for (const row of reference!.normal) expectTails(normal(row.z!), tails(row), 1e-13)
  })
  test('quantiles to 1e-13, noncentral t to 1e-12', () => {
    for (const row of reference!.t_quantile) expectClose(studentTQuantile(row.upper_p!, row.df!, 'upper'), row.t!, 1e-13)
    for (const row of reference!.noncentral_t) expectClose(noncentralT(row.t!, row.df!, row.ncp!).lower, row.cdf!, 1e-12)
  })
})

test('with hundredths of a degree of freedom t has tails and quantiles too, infinite past the largest number', () => {
  // betainc of mpmath, 40 digits
  for (const [df, t, upper] of [
    [0.001, 1e200, 0.31417321248611507],
    [0.01, 1e160, 0.012189262631999261],
    [0.005, 1e300, 0.015549510717737844],
    [0.003, 1e155, 0.1695446929286652],
    [1, 1e200, 3.1830988618379067e-201],
  ] as const) {
    expectClose(studentT(t, df).upper, upper, 1e-13, `${t} with ${df}`)
    expectClose(studentT(studentTQuantile(upper, df, 'upper'), df).upper, upper, 1e-13, `quantile with ${df}`)
  }
  expect([studentTQuantile(0.001, 0.001, 'upper'), studentTQuantile(0.001, 0.001)]).toEqual([
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ])
})

test('a statistic of nothing by nothing has no tail, and says so at once', () => {
  expect(studentT(Number.NaN, 5)).toEqual({ lower: Number.NaN, upper: Number.NaN })
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { raterAgreement } from './rater-agreement.ts'

type Part = { readonly estimate: number; readonly p: number; readonly interval: readonly [number, number] }
type Case = Readonly<Record<'oneWay' | 'absolute' | 'consistency', Part>> & {
  readonly name: string
  readonly ratings: number[][]
  readonly average: readonly number[]
}
const { raters } = golden<{ readonly raters: readonly Case[] }>('psychometrics')
const designs = ['oneWay', 'absolute', 'consistency'] as const

test.each(raters.map((one) => [one.name, one] as const))('every design equals R to 1e-12: %s', (_, one) => {
  const found = estimated(raterAgreement(one.ratings))
  for (const [k, design] of designs.entries()) {
    const { single, average } = found[design]
    expectClose(single.estimate, one[design].estimate, 1e-12, design)
    expectClose(single.p, one[design].p, 1e-12, `${design} p`)
    expectClose(single.interval.lower, one[design].interval[0], 1e-12, `${design} lower`)
    expectClose(single.interval.upper, one[design].interval[1], 1e-12, `${design} upper`)
    expectClose(average.estimate, one.average[k]!, 1e-12, `${design} average`)
  }
})

test('raters who differ only in level are consistent but do not agree', () => {
  const found = estimated(raterAgreement([1, 4, 2, 6, 3].map((value, pupil) => [value, value + 5 + (pupil % 2) / 10])))
  expect(found.consistency.single.estimate).toBeGreaterThan(0.99)
  expect(found.absolute.single.estimate).toBeLessThan(0.3)
})

test('one pupil, one rater and ratings that do not vary are said, and rows of unequal length refused', () => {
  expect(raterAgreement([[1, 2]])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(raterAgreement([[1], [2]])).toEqual({ kind: 'not-estimable', reason: 'too-few-items' })
  expect(
    raterAgreement([
      [1, 1],
      [2, 2],
    ]),
  ).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(() => raterAgreement([[1, 2], [1]])).toThrow('raterAgreement requires 2 ratings in every row')
})

test.skipIf(!hasOracles)(withOracles('the ratings of Shrout and Fleiss agree with psych to 1e-12'), () => {
  type Reference = Readonly<Record<string, { readonly icc: number; readonly p: number; readonly ci95: readonly [number, number] }>>
  const { icc } = oracle<{ readonly icc: { readonly shrout_fleiss_1979: { readonly icc: Reference } } }>('psychometrics.json').icc
    .shrout_fleiss_1979
  const found = estimated(
    raterAgreement(oracleTable('shrout_fleiss_1979.csv').map((row) => ['J1', 'J2', 'J3', 'J4'].map((rater) => Number(row[rater])))),
  )
  const named = [
    [found.oneWay, 'raters_absolute'],
    [found.absolute, 'random_raters'],
    [found.consistency, 'fixed_raters'],
  ] as const
  for (const [design, name] of named)
    for (const [ours, which] of [
      [design.single, 'Single'],
      [design.average, 'Average'],
    ] as const) {
      const wanted = icc[`${which}_${name}`]!
      expectClose(ours.estimate, wanted.icc, 1e-12, `${which} ${name}`)
      expectClose(ours.p, wanted.p, 1e-12, `${which} ${name} p`)
      expectClose(ours.interval.lower, wanted.ci95[0], 1e-12, `${which} ${name} lower`)
      expectClose(ours.interval.upper, wanted.ci95[1], 1e-12, `${which} ${name} upper`)
    }
})

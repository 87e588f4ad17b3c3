import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import { intraclassCorrelation } from './intraclass-correlation.ts'

type Case = {
  readonly name: string
  readonly groups: Readonly<Record<string, number | number[]>>
  readonly icc: number
  readonly statistic: number
  readonly p: number
  readonly interval: readonly [number, number]
  readonly averageSize: number
}
const { icc: cases } = golden<{ readonly icc: readonly Case[] }>('synthesis')

test.each(cases.map((one) => [one.name, one] as const))('intraclassCorrelation and its interval equal R to 1e-12: %s', (_, one) => {
  const groups = Object.values(one.groups).map((values) => (typeof values === 'number' ? [values] : values))
  const found = estimated(intraclassCorrelation(groups))
  expectClose(found.estimate, one.icc, 1e-12, 'icc')
  expectClose(found.statistic, one.statistic, 1e-12, 'F')
  expectClose(found.p, one.p, 1e-12, 'p')
  expectClose(found.averageSize, one.averageSize, 1e-12, 'n0')
  expectClose(found.interval.lower, one.interval[0], 1e-12, 'lower')
  expectClose(found.interval.upper, one.interval[1], 1e-12, 'upper')
})

test('the design effect counts the size of the school of the average pupil, and is never below 1', () => {
  const found = estimated(
    intraclassCorrelation([
      [1, 2],
      [4, 5, 6, 7],
    ]),
  )
  expectClose(found.designEffect, 1 + (20 / 6 - 1) * found.estimate, 1e-15)
  const alike = estimated(
    intraclassCorrelation([
      [1, 9],
      [2, 8],
      [3, 7],
    ]),
  )
  expect(alike.estimate).toBeLessThan(0)
  expect(alike.designEffect).toBe(1)
})

test('one school, schools of one and no variation within are said, not thrown', () => {
  expect(intraclassCorrelation([[1, 2, 3], []])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(intraclassCorrelation([[1], [2]])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(
    intraclassCorrelation([
      [1, 1],
      [2, 2],
    ]),
  ).toEqual({ kind: 'not-estimable', reason: 'no-variation-within-schools' })
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { type Count, twoProportions } from './two-proportions.ts'

type Part = { readonly estimate: number; readonly standardError: number; readonly interval: readonly [number, number]; readonly p: number }
type Case = Readonly<Record<'riskDifference' | 'riskRatio' | 'oddsRatio', Part>> & {
  readonly name: string
  readonly first: Count
  readonly second: Count
  readonly cox: number
  readonly coxError: number
}
const { proportions } = golden<{ readonly proportions: readonly Case[] }>('synthesis')

test.each(proportions.map((one) => [one.name, one] as const))('every measure equals metafor to 1e-12: %s', (_, one) => {
  const found = estimated(twoProportions(one.first, one.second))
  for (const key of ['riskDifference', 'riskRatio', 'oddsRatio'] as const) {
    expectClose(found[key]!.estimate, one[key].estimate, 1e-12, key)
    expectClose(found[key]!.standardError, one[key].standardError, 1e-12, `${key} standard error`)
    expectClose(found[key]!.p, one[key].p, 1e-12, `${key} p`)
    expectClose(found[key]!.interval.lower, one[key].interval[0], 1e-12, `${key} lower`)
    expectClose(found[key]!.interval.upper, one[key].interval[1], 1e-12, `${key} upper`)
  }
  expectClose(found.coxIndex!.estimate, one.cox, 1e-12, 'Cox')
  expectClose(found.coxIndex!.standardError, one.coxError, 1e-12, 'Cox standard error')
})

test('a count of zero leaves the difference and takes the ratios away', () => {
  const none = estimated(twoProportions({ events: 0, n: 20 }, { events: 5, n: 20 }))
  expect([none.riskDifference.estimate, none.riskRatio, none.oddsRatio, none.coxIndex]).toEqual([-0.25, null, null, null])
  const all = estimated(twoProportions({ events: 20, n: 20 }, { events: 10, n: 20 }))
  expectClose(all.riskRatio!.estimate, 2, 1e-15)
  expect(all.oddsRatio).toBeNull()
  expect(estimated(twoProportions({ events: 0, n: 5 }, { events: 0, n: 5 })).riskDifference.p).toBe(1)
})

test('no pupils are said, and more events than pupils refused', () => {
  expect(twoProportions({ events: 0, n: 0 }, { events: 1, n: 2 })).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(() => twoProportions({ events: 3, n: 2 }, { events: 1, n: 2 })).toThrow('twoProportions requires events from 0 to 2, got 3')
})

test.skipIf(!hasOracles)(withOracles("the worked example of Cox's index agrees to 1e-12"), () => {
  const { cox_index: wanted } = oracle<{ readonly wwc: { readonly cox_index: Readonly<Record<string, number>> } }>('misc.json').wwc
  const [n1, n0] = [wanted.n1!, wanted.n0!]
  const found = estimated(twoProportions({ events: wanted.p1! * n1, n: n1 }, { events: wanted.p0! * n0, n: n0 }))
  expectClose(found.coxIndex!.estimate, wanted.cox!, 1e-12, 'Cox')
  expectClose(found.coxIndex!.corrected, wanted.cox_small!, 1e-12, 'Cox, corrected')
})

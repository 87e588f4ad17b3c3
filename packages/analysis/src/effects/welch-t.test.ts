import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { welchT } from './welch-t.ts'

type Case = { readonly name: string; readonly first: number[]; readonly second: number[]; readonly welch: Readonly<Record<string, number>> }
const { two_samples: cases } = golden<{ readonly two_samples: readonly Case[] }>('effects')

test.each(cases.map((one) => [one.name, one] as const))('welchT equals R to 1e-12: %s', (_, { first, second, welch }) => {
  const found = estimated(welchT(first, second))
  for (const key of ['estimate', 'standardError', 'df', 'statistic', 'p'] as const) expectClose(found[key], welch[key]!, 1e-12, key)
  expectClose(found.interval.lower, welch.lower!, 1e-12, 'lower')
  expectClose(found.interval.upper, welch.upper!, 1e-12, 'upper')
})

test('a constant arm against a varying one is tested on the varying one', () => {
  expectClose(estimated(welchT([2, 2, 2], [1, 2, 6])).df, 2, 1e-15)
})

test('too few values and no variation are said, not thrown', () => {
  expect(welchT([1], [1, 2])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(welchT([3, 3], [4, 4, 4])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
})

test('exchanging the samples turns the sign and nothing else', () => {
  const values = fc.array(fc.integer({ min: 0, max: 27 }), { minLength: 2, maxLength: 30 })
  fc.assert(
    fc.property(values, values, (first, second) => {
      const [there, back] = [welchT(first, second), welchT(second, first)]
      if (there.kind === 'not-estimable' || back.kind === 'not-estimable') {
        expect(there).toEqual(back)
        return
      }
      expectClose(there.statistic, -back.statistic, 1e-12)
      expectClose(there.p, back.p, 1e-12)
    }),
  )
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R to 1e-12'), () => {
  for (const { name, reference, programme, control } of trialCases()) {
    for (const what of ['baseline', 'post', 'change'] as const) {
      const found = estimated(welchT(programme[what], control[what]))
      const wanted = reference[what].welch
      expectClose(found.df, wanted.df, 1e-12, `${name} ${what} df`)
      expectClose(found.statistic, wanted.t, 1e-12, `${name} ${what} t`)
      expectClose(found.interval.lower, wanted.ci95[0], 1e-12, `${name} ${what} lower`)
    }
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { cronbachAlpha } from './cronbach-alpha.ts'

type Case = { readonly name: string; readonly answers: number[][]; readonly alpha: number; readonly lower: number; readonly upper: number }
const { reliability } = golden<{ readonly reliability: readonly Case[] }>('effects')

test.each(reliability.map((one) => [one.name, one] as const))(
  'cronbachAlpha and its interval equal R to 1e-12: %s',
  (_, { answers, alpha, lower, upper }) => {
    const found = estimated(cronbachAlpha(answers))
    expectClose(found.estimate, alpha, 1e-12, 'alpha')
    expectClose(found.interval.lower, lower, 1e-12, 'lower')
    expectClose(found.interval.upper, upper, 1e-12, 'upper')
  },
)

test('a constant item and a negative alpha are warned of', () => {
  const found = estimated(
    cronbachAlpha([
      [1, 2, 3],
      [2, 1, 3],
      [1, 3, 3],
      [3, 1, 3],
    ]),
  )
  expect(found.estimate).toBeLessThan(0)
  expect(found.warnings).toEqual(['constant-item', 'negative-reliability'])
})

test('one item, one row, no rows and constant totals are said, not thrown', () => {
  expect(cronbachAlpha([])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(cronbachAlpha([[1], [2]])).toEqual({ kind: 'not-estimable', reason: 'too-few-items' })
  expect(cronbachAlpha([[1, 2]])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(
    cronbachAlpha([
      [1, 2],
      [2, 1],
    ]),
  ).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(() => cronbachAlpha([[1, 2], [1]])).toThrow('cronbachAlpha requires 2 answers in every row')
})

test('mirroring every item leaves alpha as it is', () => {
  const sheet = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(sheet, { minLength: 3, maxLength: 40 }), (answers) => {
      const [as, mirrored] = [cronbachAlpha(answers), cronbachAlpha(answers.map((row) => row.map((value) => 3 - value)))]
      if (as.kind === 'not-estimable' || mirrored.kind === 'not-estimable') {
        expect(as).toEqual(mirrored)
        return
      }
      expect(Math.abs(as.estimate - mirrored.estimate)).toBeLessThan(1e-11)
    }),
  )
})

test.skipIf(!hasOracles)(withOracles('four published scales agree with psych to 1e-12'), () => {
  type Reference = {
    readonly reliability: Readonly<Record<string, { readonly alpha_raw: number; readonly alpha_ci95_feldt: readonly [number, number] }>>
  }
  const references = oracle<Reference>('psychometrics.json').reliability
  const scales = [
    { name: 'bfi_A', file: 'bfi.csv', items: ['A1', 'A2', 'A3', 'A4', 'A5'], mirror: { A1: 7 } as Readonly<Record<string, number>> },
    {
      name: 'gq6_miskeyed',
      file: 'youth_gratitude.csv',
      items: [1, 2, 3, 4, 5, 6].map((item) => `gq6_${item}`),
      mirror: { gq6_3: 8, gq6_6: 8 } as Readonly<Record<string, number>>,
    },
    {
      name: 'gq6',
      file: 'youth_gratitude.csv',
      items: [1, 2, 3, 4, 5, 6].map((item) => `gq6_${item}`),
      mirror: {} as Readonly<Record<string, number>>,
    },
    { name: 'hs_speed', file: 'holzinger_swineford_1939.csv', items: ['x7', 'x8', 'x9'], mirror: {} as Readonly<Record<string, number>> },
  ]
  for (const { name, file, items, mirror } of scales) {
    const complete = oracleTable(file).filter((row) => items.every((item) => row[item] !== '' && row[item] !== 'NA'))
    const answers = complete.map((row) => items.map((item) => (mirror[item] ? mirror[item] - Number(row[item]) : Number(row[item]))))
    const found = estimated(cronbachAlpha(answers))
    const wanted = references[name]!
    expectClose(found.estimate, wanted.alpha_raw, 1e-12, `${name} alpha`)
    expectClose(found.interval.lower, wanted.alpha_ci95_feldt[0], 1e-12, `${name} lower`)
    expectClose(found.interval.upper, wanted.alpha_ci95_feldt[1], 1e-12, `${name} upper`)
  }
})

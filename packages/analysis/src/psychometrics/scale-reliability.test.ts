import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { publishedScales } from '../../test/published-scales.ts'
import { cronbachAlpha } from './cronbach-alpha.ts'
import { itemStatistics } from './item-statistics.ts'
import { omega } from './omega.ts'
import { scaleReliability } from './scale-reliability.ts'

const answers = Array.from({ length: 300 }, (_, pupil) => [
  pupil % 4,
  (pupil * 7) % 4,
  (pupil + (pupil % 3)) % 4,
  ((pupil % 5) + (pupil % 4)) % 4,
  pupil % 3,
])

test('one pass says what the three functions say', () => {
  const found = scaleReliability(answers)
  expect([found.omega, found.itemStatistics]).toEqual([omega(answers), itemStatistics(answers)])
  const [ours, theirs] = [estimated(found.alpha), estimated(cronbachAlpha(answers))]
  expectClose(ours.estimate, theirs.estimate, 1e-12, 'alpha')
  expectClose(ours.interval.upper, theirs.interval.upper, 1e-12, 'upper')
  expect({ ...ours, estimate: 0, interval: 0 }).toEqual({ ...theirs, estimate: 0, interval: 0 })
})

test('one row, one item and totals that do not vary are said, and rows of unequal length refused', () => {
  expect(scaleReliability([[1, 2]]).alpha).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(scaleReliability([[1], [2]]).alpha).toEqual({ kind: 'not-estimable', reason: 'too-few-items' })
  const mirrored = [
    [1, 2],
    [2, 1],
  ]
  expect(scaleReliability(mirrored).alpha).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(() => scaleReliability([[1, 2], [1]])).toThrow('scaleReliability requires 2 answers in every row')
})

test.skipIf(!hasOracles)(withOracles('five published scales agree with psych to 1e-12'), () => {
  type Reference = { readonly alpha_raw: number; readonly alpha_ci95_feldt: readonly [number, number] }
  const { reliability } = oracle<{ readonly reliability: Readonly<Record<string, Reference>> }>('psychometrics.json')
  for (const scale of publishedScales()) {
    const alpha = estimated(scaleReliability(scale.answers).alpha)
    expectClose(alpha.estimate, reliability[scale.name]!.alpha_raw, 1e-12, `${scale.name} alpha`)
    expectClose(alpha.interval.lower, reliability[scale.name]!.alpha_ci95_feldt[0], 1e-12, `${scale.name} lower`)
  }
})

import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { cutOffC, reliableChange } from './reliable-change.ts'

const plan = { reliability: 0.84, standardDeviation: 5, better: 'lower' } as const

test('the limits follow from reliability and spread', () => {
  const found = estimated(reliableChange([20], [10], plan))
  expectClose(found.standardErrorOfMeasurement, 2, 1e-14)
  expectClose(found.standardErrorOfDifference, 2 * Math.SQRT2, 1e-14)
  expectClose(found.smallestReliableChange, 5.543717164502534, 1e-14, '1.96 × 2√2')
})

test('a pupil recovers by a reliable change across the cut-off; a reliable change elsewhere is an improvement, and the other way is worse', () => {
  const before = [20, 30, 9, 20, 5]
  const after = [10, 20, 2, 19, 20]
  const found = estimated(reliableChange(before, after, { ...plan, cutOff: 12 }))
  expect(found.class).toEqual(['recovered', 'improved', 'improved', 'unchanged', 'worse'])
  expect(found.counts).toEqual({ recovered: 1, improved: 2, unchanged: 1, worse: 1 })
  const upwards = estimated(reliableChange(after, before, { ...plan, better: 'higher' }))
  expect(upwards.class).toEqual(['improved', 'improved', 'improved', 'unchanged', 'worse'])
})

test('cut-off c lies as many standard deviations from one population as from the other', () => {
  const c = cutOffC({ mean: 18, standardDeviation: 6 }, { mean: 6, standardDeviation: 3 })
  expect(c).toBe(10)
  expectClose((18 - c) / 6, (c - 6) / 3, 1e-15)
})

test('what cannot be asked is refused with its numbers', () => {
  expect(reliableChange([], [], plan)).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(() => reliableChange([1], [], plan)).toThrow('reliableChange requires pairs, got 1 and 0 values')
  expect(() => reliableChange([1], [2], { ...plan, reliability: 1 })).toThrow('a reliability from 0 to below 1, got 1')
  expect(() => reliableChange([1], [2], { ...plan, standardDeviation: 0 })).toThrow('a standard deviation above 0, got 0')
})

type Reference = {
  readonly reliable_change: Readonly<
    Record<'sai_retest', Readonly<Record<string, number>> & { readonly rci_first10: readonly number[]; readonly rci_sum: number }>
  >
}
test.skipIf(!hasOracles)(withOracles('a published retest without a programme agrees with R to 1e-12'), () => {
  const wanted = oracle<Reference>('psychometrics.json').reliable_change.sai_retest
  const rows = oracleTable('sai_retest_control.csv')
  const [before, after] = ['t1', 't2'].map((wave) => rows.map((row) => Number(row[wave])))
  const { reliability, sd } = wanted
  const found = estimated(reliableChange(before!, after!, { reliability: reliability!, standardDeviation: sd!, better: 'lower' }))
  expectClose(found.standardErrorOfMeasurement, wanted.SEM!, 1e-12, 'SEM')
  expectClose(found.smallestReliableChange, wanted.min_reliable_change_95!, 1e-12, 'smallest')
  for (const [place, index] of wanted.rci_first10.entries()) expectClose(found.index[place]!, index, 1e-12, `pupil ${place + 1}`)
  expectClose(
    found.index.reduce((sum, index) => sum + index, 0),
    wanted.rci_sum,
    1e-12,
    'sum',
  )
  expect(found.counts).toEqual({ recovered: 0, improved: wanted.n_improved, unchanged: wanted.n_unchanged, worse: wanted.n_deteriorated })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectClose } from '../../test/oracle.ts'
import { clusterSums } from './cluster-sums.ts'
import { schoolSums } from './school-sums.ts'

const rows = fc.array(fc.tuple(fc.constantFrom('A', 'B', '丙'), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 9 })), {
  minLength: 1,
  maxLength: 60,
})

test('columns and rows reduce to the same sums, whatever the offset', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(0, 1e6), (some, offset) => {
      const values = some.map(([, x, y]) => [x + offset, y] as const)
      const fromColumns = clusterSums(
        some.map(([school]) => school),
        [Float64Array.from(values, ([x]) => x), Float64Array.from(values, ([, y]) => y)],
      )
      const fromRows = schoolSums(some.map(([school], place) => ({ school, values: values[place]! })))
      expect(fromColumns.map(({ school, n }) => [school, n])).toEqual(fromRows.map(({ school, n }) => [school, n]))
      for (const [place, { means, centred }] of fromRows.entries())
        for (const [i, mean] of means.entries()) {
          expectClose(fromColumns[place]!.means[i]!, mean, 1e-14)
          for (const [j, product] of centred[i]!.entries())
            expect(Math.abs(fromColumns[place]!.centred[i]![j]! - product)).toBeLessThan(1e-6)
        }
    }),
  )
})

test('a first row far from the others and runs of many rows cost no digits', () => {
  const values = Array.from({ length: 700 }, (_, row) => (row === 0 ? 1e6 : Math.sin(row)))
  const clusters = values.map((_, row) => (row < 650 ? 'A' : 'B'))
  const found = clusterSums(clusters, [Float64Array.from(values), Float64Array.from(values, (value) => 2 - value)])
  const wanted = schoolSums(values.map((value, row) => ({ school: clusters[row]!, values: [value, 2 - value] })))
  for (const [place, { means, centred }] of wanted.entries())
    for (const i of [0, 1]) {
      expectClose(found[place]!.means[i]!, means[i]!, 1e-12)
      for (const j of [0, 1]) expectClose(found[place]!.centred[i]![j]!, centred[i]![j]!, 1e-12)
    }
})

test('clusters given by code are those given by name', () => {
  const columns = [Float64Array.of(1, 2, 4, 9), Float64Array.of(0, 3, 3, 5)]
  expect(clusterSums({ names: ['A', 'B'], codes: Int32Array.of(0, 1, 0, 1) }, columns)).toEqual(clusterSums(['A', 'B', 'A', 'B'], columns))
})

test('columns of unequal length are refused', () => {
  expect(() => clusterSums(['A', 'A'], [Float64Array.of(1)])).toThrow('clusterSums requires 2 values in every column')
})

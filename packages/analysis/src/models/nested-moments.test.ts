import { expect, test } from 'vitest'
import { expectClose } from '../../test/oracle.ts'
import { independent, unstructured } from './covariance-factor.ts'
import { groupsOf } from './nested-groups.ts'
import { nestedLeaves } from './nested-leaves.ts'
import { nestedMoments } from './nested-moments.ts'
import { nestedSums } from './nested-sums.ts'

const rows = Array.from({ length: 60 }, (_, row) => ({
  school: `S${row % 3}`,
  class: `${row % 3}-${row % 6}`,
  pupil: `${row % 20}-${row % 6}`,
  row,
}))
const column = (value: (row: number) => number) => Float64Array.from(rows, ({ row }) => value(row))
const sums = nestedSums({
  groups: [groupsOf(rows.map(({ pupil }) => pupil)), groupsOf(rows.map((one) => one.class)), groupsOf(rows.map(({ school }) => school))],
  covariates: [column((row) => Math.sin(row)), column((row) => row % 7)],
  extras: [column((row) => Number(row % 2 === 0)), column((row) => Number(row % 2 === 1))],
  outcome: column((row) => Math.cos(3 * row) + row / 20),
})
const terms = [
  { columns: [0, 1], bases: unstructured(2).bases },
  { columns: [0], bases: unstructured(1).bases },
  {
    columns: [3, 4],
    bases: independent([
      [
        [1, 1],
        [1, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ]).bases,
  },
]
const model = { sums, terms, leaves: nestedLeaves(sums, terms[0]!) }
const phi = [0.7, 0.2, 0.5, 0.3, 0.4, 0.6]
const moved = (place: number, by: number) => phi.map((value, k) => (k === place ? value + by : value))

/** V written out, for what Woodbury's identity and the tree make of it. */
const dense = () => {
  const z = terms.map(
    ({ columns }) =>
      (row: number) =>
        columns.map((at) => [1, Math.sin(row), row % 7, Number(row % 2 === 0), Number(row % 2 === 1)][at]!),
  )
  const starts = [0, 3, 4]
  return rows.map((one, i) =>
    rows.map((other, j) =>
      [one.pupil === other.pupil, one.class === other.class, one.school === other.school].reduce(
        (sum, together, level) => {
          if (!together) return sum
          const own = terms[level]!.bases.map((basis, a) => {
            const [left, right] = [z[level]!(i), z[level]!(j)]
            const shifted = (values: number[]) => (level === 0 ? [1, (values[1]! - sums.shift[1]!) / sums.scale[1]!] : values)
            const [u, v] = [shifted(left), shifted(right)]
            return (
              phi[starts[level]! + a]! * u.reduce((total, x, s) => total + v.reduce((inner, y, t) => inner + x * basis[s]![t]! * y, 0), 0)
            )
          })
          return sum + own.reduce((total, value) => total + value, 0)
        },
        Number(i === j),
      ),
    ),
  )
}

test('log|V| is that of the whole matrix', () => {
  const v = dense().map((row) => [...row])
  let wanted = 0
  for (let k = 0; k < v.length; k += 1) {
    wanted += Math.log(v[k]![k]!)
    for (let i = k + 1; i < v.length; i += 1) {
      const share = v[i]![k]! / v[k]![k]!
      for (let j = k; j < v.length; j += 1) v[i]![j]! -= share * v[k]![j]!
    }
  }
  expectClose(nestedMoments(model, phi).logDeterminant.value, wanted, 1e-11)
})

test('first and second derivatives are the slopes of values and of first derivatives, over three levels', () => {
  const { logDeterminant, moments } = nestedMoments(model, phi)
  const step = 1e-5
  for (const i of phi.keys()) {
    const [up, down] = [nestedMoments(model, moved(i, step)), nestedMoments(model, moved(i, -step))]
    expectClose(logDeterminant.first[i]!, (up.logDeterminant.value - down.logDeterminant.value) / (2 * step), 1e-7)
    for (const [a, row] of moments.first[i]!.entries())
      for (const [b, value] of row.entries())
        expect(Math.abs(value - (up.moments.value[a]![b]! - down.moments.value[a]![b]!) / (2 * step))).toBeLessThan(1e-7)
    for (const j of phi.keys()) {
      const slope = (up.logDeterminant.first[j]! - down.logDeterminant.first[j]!) / (2 * step)
      expectClose(logDeterminant.second[i]![j]!, slope, 1e-6)
      for (const [a, row] of moments.second[i]![j]!.entries())
        for (const [b, value] of row.entries())
          expect(Math.abs(value - (up.moments.first[j]![a]![b]! - down.moments.first[j]![a]![b]!) / (2 * step))).toBeLessThan(1e-6)
    }
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { named } from '../../test/disclosure-golden.ts'
import { expectClose } from '../../test/oracle.ts'
import { equivalenceClasses } from './equivalence-classes.ts'

const cell = fc.constantFrom('a', 'b', 'c', null)
const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 })

test.each(named)(
  'sizes and estimated populations equal those over all pairs of records: %s',
  (_, { rows, weights, sizes, populations }) => {
    const found = equivalenceClasses(rows, weights)
    expect(found.sizes).toEqual(sizes)
    found.populations.forEach((population, record) => {
      expectClose(population, populations[record]!, 1e-13, `record ${record}`)
    })
  },
)

test('a missing cell matches any value, and matching is not transitive', () => {
  const { sizes } = equivalenceClasses([
    ['f', '9'],
    ['f', null],
    ['f', '10'],
    [null, null],
  ])
  expect(sizes).toEqual([3, 4, 3, 4])
})

test('cells that would run together as text are told apart', () => {
  const { sizes } = equivalenceClasses([
    ['a,b', 'c'],
    ['a', 'b,c'],
    ['null', '1'],
    ['null', '2'],
  ])
  expect(sizes).toEqual([1, 1, 1, 1])
})

test('every record matches itself, and matching is mutual', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const { patterns, matching } = equivalenceClasses(rows)
      for (let a = 0; a < patterns; a += 1) {
        expect(matching(a)).toContain(a)
        for (const b of matching(a)) expect(matching(b)).toContain(a)
      }
    }),
  )
})

test('taking a cell out never makes a class smaller', () => {
  fc.assert(
    fc.property(table, fc.nat(), fc.nat(2), (rows, at, column) => {
      const record = at % rows.length
      const fewer = rows.map((row, place) => (place === record ? row.map((value, k) => (k === column ? null : value)) : row))
      const [before, after] = [equivalenceClasses(rows), equivalenceClasses(fewer)]
      before.sizes.forEach((size, place) => {
        expect(after.sizes[place]).toBeGreaterThanOrEqual(size)
      })
    }),
  )
})

test('unequal rows, missing weights and more than thirty columns are refused', () => {
  expect(() => equivalenceClasses([['a', 'b'], ['a']])).toThrow('equivalenceClasses requires 2 cells in every row')
  expect(() => equivalenceClasses([['a'], ['b']], [1])).toThrow('equivalenceClasses requires 2 weights, got 1')
  expect(() => equivalenceClasses([new Array(31).fill('a')])).toThrow('equivalenceClasses takes at most 30 quasi-identifiers, got 31')
})

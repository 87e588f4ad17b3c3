import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equivalenceClasses, type Rows } from './equivalence-classes.ts'
import { localSuppression } from './local-suppression.ts'

const cell = fc.constantFrom('a', 'b', 'c', 'd', null)
const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 25 })

const suppressed = (rows: Rows, k: number) => {
  const found = localSuppression(rows, k)
  if (found.kind === 'impossible') throw new Error(found.reason)
  return found
}

test('PRIV-08: after suppression k is at least as asked, or it is said to be impossible', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 8 }), (rows, k) => {
      const found = localSuppression(rows, k)
      if (found.kind === 'impossible') {
        expect(rows.length).toBeLessThan(k)
        return
      }
      expect(Math.min(...equivalenceClasses(found.rows).sizes)).toBe(found.k)
      expect(found.k).toBeGreaterThanOrEqual(k)
    }),
  )
})

test('cells are taken out, never changed, and counted', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const found = localSuppression(rows, 3)
      if (found.kind === 'impossible') return
      const gone = rows.map((row, record) => row.map((value, column) => value !== found.rows[record]![column]))
      rows.forEach((row, record) => {
        row.forEach((value, column) => {
          expect([value, null]).toContain(found.rows[record]![column])
        })
      })
      expect(found.cells).toBe(gone.flat().filter(Boolean).length)
      expect(found.records).toBe(gone.filter((row) => row.some(Boolean)).length)
      expect(found.byColumn).toEqual([0, 1, 2].map((column) => gone.filter((row) => row[column]).length))
    }),
  )
})

test('a table that has k already loses nothing', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const k = Math.min(...equivalenceClasses(rows).sizes)
      expect(suppressed(rows, k)).toMatchObject({ rows, k, cells: 0, records: 0 })
    }),
  )
})

test('of two cells that would do the one of the last column goes, and one suffices for both records', () => {
  const found = suppressed([...new Array(3).fill(['f', '9']), ['f', '10'], ['m', '9'], ['m', '9']], 2)
  expect(found.rows[3]).toEqual(['f', null])
  expect(found).toMatchObject({ byColumn: [0, 1], cells: 1, records: 1, k: 2 })
})

test('fewer records than k, and more than sixteen columns, cannot be helped', () => {
  expect(localSuppression([['f']], 2)).toEqual({ kind: 'impossible', reason: 'fewer-records-than-k', n: 1 })
  expect(() => localSuppression([new Array(17).fill('a')], 1)).toThrow('localSuppression takes at most 16 quasi-identifiers, got 17')
})

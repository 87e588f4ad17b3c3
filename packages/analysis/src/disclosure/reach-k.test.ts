import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equivalenceClasses } from './equivalence-classes.ts'
import { hierarchyOf } from './hierarchy.ts'
import { reachK } from './reach-k.ts'

const ages = hierarchyOf(['8', '9', '10', '11'].map((age) => [age, Number(age) < 10 ? '8-9' : '10-11', '*']))
const table = fc.array(fc.tuple(fc.constantFrom('8', '9', '10', '11', null), fc.constantFrom('f', 'm')), { minLength: 1, maxLength: 30 })

test('PRIV-08: k is at least as asked, or the reason says why it cannot be', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 10 }), fc.constantFrom(0, 0.05, 0.3, 1), (rows, k, allowed) => {
      const found = reachK(rows, [ages, null], k, allowed)
      if (found.kind !== 'reached') {
        expect(found.kind).toBe('impossible')
        return
      }
      expect(found.k).toBe(Math.min(...equivalenceClasses(found.rows).sizes))
      expect(found.k).toBeGreaterThanOrEqual(k)
      expect(found.suppressed.records).toBeLessThanOrEqual(allowed * rows.length)
    }),
  )
})

test('with everything left to suppression it is impossible only with fewer records than k', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 10 }), (rows, k) => {
      expect(reachK(rows, [null, null], k, 1).kind).toBe(rows.length < k ? 'impossible' : 'reached')
    }),
  )
})

test('one rare record loses a cell, whose loss is counted as whole', () => {
  const rows = [...new Array(9).fill(['8', 'f']), ['8', 'm']]
  expect(reachK(rows, [ages, null], 2, 0.1)).toMatchObject({
    levels: [0, 0],
    suppressed: { byColumn: [0, 1], cells: 1, records: 1 },
    loss: 1 / 20,
    k: 10,
    asked: 2,
  })
})

test('no records are said, not thrown', () => {
  expect(reachK([], [], 2, 0)).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderedIds } from './uuid.ts'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('ids sort in the order of their making, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 1, maxLength: 40 }), (times) => {
      const left = [...times]
      const next = orderedIds(() => new Date(left.shift()!), randomBytes)
      const made = times.map(next)
      expect(made.every((id) => shape.test(id))).toBe(true)
      expect(made.toSorted()).toEqual(made)
      expect(new Set(made).size).toBe(made.length)
    }),
  )
})

test('ten thousand ids of one millisecond still sort', () => {
  const next = orderedIds(() => new Date(1_700_000_000_000), randomBytes)
  const made = Array.from({ length: 10_000 }, next)
  expect(made.toSorted()).toEqual(made)
  expect(new Set(made).size).toBe(10_000)
})

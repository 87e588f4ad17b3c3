import fc from 'fast-check'
import { expect, test } from 'vitest'
import { medianAndLimits, pairCount } from './pair-order.ts'

const ascending = (values: readonly number[]) => Float64Array.from(values).sort()
const numbers = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 25,
})

test('median and limits are those of all sums written down', () => {
  fc.assert(
    fc.property(numbers, numbers, fc.double({ min: 0, max: 0.999, noNaN: true }), (first, second, share) => {
      const pairs = { a: ascending(first), b: ascending(second), half: false }
      const sums = ascending(first.flatMap((x) => second.map((y) => x + y)))
      const k = 1 + Math.floor(share * sums.length)
      const middle = [sums[Math.floor((sums.length - 1) / 2)]!, sums[Math.floor(sums.length / 2)]!]
      expect(pairCount(pairs)).toBe(sums.length)
      const found = medianAndLimits(pairs, k)
      expect([found.lower, found.upper]).toEqual([sums[k - 1], sums[sums.length - k]])
      expect(found.estimate).toBe(sums.length % 2 ? middle[0] : (middle[0]! + middle[1]!) / 2)
    }),
  )
})

test('of a list against itself each pair counts once, and each value with itself', () => {
  fc.assert(
    fc.property(numbers, fc.double({ min: 0, max: 0.999, noNaN: true }), (values, share) => {
      const sorted = ascending(values)
      const sums = ascending(values.flatMap((x, i) => values.slice(i).map((y) => x + y)))
      const k = 1 + Math.floor(share * sums.length)
      const found = medianAndLimits({ a: sorted, b: sorted, half: true }, k)
      expect([found.lower, found.upper]).toEqual([sums[k - 1], sums[sums.length - k]])
    }),
  )
})

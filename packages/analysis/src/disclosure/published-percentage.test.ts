import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publishedPercentage } from './published-percentage.ts'

test('PRIV-10: percentages are clipped at 5 and 95', () => {
  expect(publishedPercentage(3, 100)).toEqual({ kind: 'percentage', value: 5, bound: 'at-most' })
  expect(publishedPercentage(5, 100)).toEqual({ kind: 'percentage', value: 5, bound: 'at-most' })
  expect(publishedPercentage(0, 100)).toEqual({ kind: 'percentage', value: 5, bound: 'at-most' })
  expect(publishedPercentage(100, 100)).toEqual({ kind: 'percentage', value: 95, bound: 'at-least' })
  expect(publishedPercentage(30, 100)).toEqual({ kind: 'percentage', value: 30, bound: 'exact' })
})

test('PRIV-10: a total under ten has no percentage, and none gives a count under ten away', () => {
  expect(publishedPercentage(3, 9)).toEqual({ kind: 'suppressed', reason: 'small-total' })
  expect(publishedPercentage(0, 0, 0)).toEqual({ kind: 'suppressed', reason: 'small-total' })
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), (a, b) => {
      const found = publishedPercentage(a, a + b)
      if (found.kind === 'suppressed' || found.bound !== 'exact') return
      expect(Math.min(a, b)).toBeGreaterThanOrEqual(10)
      expect(found.value).toBe((100 * a) / (a + b))
      expect(found.value).toBeGreaterThan(5)
      expect(found.value).toBeLessThan(95)
    }),
  )
})

test('a count above its total is refused', () => {
  expect(() => publishedPercentage(11, 10)).toThrow('publishedPercentage requires whole counts from 0 to the total, got 11 of 10')
})

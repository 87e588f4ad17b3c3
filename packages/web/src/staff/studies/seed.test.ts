import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestSeed, randomSeed, seedOf } from './seed.ts'

test('a seed is a whole number of 32 bits, however it is typed', () => {
  fc.assert(
    fc.property(fc.nat(largestSeed), (seed) => {
      expect(seedOf(` ${seed} `)).toBe(seed)
    }),
  )
  expect(seedOf('１２３')).toBe(123)
  for (const text of ['', '-1', '1.5', '1e3', 'abc', '4294967296', '99999999999']) expect(seedOf(text), text).toBeNull()
})

test('a proposed seed is one that may be sent', () => {
  const seed = randomSeed((numbers) => crypto.getRandomValues(numbers))
  expect(seedOf(String(seed))).toBe(seed)
})

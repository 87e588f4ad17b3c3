import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKey } from './key.ts'
import { readHash, readTyped } from './typed.ts'

test('small, spaced and full-width letters, O for 0 and I or L for 1 are read as the code that was meant', () => {
  for (const typed of ['4f7 k01', '4F7-KO1', ' 4f7kOl ', '４Ｆ７ＫＯＩ', '4f7.koi']) expect(readTyped(typed)).toBe('4F7K01')
})

test('reading twice changes nothing more', () => {
  fc.assert(fc.property(fc.string(), (typed) => readTyped(readTyped(typed)) === readTyped(typed)))
})

test('the link of a seat card is read, and anything else behind the # is not', () => {
  expect(readHash('#9wzbh.4F7K2Q')).toEqual({ locator: '9WZBH', code: '4F7K2Q' })
  for (const hash of ['', '#', '#9WZBH', '#9WZBH.4F7', '#section-two']) expect(readHash(hash)).toBeNull()
})

test('a key is 32 hexadecimal digits of the random bytes it is given, which the server accepts', () => {
  expect(newKey((bytes) => bytes.fill(10))).toBe('0a'.repeat(16))
  expect(newKey()).toMatch(/^[\w-]{16,64}$/)
  expect(newKey()).not.toBe(newKey())
})

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noticeHash } from './notice-hash.ts'

test("the hash of a notice is what the system's own SHA-256 gives", () => {
  expect(noticeHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  fc.assert(
    fc.property(fc.array(fc.constantFrom('告', '知', '书', 'a', ' b', '\nc', '𠮷')), (parts) => {
      const text = `x${parts.join('')}x`
      expect(noticeHash(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
    }),
  )
})

test('line ends and blank edges do not change it, a word does', () => {
  expect(noticeHash('\ufeff告家长书\r\n同意 \n')).toBe(noticeHash('告家长书\n同意'))
  expect(noticeHash('告家长书\n不同意')).not.toBe(noticeHash('告家长书\n同意'))
})

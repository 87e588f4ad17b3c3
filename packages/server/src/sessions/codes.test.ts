import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashCode, newCode, newLocator, readSeatToken, readTyped, sameToken, seatToken } from './codes.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array))
const key = fc.record({ countyId: fc.uuid(), schoolId: fc.uuid(), seatId: fc.uuid() })

test('SEC-05: a code is six characters that cannot be mistaken for one another, and 30 random bits', () => {
  fc.assert(
    fc.property(bytes(6), (random) => {
      const code = newCode(() => random)
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/)
      expect(readTyped(code)).toBe(code)
    }),
  )
  const drawn = new Set(Array.from({ length: 2000 }, () => newCode(randomBytes)[0]))
  expect(drawn.size).toBe(32)
  expect(newLocator(randomBytes)).toHaveLength(5)
})

test('SEC-05: a code is read however it is typed', () => {
  const spoiled = fc.tuple(bytes(6), fc.boolean(), fc.constantFrom('', ' ', '-', ' - '), fc.constantFrom('I', 'L', 'i', 'l'))
  fc.assert(
    fc.property(spoiled, ([random, small, between, one]) => {
      const code = newCode(() => random)
      const typed = code.replaceAll('0', 'O').replaceAll('1', one).split('').join(between)
      expect(readTyped(small ? typed.toLowerCase() : typed)).toBe(code)
    }),
  )
})

test('SEC-05: the stored hash of a code is keyed, and another session has another', () => {
  const [pepper, other] = [randomBytes(32), randomBytes(32)]
  const hash = hashCode(pepper, 'session', 'ABC123')
  expect(hash).toBe(hashCode(pepper, 'session', 'ABC123'))
  for (const different of [
    hashCode(other, 'session', 'ABC123'),
    hashCode(pepper, 'other', 'ABC123'),
    hashCode(pepper, 'session', 'ABC124'),
  ])
    expect(sameToken(hash, different)).toBe(false)
})

test('a seat token carries its seat, fits the bearer header, and ends with new codes', () => {
  const pepper = randomBytes(32)
  fc.assert(
    fc.property(key, (seat) => {
      const token = seatToken(pepper, seat, 'hash')
      expect(token).toMatch(/^[\w-]{20,200}$/)
      expect(readSeatToken(token)).toEqual(seat)
      expect(sameToken(token, seatToken(pepper, seat, 'hash'))).toBe(true)
      expect(sameToken(token, seatToken(pepper, seat, 'new hash'))).toBe(false)
    }),
  )
})

test('whatever else comes as a token is read as none', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (token) => {
      const read = readSeatToken(token)
      if (Buffer.from(token, 'base64url').length !== 80) expect(read).toBeNull()
    }),
  )
})

import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { hashPassword, newTotpSecret, passwordMatches, seal, totpStep, unseal } from './credentials.ts'

test('SEC-04: a password is kept as argon2id with its own salt, and only it matches', async () => {
  const [first, second] = [await hashPassword('correct horse 电池', randomBytes), await hashPassword('correct horse 电池', randomBytes)]
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(first).not.toBe(second)
  expect(await passwordMatches('correct horse 电池', first)).toBe(true)
  for (const wrong of ['correct horse', '', 'Correct horse 电池']) expect(await passwordMatches(wrong, first)).toBe(false)
})

test('SEC-04: an account that does not exist has no password that fits', async () => {
  for (const stored of [null, '', '$argon2id$v=19$m=1,t=1,p=1$$']) expect(await passwordMatches('', stored)).toBe(false)
})

test('the same password typed on another keyboard is the same', async () => {
  expect(await passwordMatches('ｃafe\u0301 ﬁne', await hashPassword('café fine', randomBytes))).toBe(true)
})

test('SEC-04: the one-time codes are those of RFC 6238, one step of drift either way', () => {
  const secret = Secret.fromLatin1('12345678901234567890').base32
  const at = (seconds: number) => new Date(seconds * 1000)
  expect(totpStep(secret, '287082', at(59))).toBe(1)
  expect(totpStep(secret, '081804', at(1_111_111_109))).toBe(37_037_036)
  expect(totpStep(secret, '287082', at(59 + 30))).toBe(1)
  expect(totpStep(secret, '287082', at(59 + 61))).toBeNull()
})

test('a new secret has 160 bits that an authenticator reads', () => {
  const secret = newTotpSecret(randomBytes)
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  const now = new Date('2026-03-02T00:00:00Z')
  expect(totpStep(secret, new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() }), now)).toBe(
    now.getTime() / 30_000,
  )
})

test('a sealed secret opens with its key alone, and not when a byte was changed', () => {
  const key = randomBytes(32)
  const sealed = seal('JBSWY3DPEHPK3PXP', key, randomBytes)
  expect(unseal(sealed, key)).toBe('JBSWY3DPEHPK3PXP')
  expect(() => unseal(sealed, randomBytes(32))).toThrow()
  const bent = Buffer.from(sealed, 'base64')
  bent[bent.length - 1]! ^= 1
  expect(() => unseal(bent.toString('base64'), key)).toThrow()
})

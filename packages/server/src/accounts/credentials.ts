// Passwords (argon2id, RFC 9106), one-time codes (TOTP, RFC 6238) and link tokens. Nothing here can be read back from the database.
import { argon2, createCipheriv, createDecipheriv, hash, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret, TOTP } from 'otpauth'

type Random = (bytes: number) => Buffer

const derive = promisify(argon2)
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

const digest = (password: string, nonce: Buffer): Promise<Buffer> =>
  derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), nonce, ...cost }) as Promise<Buffer>

export const hashPassword = async (password: string, random: Random): Promise<string> => {
  const nonce = random(16)
  const tag = await digest(password, nonce)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${nonce.toString('base64')}$${tag.toString('base64')}`
}

/** Takes the same time for an account that does not exist, so that nobody can list user names by the clock. */
export const passwordMatches = async (password: string, stored: string | null): Promise<boolean> => {
  const [nonce, tag] = (stored ?? '')
    .split('$')
    .slice(-2)
    .map((part) => Buffer.from(part, 'base64'))
  const made = await digest(password, nonce && nonce.length === 16 ? nonce : Buffer.alloc(16))
  return stored !== null && tag !== undefined && tag.length === made.length && timingSafeEqual(tag, made)
}

export const newToken = (random: Random) => random(32).toString('base64url')
export const hashToken = (token: string) => hash('sha256', token)

export const newTotpSecret = (random: Random) => new Secret({ buffer: new Uint8Array(random(20)).buffer }).base32

const totp = (secret: string, label = 'account') =>
  new TOTP({ issuer: 'Tongxing', label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 })
export const otpauthUri = (secret: string, username: string) => totp(secret, username).toString()

/** The time step that a code stands for (one step of clock drift either way), or null. A step is accepted once: the caller keeps the last. */
export const totpStep = (secret: string, code: string, now: Date): number | null => {
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: 1 })
  return delta === null ? null : Math.floor(now.getTime() / 30_000) + delta
}

export const seal = (plain: string, key: Buffer, random: Random): string => {
  const nonce = random(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

export const unseal = (sealed: string, key: Buffer): string => {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

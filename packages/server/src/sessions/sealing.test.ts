import { randomBytes } from 'node:crypto'
import nacl from 'tweetnacl'
import { expect, test } from 'vitest'
import { sealingKeys, unseal } from './sealing.ts'

const secret = randomBytes(32)
const keys = sealingKeys(secret, 'session-1')
const sealed = (text: string) => {
  const [pair, nonce] = [nacl.box.keyPair(), nacl.randomBytes(24)]
  return Buffer.concat([pair.publicKey, nonce, nacl.box(new TextEncoder().encode(text), nonce, keys.publicKey, pair.secretKey)])
}

test('PRIV-12: a session keeps its key pair as long as the secret is the same, and no other session or server has it', () => {
  expect(sealingKeys(secret, 'session-1')).toEqual(keys)
  for (const other of [sealingKeys(secret, 'session-2'), sealingKeys(randomBytes(32), 'session-1')]) {
    expect(other.publicKey).not.toEqual(keys.publicKey)
    expect(unseal(sealed('{}'), other.secretKey)).toBeNull()
  }
})

test('PRIV-12: what was sealed comes back as it was; a changed byte anywhere, or a missing end, opens nothing', () => {
  const whole = sealed('{"answers":"想"}')
  expect(unseal(whole, keys.secretKey)).toBe('{"answers":"想"}')
  for (let place = 0; place < whole.length; place += 1) {
    const changed = Buffer.from(whole)
    changed[place] = changed[place]! ^ 1
    expect(unseal(changed, keys.secretKey)).toBeNull()
    expect(unseal(whole.subarray(0, place), keys.secretKey)).toBeNull()
  }
})

test('PRIV-12: the keys are those of NaCl, and a sender who names a point that agrees on nothing is refused', () => {
  expect(new Uint8Array(keys.publicKey)).toEqual(nacl.box.keyPair.fromSecretKey(new Uint8Array(keys.secretKey)).publicKey)
  const whole = sealed('{}')
  for (const point of [Buffer.alloc(32), Buffer.concat([Buffer.from([1]), Buffer.alloc(31)])])
    expect(unseal(Buffer.concat([point, whole.subarray(32)]), keys.secretKey)).toBeNull()
})

import nacl from 'tweetnacl'
import { expect, test } from 'vitest'
import { bytesOf } from './bytes.ts'
import { seal } from './seal.ts'

const recipient = nacl.box.keyPair()
const publicKey = Buffer.from(recipient.publicKey).toString('base64')
const opened = (sealed: string, secretKey: Uint8Array) => {
  const bytes = bytesOf(sealed)
  const box = nacl.box.open(bytes.subarray(56), bytes.subarray(32, 56), bytes.subarray(0, 32), secretKey)
  return box && new TextDecoder().decode(box)
}

test('PRIV-12: what is sealed is opened by the private key alone, and is nowhere to be read', () => {
  const sheet = JSON.stringify({ answers: { phq9_9: 3 }, words: '想找人聊聊' })
  const sealed = seal(sheet, publicKey)
  expect(opened(sealed, recipient.secretKey)).toBe(sheet)
  expect(opened(sealed, nacl.box.keyPair().secretKey)).toBeNull()
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('phq9_9')
})

test('PRIV-12: the same sheet is sealed differently each time, so equal answers do not look equal', () => {
  expect(seal('{}', publicKey)).not.toBe(seal('{}', publicKey))
})

// PRIV-12: a finished sheet is sealed on the device to its session's public key (NaCl crypto_box, X25519 + XSalsa20-Poly1305, with a key pair
// of its own for each sheet). The private key is derived and kept nowhere: a stolen database or device opens nothing.
import { createHmac } from 'node:crypto'
import nacl from 'tweetnacl'

/** The media type of a sealed body: the sender's public key, the nonce and the box, one after the other. */
export const sealedType = 'application/vnd.tongxing.sealed'

const { publicKeyLength, nonceLength, overheadLength } = nacl.box

export const sealingKeys = (secret: Buffer, sessionId: string) =>
  nacl.box.keyPair.fromSecretKey(createHmac('sha256', secret).update(`sheets of session ${sessionId}`).digest())

/** What was sealed, as text; null when it was sealed to another key, cut short or changed. */
export const unseal = (sealed: Uint8Array, secretKey: Uint8Array): string | null => {
  if (sealed.length < publicKeyLength + nonceLength + overheadLength) return null
  const sender = sealed.subarray(0, publicKeyLength)
  const nonce = sealed.subarray(publicKeyLength, publicKeyLength + nonceLength)
  const opened = nacl.box.open(sealed.subarray(publicKeyLength + nonceLength), nonce, sender, secretKey)
  return opened && new TextDecoder().decode(opened)
}

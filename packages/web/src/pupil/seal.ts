// PRIV-12: a finished sheet is sealed to its session's public key, so that nobody at this device can read it while it waits; also on a plain-http
// school network, where browsers offer no cryptography of their own. NaCl crypto_box; the server's sessions/sealing.ts opens it.
import nacl from 'tweetnacl'
import { bytesOf } from './bytes.ts'

const base64Of = (bytes: Uint8Array): string => {
  let text = ''
  for (let place = 0; place < bytes.length; place += 1) text += String.fromCharCode(bytes[place] ?? 0)
  return btoa(text)
}

/** The sheet can be opened with the session's private key alone: this page itself cannot read it again. */
export const seal = (text: string, publicKey: string): string => {
  const pair = nacl.box.keyPair()
  const nonce = nacl.randomBytes(nacl.box.nonceLength)
  const box = nacl.box(new TextEncoder().encode(text), nonce, bytesOf(publicKey), pair.secretKey)
  const sealed = new Uint8Array(pair.publicKey.length + nonce.length + box.length)
  sealed.set(pair.publicKey)
  sealed.set(nonce, pair.publicKey.length)
  sealed.set(box, pair.publicKey.length + nonce.length)
  return base64Of(sealed)
}

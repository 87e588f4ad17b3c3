// PRIV-12: a finished sheet is sealed on the device to its session's public key (NaCl crypto_box, X25519 + XSalsa20-Poly1305, with a key pair
// of its own for each sheet). The private key is derived and kept nowhere: a stolen database or device opens nothing. The curve is the
// system's, which takes a tenth of the time of JavaScript's; the rest is tweetnacl's.
import { createHmac, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto'
import nacl from 'tweetnacl'

/** The media type of a sealed body: the sender's public key, the nonce and the box, one after the other. */
export const sealedType = 'application/vnd.tongxing.sealed'

const { publicKeyLength, nonceLength, overheadLength } = nacl.box
/** Bytes of a body that carries a sheet: 20 kB (REL-08), and what its seal adds. */
export const sheetLimit = 20_000 + publicKeyLength + nonceLength + overheadLength
type Core = (out: Uint8Array, input: Uint8Array, key: Uint8Array, constant: Uint8Array) => unknown
const { lowlevel } = nacl as typeof nacl & { readonly lowlevel: { readonly crypto_core_hsalsa20: Core } } // its types leave it out
const sigma = new TextEncoder().encode('expand 32-byte k')

// what stands before the 32 bytes of a key of X25519 in DER (RFC 8410)
const beforePrivate = Buffer.from('302e020100300506032b656e04220420', 'hex')
const beforePublic = Buffer.from('302a300506032b656e032100', 'hex')
const privateKeyOf = (bytes: Uint8Array) => createPrivateKey({ key: Buffer.concat([beforePrivate, bytes]), format: 'der', type: 'pkcs8' })
const publicKeyOf = (bytes: Uint8Array) => createPublicKey({ key: Buffer.concat([beforePublic, bytes]), format: 'der', type: 'spki' })

export const sealingKeys = (secret: Buffer, sessionId: string) => {
  const secretKey = createHmac('sha256', secret).update(`sheets of session ${sessionId}`).digest()
  return {
    secretKey,
    get publicKey() {
      return createPublicKey(privateKeyOf(secretKey)).export({ format: 'der', type: 'spki' }).subarray(beforePublic.length)
    },
  }
}

/** As nacl.box.before; null for a public key that is no point to agree on. */
const sharedKey = (sender: Uint8Array, secretKey: Uint8Array): Uint8Array | null => {
  try {
    const key = new Uint8Array(nacl.secretbox.keyLength)
    const agreed = diffieHellman({ privateKey: privateKeyOf(secretKey), publicKey: publicKeyOf(sender) })
    lowlevel.crypto_core_hsalsa20(key, new Uint8Array(16), agreed, sigma)
    return key
  } catch {
    return null
  }
}

/** What was sealed, as text; null when it was sealed to another key, cut short or changed. */
export const unseal = (sealed: Uint8Array, secretKey: Uint8Array): string | null => {
  if (sealed.length < publicKeyLength + nonceLength + overheadLength) return null
  const key = sharedKey(sealed.subarray(0, publicKeyLength), secretKey)
  const nonce = sealed.subarray(publicKeyLength, publicKeyLength + nonceLength)
  const opened = key && nacl.secretbox.open(sealed.subarray(publicKeyLength + nonceLength), nonce, key)
  return opened && new TextDecoder().decode(opened)
}

// Kits and days are files of the age format (age-encryption.org/v1), written and read by its author's own library.
import { bech32 } from '@scure/base'
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'
import { Problem, type ProblemCode } from '../problem.ts'

/** 32 random bytes as age writes an identity. */
const identityOf = (secret: Buffer) => bech32.encodeFromBytes('age-secret-key-', secret).toUpperCase()

export const recipientOf = (secret: Buffer): Promise<string> => identityToRecipient(identityOf(secret))

// the passphrase is random and of 100 bits: this slows nobody down who guesses, and an old laptop only a little
const workFactor = 15

export const sealWithPassphrase = (content: Uint8Array, passphrase: string): Promise<Uint8Array> => {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(workFactor)
  encrypter.setPassphrase(passphrase)
  return encrypter.encrypt(content)
}

export const sealTo = (content: Uint8Array, recipient: string): Promise<Uint8Array> => {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(content)
}

const isAge = (file: Uint8Array) => Buffer.from(file.subarray(0, 21)).toString() === 'age-encryption.org/v1'

/** The whole content or nothing: a file that is cut short or was changed opens for nobody. */
const opened = async (decrypter: Decrypter, file: Uint8Array, notFor: ProblemCode): Promise<Uint8Array> => {
  if (!isAge(file)) throw new Problem('kit.not-a-kit')
  try {
    return await decrypter.decrypt(file)
  } catch (error) {
    if (/identity matched|passphrase/i.test((error as Error).message)) throw new Problem(notFor)
    throw new Problem('kit.file-damaged')
  }
}

export const openWithPassphrase = (file: Uint8Array, passphrase: string): Promise<Uint8Array> => {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return opened(decrypter, file, 'kit.passphrase-wrong')
}

export const openWith = (file: Uint8Array, secret: Buffer): Promise<Uint8Array> => {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identityOf(secret))
  return opened(decrypter, file, 'kit.for-another-county')
}

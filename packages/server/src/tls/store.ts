// The certificates in the data folder. `npm start` reads server.pem alone; the authority's key is for the command that renews.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { writePrivate } from '../data-folder.ts'
import type { Issued } from './certificate.ts'

/** What the server shows to devices, and the authority they need to trust for it; all in PEM. */
export type ServerIdentity = Issued & { readonly authority: string }

export const renewal = 'npm run server -- tls'

const fileIn = (folder: string, name: string) => join(folder, 'tls', name)
export const authorityFile = (folder: string) => fileIn(folder, 'ca.pem')
export const publicFile = (folder: string) => fileIn(folder, 'tongxing-ca.crt')

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

const blocks = (text: string) => text.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----\n?/g) ?? []

const issuedIn = (text: string): Issued & { readonly others: readonly string[] } => {
  const found = blocks(text)
  const key = found.find((block) => block.includes('PRIVATE KEY')) ?? ''
  const [certificate = '', ...others] = found.filter((block) => block.includes('BEGIN CERTIFICATE'))
  if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))
    throw new Error('key and certificate do not belong together')
  return { certificate, key, others }
}

const readIssued = (file: string, remedy: string) => {
  const text = readIfThere(file)
  if (text === null) return null
  try {
    return issuedIn(text)
  } catch (error) {
    throw new Error(`${file} is damaged; ${remedy}`, { cause: error })
  }
}

export const readAuthority = (folder: string): Issued | null =>
  readIssued(
    authorityFile(folder),
    `restore it from a backup, or make another with ${renewal} --new-ca, which every device has to trust anew`,
  )

export const readServer = (folder: string): ServerIdentity | null => {
  const read = readIssued(fileIn(folder, 'server.pem'), `${renewal} makes another`)
  return read ? { certificate: read.certificate, key: read.key, authority: read.others[0] ?? '' } : null
}

/** Names that people gave when they last made the certificate. */
export const readGivenNames = (folder: string): readonly string[] => {
  const text = readIfThere(fileIn(folder, 'names.json'))
  try {
    return text === null ? [] : z.array(z.string()).parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${fileIn(folder, 'names.json')} is damaged; remove it and give the names again with --name`, { cause: error })
  }
}

export const writeAuthority = (folder: string, { certificate, key }: Issued) => {
  mkdirSync(join(folder, 'tls'), { recursive: true, mode: 0o700 })
  writePrivate(authorityFile(folder), `${certificate}${key}`)
}

/** Key and certificates in one file, so that a power cut cannot leave two that do not belong together. */
export const writeServer = (folder: string, { certificate, key, authority }: ServerIdentity, givenNames: readonly string[]) => {
  writePrivate(fileIn(folder, 'server.pem'), `${certificate}${authority}${key}`)
  writePrivate(publicFile(folder), new X509Certificate(authority).raw)
  writePrivate(fileIn(folder, 'names.json'), `${JSON.stringify(givenNames)}\n`)
}

/** Where a proxy or the demonstration says otherwise, `auto` leaves the line plain; else it is encrypted as soon as there is a certificate. */
export const identityFor = (config: Pick<Config, 'tls' | 'publicUrl' | 'demo'>, folder: string): ServerIdentity | null => {
  if (config.tls === 'off' || (config.tls === 'auto' && (config.publicUrl !== undefined || config.demo))) return null
  const identity = readServer(folder)
  if (!identity && config.tls === 'on') throw new Error(`TONGXING_TLS is on and there is no certificate yet; make one with ${renewal}`)
  return identity
}

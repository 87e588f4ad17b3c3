// What a certificate says, and what is wrong with it for those who use it now: a sentence each, with the command that mends it. Pure.
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { terminalWords } from '../terminal.ts'
import { renewal } from './store.ts'

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

export const commonNameOf = (certificate: X509Certificate): string => /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject

const day = 86_400_000
const soon = 30 * day
const indent = '  '

const names = (certificate: X509Certificate, host: string) =>
  isIP(host) ? certificate.checkIP(host) !== undefined : certificate.checkHost(host) !== undefined

type Tell = ReturnType<typeof terminalWords>

const ofTime = ({ validFromDate, validToDate }: X509Certificate, now: Date, tell: Tell): readonly string[] => {
  const left = validToDate.getTime() - now.getTime()
  const ends = { day: dayOf(validToDate), command: renewal }
  if (left <= 0) return [tell({ key: 'certificateEnded', with: ends, indent })]
  if (validFromDate > now) return [tell({ key: 'certificateNotYet', with: { day: dayOf(validFromDate) }, indent })]
  return left < soon ? [tell({ key: 'certificateEnds', with: ends, indent })] : []
}

/** @param addresses as people type them, such as https://192.168.1.20:3000 */
export const complaintsAbout = (pem: string, addresses: readonly string[], now: Date, tell: Tell): readonly string[] => {
  const certificate = new X509Certificate(pem)
  const hosts = addresses.map((address) => new URL(address).hostname.replace(/^\[|\]$/g, ''))
  const unnamed = [...new Set(hosts)].filter((host) => !names(certificate, host))
  const command = `${renewal}${unnamed.map((host) => ` --name ${host}`).join('')}`
  return [
    ...ofTime(certificate, now, tell),
    ...(unnamed.length > 0 ? [tell({ key: 'certificateUnnamed', with: { names: unnamed.join(', '), command }, indent })] : []),
  ]
}

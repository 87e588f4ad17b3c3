// What a certificate says, and what is wrong with it for those who use it now: a sentence each, with the command that mends it. Pure.
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { renewal } from './store.ts'

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

export const commonNameOf = (certificate: X509Certificate): string => /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject

const day = 86_400_000
const soon = 30 * day
const mend = `stop the server, run ${renewal}, start again`

const names = (certificate: X509Certificate, host: string) =>
  isIP(host) ? certificate.checkIP(host) !== undefined : certificate.checkHost(host) !== undefined

const ofTime = ({ validFromDate, validToDate }: X509Certificate, now: Date): readonly string[] => {
  const left = validToDate.getTime() - now.getTime()
  if (left <= 0) return [`the certificate ended on ${dayOf(validToDate)} and browsers refuse it: ${mend}`]
  if (validFromDate > now) return [`the certificate begins only on ${dayOf(validFromDate)}: is the clock of this computer right?`]
  return left < soon ? [`the certificate ends on ${dayOf(validToDate)}: ${mend}`] : []
}

/** @param addresses as people type them, such as https://192.168.1.20:3000 */
export const complaintsAbout = (pem: string, addresses: readonly string[], now: Date): readonly string[] => {
  const certificate = new X509Certificate(pem)
  const hosts = addresses.map((address) => new URL(address).hostname.replace(/^\[|\]$/g, ''))
  const unnamed = [...new Set(hosts)].filter((host) => !names(certificate, host))
  const command = `${renewal}${unnamed.map((host) => ` --name ${host}`).join('')}`
  return [
    ...ofTime(certificate, now),
    ...(unnamed.length > 0 ? [`the certificate does not name ${unnamed.join(', ')}: stop the server, run ${command}, start again`] : []),
  ]
}

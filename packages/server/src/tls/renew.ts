// npm run server -- tls: an authority of the school's own is made once and kept, the server's certificate is made anew each time.
import { X509Certificate } from 'node:crypto'
import type { terminalWords } from '../terminal.ts'
import { boundsOf, type Issued, issueAuthority, issueServer } from './certificate.ts'
import { boundsFor, isWithin, type Machine, nameFrom, ownNames } from './names.ts'
import { commonNameOf, dayOf } from './reading.ts'
import { authorityFile, publicFile, readAuthority, readGivenNames, renewal, writeAuthority, writeServer } from './store.ts'

export type Wish = {
  /** Beside the computer's own names; none: those that were given last time. */
  readonly names: readonly string[]
  readonly days: number
  readonly newAuthority: boolean
}
export type Renewed = {
  readonly folder: string
  readonly authority: X509Certificate
  readonly authorityIsNew: boolean
  readonly server: X509Certificate
  readonly names: readonly string[]
  /** Names of this computer that the authority may not sign for. */
  readonly leftOut: readonly string[]
}

const day = 86_400_000
export const longestDays = 397 // what browsers accept at most
const authorityDays = 3650

/** From yesterday: the clock of a phone may be behind. */
const validity = (now: Date, days: number, notAfter = Number.POSITIVE_INFINITY) => {
  const from = new Date(now.getTime() - day)
  return { from, until: new Date(Math.min(from.getTime() + days * day, notAfter)) }
}

const makeAuthority = ({ hostname }: Machine, names: readonly string[], now: Date): Issued =>
  issueAuthority(
    `Tongxing school CA (${hostname.slice(0, 24)} ${now.toISOString().slice(0, 10)})`,
    boundsFor(names),
    validity(now, authorityDays),
  )

const refuseAgainstAuthority = (authority: X509Certificate, outside: readonly string[], now: Date) => {
  if (authority.validToDate.getTime() <= now.getTime() + day)
    throw new Error(
      `the authority ended on ${dayOf(authority.validToDate)}; make another with ${renewal} --new-ca, which every device has to trust anew`,
    )
  if (outside.length > 0)
    throw new Error(
      `the authority that devices trust may not sign for ${outside.join(', ')}; ${renewal} --new-ca with the same --name makes one that may, and every device has to trust that one anew`,
    )
}

export const renew = (folder: string, wish: Wish, machine: Machine, now: Date): Renewed => {
  const given = wish.names.length > 0 ? wish.names.map(nameFrom) : readGivenNames(folder)
  const own = ownNames(machine)
  const kept = wish.newAuthority ? null : readAuthority(folder)
  const authority = kept ?? makeAuthority(machine, [...own, ...given], now)
  const certificate = new X509Certificate(authority.certificate)
  const bounds = boundsOf(authority.certificate)
  const isOutside = (name: string) => !isWithin(name, bounds)
  refuseAgainstAuthority(certificate, given.filter(isOutside), now)
  const names = [...new Set([...own, ...given])].filter((name) => !isOutside(name))
  const server = issueServer(authority, names, validity(now, wish.days, certificate.validToDate.getTime()))
  if (!kept) writeAuthority(folder, authority)
  writeServer(folder, { ...server, authority: authority.certificate }, given)
  return {
    folder,
    authority: certificate,
    authorityIsNew: !kept,
    server: new X509Certificate(server.certificate),
    names,
    leftOut: own.filter(isOutside),
  }
}

/** What the command says it did. */
export const accountOf = (
  { folder, authority, authorityIsNew, server, names, leftOut }: Renewed,
  tell: ReturnType<typeof terminalWords>,
): readonly string[] => [
  tell({
    key: authorityIsNew ? 'authorityMade' : 'authorityKept',
    with: { name: commonNameOf(authority), until: dayOf(authority.validToDate) },
  }),
  `  SHA-256 ${authority.fingerprint256}`,
  tell({ key: 'authorityKey', with: { file: authorityFile(folder) }, indent: '  ' }),
  tell({ key: 'certificateMade', with: { until: dayOf(server.validToDate) } }),
  `  SHA-256 ${server.fingerprint256}`,
  tell({ key: 'certificateNames', with: { names: names.join(', ') }, indent: '  ' }),
  ...(leftOut.length > 0 ? [tell({ key: 'certificateLeftOut', with: { names: leftOut.join(', ') }, indent: '  ' })] : []),
  ...(authorityIsNew ? [tell({ key: 'notWhileOpen' }), tell({ key: 'trustAuthority', with: { file: publicFile(folder) } })] : []),
  tell({ key: 'httpsNext' }),
]

// The command as Node's own TLS judges it: a client that trusts the authority, and nothing else.
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../test/processes.ts'
import { terminalWords } from '../terminal.ts'
import { type Issued, issueAuthority, issueServer } from './certificate.ts'
import { boundsFor } from './names.ts'
import { accountOf, renew, type Wish } from './renew.ts'

import { identityFor, readAuthority, readServer } from './store.ts'

const english = terminalWords('en')
const machine = { hostname: 'laptop-1', interfaces: { eth0: [{ address: '192.168.1.20', internal: false }] } } as never
const wish = (changes: Partial<Wish> = {}): Wish => ({ names: [], days: 397, newAuthority: false, ...changes })
const now = new Date()
const later = (days: number) => new Date(now.getTime() + days * 86_400_000)

/** What a client that trusts only this authority says of a server with this certificate under this name. */
const judged = async (shown: Issued, authority: string, name: string): Promise<string> => {
  const server = createServer({ cert: shown.certificate, key: shown.key })
    .on('tlsClientError', () => {})
    .listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    ca: authority,
    servername: name,
  })
  const verdict = await new Promise<string>((resolve) => {
    socket.once('secureConnect', () => resolve('trusted')).once('error', (error) => resolve(error.message))
  })
  socket.destroy()
  return verdict
}

test('a device that trusts the authority trusts the server under each of its names, and under no other', async () => {
  const folder = temporaryFolder()
  renew(folder, wish({ names: ['screening.school.example'] }), machine, now)
  const shown = readServer(folder)!
  for (const name of ['localhost', 'laptop-1.local', 'laptop-1', 'screening.school.example'])
    expect({ name, verdict: await judged(shown, shown.authority, name) }).toEqual({ name, verdict: 'trusted' })
  expect(await judged(shown, shown.authority, 'elsewhere.local')).toContain('does not match certificate')
  const stranger = temporaryFolder()
  renew(stranger, wish(), machine, now)
  expect(await judged(shown, readServer(stranger)!.authority, 'localhost')).not.toBe('trusted')
})

test('an authority whose key is stolen cannot stand for a public website, and may sign no other authority', async () => {
  const validity = { from: later(-1), until: later(100) }
  const authority = issueAuthority('a', boundsFor(['localhost']), validity)
  expect(await judged(issueServer(authority, ['localhost'], validity), authority.certificate, 'localhost')).toBe('trusted')
  expect(await judged(issueServer(authority, ['localhost', 'bank.example'], validity), authority.certificate, 'bank.example')).toBe(
    'permitted subtree violation',
  )
  expect(await judged(issueServer(authority, ['localhost', '8.8.8.8'], validity), authority.certificate, 'localhost')).toBe(
    'permitted subtree violation',
  )
  const { ca, keyUsage, raw } = new X509Certificate(authority.certificate)
  expect(raw.toString('hex')).toContain('30060101ff020100') // CA:TRUE, pathlen:0
  expect({ ca, keyUsage }).toEqual({ ca: true, keyUsage: ['1.3.6.1.5.5.7.3.1'] })
})

test('run again, the server’s certificate is another and the authority the same, so that devices go on trusting', async () => {
  const folder = temporaryFolder()
  const first = renew(folder, wish({ names: ['screening.school.example'] }), machine, now)
  const { authority } = readServer(folder)!
  const second = renew(folder, wish(), machine, later(390))
  expect([first.authorityIsNew, second.authorityIsNew]).toEqual([true, false])
  expect(second.authority.fingerprint256).toBe(first.authority.fingerprint256)
  expect(second.server.fingerprint256).not.toBe(first.server.fingerprint256)
  expect(second.names).toContain('screening.school.example')
  expect(second.server.validToDate.getTime()).toBeGreaterThan(later(390 + 395).getTime())
  expect(second.server.validToDate.getTime() - second.server.validFromDate.getTime()).toBeLessThanOrEqual(397 * 86_400_000)
  renew(folder, wish({ days: 30 }), machine, now)
  expect(await judged(readServer(folder)!, authority, 'localhost')).toBe('trusted')
})

test('every file is for its owner alone, and the authority’s key stands in one of them only', () => {
  const folder = temporaryFolder()
  const { authority } = renew(folder, wish(), machine, now)
  const files = readdirSync(join(folder, 'tls'))
  expect(files.sort()).toEqual(['ca.pem', 'names.json', 'server.pem', 'tongxing-ca.crt'])
  expect(files.map((name) => statSync(join(folder, 'tls', name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600])
  expect(statSync(join(folder, 'tls')).mode & 0o777).toBe(0o700)
  const secret = readAuthority(folder)!.key.split('\n')[1]!
  const holding = files.filter((name) => readFileSync(join(folder, 'tls', name), 'utf8').includes(secret))
  expect(holding).toEqual(['ca.pem'])
  expect(readFileSync(join(folder, 'tls', 'tongxing-ca.crt'))).toEqual(authority.raw)
})

test('a name outside what devices trusted the authority for is refused and nothing changes; --new-ca makes one that may', () => {
  const folder = temporaryFolder()
  const first = renew(folder, wish(), machine, now)
  expect(() => renew(folder, wish({ names: ['bank.example'] }), machine, now)).toThrow(/may not sign for bank\.example; .*--new-ca/)
  expect(new X509Certificate(readServer(folder)!.certificate).fingerprint256).toBe(first.server.fingerprint256)
  const second = renew(folder, wish({ names: ['bank.example'], newAuthority: true }), machine, now)
  expect(second.names).toContain('bank.example')
  expect(second.authority.fingerprint256).not.toBe(first.authority.fingerprint256)
})

test('a computer that was given another name keeps its authority, and is told which name is left out', () => {
  const folder = temporaryFolder()
  renew(folder, wish(), machine, now)
  const renamed = renew(folder, wish(), { hostname: 'attic.school.example', interfaces: {} }, now)
  expect(renamed.authorityIsNew).toBe(false)
  expect(renamed.leftOut).toEqual(['attic.school.example'])
  expect(renamed.names).toContain('attic.local')
  expect(accountOf(renamed, english).join('\n')).toContain('Left out, because the authority may not sign for it: attic.school.example')
})

test('an authority that has ended is not used, and one that ends soon ends the server’s certificate with it', () => {
  const folder = temporaryFolder()
  const { authority } = renew(folder, wish(), machine, now)
  expect(renew(folder, wish(), machine, later(3600)).server.validToDate).toEqual(authority.validToDate)
  expect(() => renew(folder, wish(), machine, later(3650))).toThrow(/ended on .*--new-ca/)
})

test('the account says what was done, both fingerprints and until when', () => {
  const done = renew(temporaryFolder(), wish(), machine, now)
  const account = accountOf(done, english).join('\n')
  for (const certificate of [done.authority, done.server]) {
    expect(account).toContain(certificate.fingerprint256)
    expect(account).toContain(`until ${certificate.validToDate.toISOString().slice(0, 10)}`)
  }
  expect(account).toContain('It names localhost, 127.0.0.1, ::1, 192.168.1.20, laptop-1, laptop-1.local')
  expect(account).not.toContain('PRIVATE KEY')
})

test('a damaged file is named with what to do, and an authority is never replaced in silence', () => {
  const folder = temporaryFolder()
  renew(folder, wish(), machine, now)
  writeFileSync(join(folder, 'tls', 'server.pem'), 'cut sh')
  expect(() => readServer(folder)).toThrow('server.pem is damaged; npm run server -- tls makes another')
  const other = temporaryFolder()
  renew(other, wish(), machine, now)
  const [mine, theirs] = [readAuthority(folder)!, readAuthority(other)!]
  writeFileSync(join(folder, 'tls', 'ca.pem'), mine.certificate + theirs.key)
  expect(() => renew(folder, wish(), machine, now)).toThrow(/ca\.pem is damaged; restore it from a backup/)
  expect(renew(folder, wish({ newAuthority: true }), machine, now).authorityIsNew).toBe(true)
})

test('https as soon as there is a certificate, unless a proxy or the demonstration says otherwise; on and off are obeyed', () => {
  const folder = temporaryFolder()
  const used = (tls: 'auto' | 'on' | 'off', changes = {}) =>
    identityFor({ tls, publicUrl: undefined, demo: false, ...changes }, folder) !== null
  expect(used('auto')).toBe(false)
  expect(() => used('on')).toThrow('TONGXING_TLS is on and there is no certificate yet; make one with npm run server -- tls')
  renew(folder, wish(), machine, now)
  expect([used('auto'), used('on'), used('off')]).toEqual([true, true, false])
  expect([used('auto', { publicUrl: 'https://a.example' }), used('auto', { demo: true })]).toEqual([false, false])
  expect([used('on', { publicUrl: 'https://a.example' }), used('on', { demo: true })]).toEqual([true, true])
})

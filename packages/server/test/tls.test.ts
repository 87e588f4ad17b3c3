// https as devices meet it: the real application on a real port, and the real process with the certificate that the command made.
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Fastify from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { issueSetUpLink } from '../src/accounts/sign-in.ts'
import { speakTls } from '../src/http/secure.ts'
import { renew } from '../src/tls/renew.ts'
import { readAuthority, readServer, type ServerIdentity } from '../src/tls/store.ts'
import { temporaryFolder } from './processes.ts'
import { failedStart, startServer, stopped } from './server-process.ts'
import { buildWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }) // real processes, on a computer that may be busy

type Heard = { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly body: Buffer }
type Asking = { readonly method?: string; readonly body?: object; readonly headers?: Record<string, string>; readonly ca?: string }

const ask = async (url: string, { method = 'GET', body, headers = {}, ca }: Asking = {}): Promise<Heard> => {
  const sent = body ? { ...headers, 'content-type': 'application/json' } : headers
  const options = { method, headers: sent, agent: false as const, ...(ca && { ca }) }
  const request = (url.startsWith('https:') ? secureRequest : plainRequest)(url, options)
  request.end(body && JSON.stringify(body))
  const [response] = await once(request, 'response')
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(await response.toArray()) }
}

const identityIn = (folder: string): ServerIdentity => {
  renew(folder, { names: [], days: 30, newAuthority: false }, { hostname: 'laptop-1', interfaces: {} }, new Date())
  return readServer(folder)!
}

describe('a server with a certificate', () => {
  let world: World
  let identity: ServerIdentity
  let keys: readonly string[]
  let place: string
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-test-'))
  const secure = (path: string, asking: Asking = {}) => ask(`https://${place}${path}`, { ca: identity.authority, ...asking })
  const plain = (path: string, asking: Asking = {}) => ask(`http://${place}${path}`, asking)

  beforeAll(async () => {
    identity = identityIn(folder)
    keys = [identity.key, readAuthority(folder)!.key]
    world = await buildWorld({ tls: identity, settled: false })
    await world.app.listen({ host: '127.0.0.1', port: 0 })
    place = `127.0.0.1:${(world.app.server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await world?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('answers a device that trusts its authority, and a device that does not breaks off', async () => {
    expect(await secure('/api/v1/health')).toMatchObject({ status: 200 })
    await expect(ask(`https://${place}/api/v1/health`)).rejects.toThrow(/unable to verify|self-signed|unable to get/)
  })

  test('SEC-10: gives the session cookie to encrypted lines only, and asks no browser to remember https', async () => {
    const token = (await issueSetUpLink(world.context))!
    const who = { token, username: 'admin', displayName: '管理员', countyName: '测试县', password: 'correct horse battery staple' }
    const accepted = await secure('/api/v1/invitations/accept', { method: 'POST', body: who })
    const { totpSecret } = JSON.parse(String(accepted.body)) as { totpSecret: string }
    const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: world.now.value.getTime() })
    const confirmed = await secure('/api/v1/invitations/confirm', { method: 'POST', body: { token, totp } })
    expect(confirmed.headers['set-cookie']).toEqual([expect.stringMatching(/^tongxing_session=.*HttpOnly; Secure; SameSite=Strict/)])
    expect(confirmed.headers).not.toHaveProperty('strict-transport-security')
    const cookie = String(confirmed.headers['set-cookie']).split(';')[0]!
    expect(await secure('/api/v1/me', { headers: { cookie } })).toMatchObject({ status: 200 })
  })

  test('SEC-10: a page that came over plain http is another site, also under the same name', async () => {
    const from = (origin: string) =>
      secure('/api/v1/invitations/inspect', { method: 'POST', body: { token: 'x'.repeat(43) }, headers: { origin } })
    const codeOf = ({ body }: Heard) => (JSON.parse(String(body)) as { code: string }).code
    expect(codeOf(await from(`http://${place}`))).toBe('request.foreign-origin')
    expect(codeOf(await from(`https://${place}`))).not.toBe('request.foreign-origin')
  })

  test('sends a plain caller to the same address with https, for this time only', async () => {
    const heard = await plain('/p/?s=ABCDE')
    expect(heard).toMatchObject({ status: 307, headers: { location: `https://${place}/p/?s=ABCDE`, 'cache-control': 'no-store' } })
    expect(await plain('/', { headers: { host: 'a b<script>' } })).toMatchObject({ status: 426 })
  })

  test('lets nothing that a plain caller sends reach the application', async () => {
    const heard = await plain('/api/v1/sign-in', { method: 'POST', body: { username: 'admin', password: 'x', totp: '000000' } })
    expect(heard.status).toBe(426)
    expect(String(heard.body)).toContain(`This server speaks https alone. https://${place}`)
    expect(await plain('/api/v1/health')).toMatchObject({ status: 307 })
    expect(await world.app.inject({ url: '/api/v1/health' })).toMatchObject({ statusCode: 426 }) // by a door of its own
  })

  test('shows the guide and the authority’s certificate to both kinds of callers, in both languages, and no key', async () => {
    const { raw, fingerprint256 } = new X509Certificate(identity.authority)
    for (const get of [secure, plain]) {
      const certificate = await get('/trust/tongxing-ca.crt')
      expect(certificate).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-x509-ca-cert' }, body: raw })
      const english = String((await get('/trust', { headers: { 'accept-language': 'en' } })).body)
      const chinese = String((await get('/trust?print')).body)
      expect(english).toContain('Let this device trust the school’s Tongxing server')
      expect(chinese).toContain('让这台设备信任学校的童行服务器')
      expect(String((await get('/trust/en')).body)).toBe(english)
      expect(String((await get('/trust/zh-CN')).body)).toBe(chinese)
      for (const page of [english, chinese]) {
        expect(page.replace(/<[^>]+>/g, '').replace(/[^0-9A-F:]+/g, ':')).toContain(fingerprint256)
        expect(page).not.toMatch(/<script|<style|\sstyle=|(src|href)="(https?:)?\/\//) // what the policy forbids
      }
      expect(await get('/trust/guide.css')).toMatchObject({ status: 200, headers: { 'content-type': 'text/css; charset=utf-8' } })
      const everything = [english, chinese, String((await get('/trust/server.pem')).body), String((await get('/trust/ca.pem')).body)].join()
      for (const key of keys) expect(everything).not.toContain(key.split('\n')[1])
    }
    expect((await secure('/trust/ca.pem')).status).toBe(404)
  })

  test('drops callers that say nothing or nonsense, and goes on', async () => {
    const port = Number(place.split(':')[1])
    const nonsense = connect(port, '127.0.0.1').on('error', () => {})
    nonsense.resume().write(Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]))
    await once(nonsense, 'close')
    const gone = connect(port, '127.0.0.1')
    await once(gone, 'connect')
    gone.destroy()
    expect(await secure('/api/v1/health')).toMatchObject({ status: 200 })
  })
})

test.each([
  ['a silent caller', []],
  ['half a greeting', [0x16, 3, 1, 2, 0]],
  ['half a plain request', [...Buffer.from('GET / HTTP/1.1\r\n')]],
])('%s does not keep a server with a certificate from stopping', { timeout: 50_000 }, async (_, bytes) => {
  const world = await buildWorld({ tls: identityIn(temporaryFolder()), settled: false })
  await world.app.listen({ host: '127.0.0.1', port: 0 })
  const caller = connect((world.app.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  await Promise.all([once(caller, 'connect'), once(world.app.server, 'connection')])
  caller.write(Buffer.from(bytes))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const cut = once(caller.resume(), 'close')
  await world.close()
  await cut
})

test('a plain caller who says a little at a time is cut when the patience ends', async () => {
  const app = Fastify()
  speakTls(app, identityIn(temporaryFolder()), 300)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const caller = connect((app.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  caller.resume().write('GET / HTTP/1.1\r\nSlow: ')
  const drip = setInterval(() => caller.write('x'), 50)
  await new Promise((resolve) => caller.once('close', resolve)) // a reset is an end as well
  clearInterval(drip)
  await app.close()
})

test('a server without a certificate knows no /trust', async () => {
  const world = await buildWorld({ settled: false })
  expect((await world.app.inject({ url: '/trust' })).statusCode).toBe(404)
  await world.close()
})

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
const command = (folder: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [cli, ...args], { env: { ...process.env, TONGXING_DATA: folder } }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
  )

test('npm run server -- tls, then npm start: https under every address that it prints, and plain http again with TONGXING_TLS=off', async () => {
  const folder = temporaryFolder()
  expect(await failedStart({ TONGXING_DATA: folder, TONGXING_TLS: 'on' })).toMatchObject({
    code: 1,
    said: expect.stringContaining('npm run server -- tls'),
  })
  const made = await command(folder, 'tls', '--days', '20')
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining('From the next npm start on the server speaks https.') })
  const server = await startServer({ TONGXING_DATA: folder })
  expect(server.address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(server.said()).toContain(`${server.address}/set-up#${server.setUpToken}`)
  expect(server.said()).toContain(`each device trusts this server's certificate once: ${server.address.replace('https:', 'http:')}/trust`)
  expect(server.said()).toMatch(/the certificate ends on .*: stop the server, run npm run server -- tls, start again/)
  const der = readFileSync(join(folder, 'tls', 'tongxing-ca.crt'))
  expect(await ask(`${server.address}/api/v1/health`, { ca: new X509Certificate(der).toString() })).toMatchObject({ status: 200 })
  expect(await command(folder, 'tls')).toMatchObject({ code: 1, said: expect.stringContaining('is in use by another Tongxing') })
  await stopped(server.child)
  const plain = await startServer({ TONGXING_DATA: folder, TONGXING_TLS: 'off' })
  expect(await ask(`${plain.address}/api/v1/health`)).toMatchObject({ status: 200 })
  expect(plain.address).toMatch(/^http:/)
})

test.each([
  [['--help'], 0, 'npm run server -- <command>'],
  [[], 1, 'which command? tls and kit are there'],
  [['tsl'], 1, 'which command?'],
  [['tls', '--days', '900'], 1, '--days is a whole number from 1 to 397'],
  [['tls', '--name', 'cn'], 1, 'could be a top-level domain'],
  [['tls', '--nmae', 'a.example'], 1, "Unknown option '--nmae'"],
])('npm run server -- %s ends with %i and says: %s', async (args, code, sentence) => {
  const { said, code: ended } = await command(temporaryFolder(), ...args)
  expect({ said, ended }).toEqual({ said: expect.stringContaining(sentence), ended: code })
  expect(said).not.toContain('    at ')
})

// A device that trusts the school's own certificate: a secure context, so the pupil's page opens again without a network. Chromium is told
// to accept this one key; any other it refuses.
import { createHash, type X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDataFolder } from '../packages/server/src/data-folder.ts'
import { renew } from '../packages/server/src/tls/renew.ts'
import { type ServerProcess, startServer } from '../scripts/demo/server-process.ts'
import { hasBrowser, openBrowser, overflow, picture, visit } from './browser/browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongxing-tls-'))
let server: ServerProcess
let trusting: Browser

const keyHash = (certificate: X509Certificate) =>
  createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')

describe.runIf(hasBrowser)('a server with a certificate, in a browser', () => {
  beforeAll(async () => {
    const place = openDataFolder(folder)
    const made = renew(place.path, { names: [], days: 30, newAuthority: false }, { hostname: 'laptop-1', interfaces: {} }, new Date())
    await place.close()
    trusting = await openBrowser([`--ignore-certificate-errors-spki-list=${keyHash(made.server)}`])
    server = await startServer(folder, { ...process.env, TONGXING_DEMO: '0' })
  }, 180_000)
  afterAll(async () => {
    await trusting?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('REL-07: the pupil’s page, asked for with http, arrives with https and opens again without a network', async () => {
    const { page, context, faults } = await visit(trusting, server.address, 'phone')
    context.setDefaultTimeout(30_000)
    await page.goto(`${server.address}/p/`.replace('https:', 'http:'))
    expect(page.url()).toBe(`${server.address}/p/`)
    expect(await page.evaluate('isSecureContext')).toBe(true)
    await page.evaluate(`new Promise(async (resolve) => {
      await navigator.serviceWorker.ready
      while (!(await caches.match('/p/'))) await new Promise((again) => setTimeout(again, 50))
      resolve(null)
    })`)
    const heading = await page.locator('h1').textContent()
    await context.setOffline(true)
    await page.reload()
    expect(await page.locator('h1').textContent()).toBe(heading)
    expect(faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|asked another host: http:/.test(fault))).toEqual([])
  }, 120_000)

  test('a browser that does not trust it stops before anything is shown', async () => {
    const browser = await openBrowser()
    const { page } = await visit(browser, server.address, 'desk')
    await expect(page.goto(`${server.address}/p/`)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
    await browser.close()
  }, 60_000)

  test.each([
    ['zh-CN', 'desk'],
    ['en', 'phone'],
  ] as const)(
    'the guide in %s fits a %s, keeps to the policy, and prints on one sheet',
    async (language, screen) => {
      const visitor = await visit(trusting, server.address, screen, language)
      await visitor.page.goto(`${server.address}/trust`)
      expect(await visitor.page.locator('html').getAttribute('lang')).toBe(language)
      expect(await overflow(visitor)).toBe(0)
      await picture(visitor, `trust-${language}`, true)
      const printed = (await visitor.page.pdf({ preferCSSPageSize: true })).toString('latin1')
      expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
      expect(visitor.faults).toEqual([])
    },
    60_000,
  )
})

// What the pupil's page keeps of itself where there is a service worker, on a network that lies: a log-in wall, a broken server, a new build.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasBrowser, openBrowser, type Visitor, visit } from './browser/browser.ts'

const dist = fileURLToPath(new URL('../packages/web/dist', import.meta.url))
const kinds: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', html: 'text/html; charset=utf-8' }
const walls = {
  portal: { status: 200, body: '<!doctype html><title>Wi-Fi</title><form action="/login"><input name="user"></form>' },
  broken: { status: 502, body: '<!doctype html><title>502</title><h1>Bad gateway</h1>' },
} as const

/** The built pages, behind a network that can be told what to say of them. */
let network: 'clear' | 'silent' | keyof typeof walls = 'clear'
const school = createServer((request, response) => {
  const path = new URL(request.url ?? '', 'http://school').pathname
  if (network === 'silent') return
  if (network !== 'clear') return void response.writeHead(walls[network].status, { 'content-type': 'text/html' }).end(walls[network].body)
  if (path.startsWith('/api/')) return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"demo":true}')
  const file = path.endsWith('/') ? `${path}index.html` : path
  response.writeHead(200, { 'content-type': kinds[file.split('.').pop() ?? ''] ?? 'text/plain' }).end(readFileSync(dist + file))
})

let browser: Browser
let pupil: Visitor

const kept = () =>
  pupil.page.evaluate<string[]>(
    "caches.open('tongxing-pupil').then((c) => c.keys()).then((all) => all.map((one) => new URL(one.url).pathname).sort())",
  )
const isOpen = () => pupil.page.getByRole('heading', { name: '请输入你的座位码' }).waitFor()

describe.runIf(hasBrowser)('the page that a device keeps', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    await new Promise<void>((ready) => school.listen(0, '127.0.0.1', ready))
  })
  beforeEach(async () => {
    network = 'clear'
    pupil = await visit(browser, `http://127.0.0.1:${(school.address() as AddressInfo).port}`, 'phone')
    await pupil.page.goto('/p/')
    await isOpen()
    await expect.poll(kept, { timeout: 8000 }).toContain('/p/')
    await pupil.page.evaluate('navigator.serviceWorker.ready.then(() => null)')
  })
  afterAll(async () => {
    await browser?.close()
    school.closeAllConnections()
    school.close()
  })

  test('REL-07: is what opens behind a log-in wall, behind a broken server, and on a line that gives no answer', async () => {
    const before = await kept()
    for (const wall of ['portal', 'broken', 'silent'] as const) {
      network = wall
      await pupil.page.reload()
      await isOpen()
      expect(await kept()).toEqual(before)
    }
  })

  test('REL-07: is whole: the page with its script, what seals the answers in it, and its style', async () => {
    expect((await kept()).map((path) => path.replace(/-[\w-]{8}\./, '.')).sort()).toEqual(['/assets/pupil.css', '/assets/pupil.js', '/p/'])
  })

  test('loses the files of an older build once the new one is whole', async () => {
    await pupil.page.evaluate("caches.open('tongxing-pupil').then((c) => c.put('/assets/pupil-older000.js', new Response('old')))")
    expect(await kept()).toContain('/assets/pupil-older000.js')
    await pupil.page.reload()
    await expect.poll(kept).not.toContain('/assets/pupil-older000.js')
    expect(await kept()).toHaveLength(3)
  })
})

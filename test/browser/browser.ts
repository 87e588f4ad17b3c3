// A real Chromium, and visitors to one server: each has a browser of her own, and anything a page does wrong is kept against it.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const executablePath = process.env.CHROMIUM_PATH || undefined
/** Set by `npm test`, which says how to get a browser when there is none. */
export const hasBrowser = executablePath !== undefined

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export const openBrowser = (more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath!, args: [...quiet, ...sandbox, ...more] })

const screens = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const
export type Screen = keyof typeof screens

export type Visitor = { readonly page: Page; readonly context: BrowserContext; readonly faults: readonly string[] }

/** A fresh browser profile. Requests to another host, errors in the console and uncaught errors become its faults. */
export const visit = async (browser: Browser, address: string, screen: Screen, language = 'zh-CN'): Promise<Visitor> => {
  const context = await browser.newContext({ baseURL: address, viewport: screens[screen], locale: language, hasTouch: screen === 'phone' })
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (!['data:', 'blob:', 'about:'].includes(protocol) && origin !== new URL(address).origin)
      faults.push(`asked another host: ${request.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`))
  return { page, context, faults }
}

const folder = process.env.TONGXING_SCREENSHOTS || fileURLToPath(new URL('../../test-results/screens/', import.meta.url))

/** Keeps what the page looks like now, for a person to look at; three of these pictures stand in the README. */
export const picture = async ({ page }: Visitor, name: string, fullPage = false) => {
  mkdirSync(folder, { recursive: true })
  await page.evaluate('document.fonts.ready.then(() => null)')
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: 'disabled' })
}

/** How far the page is wider than its window, in CSS pixels: nothing may be cut off sideways. */
export const overflow = ({ page }: Visitor): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

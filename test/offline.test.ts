// Where the browser allows it (TLS, or the server's own computer) the pupil's page opens again without a network, at the question where she was.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openForTrying } from '../scripts/demo/try-out.ts'
import { hasBrowser, openBrowser, visit } from './browser/browser.ts'
import { type County, openCounty } from './browser/county.ts'
import { answerAll, handIn, settleDown, touch } from './browser/pupil.ts'

const riskQuestion = 9 // of the demonstration's battery

let county: County
let links: readonly string[]
let browser: Browser

describe.runIf(hasBrowser)('a page that is reloaded without a network', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    county = await openCounty()
    links = await openForTrying(county.address, county.outcome)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await county?.stop()
  })

  test('REL-07: opens again, goes on where the pupil was, takes the rest, and hands in when the network is back', async () => {
    const pupil = await visit(browser, county.address, 'phone')
    const { page, context } = pupil
    context.setDefaultTimeout(30_000)
    await page.goto(links[0]!)
    await settleDown(pupil, 'zh-CN')
    await answerAll(pupil, 'zh-CN', touch(1), 4)
    await page.evaluate(`new Promise(async (resolve) => {
      await navigator.serviceWorker.ready
      while (!(await caches.match('/p/'))) await new Promise((again) => setTimeout(again, 50))
      resolve(null)
    })`)
    await context.setOffline(true)
    await page.reload()
    await page.getByText('第 5 题').waitFor()
    await answerAll(pupil, 'zh-CN', touch(0))
    await handIn(pupil, 'zh-CN')
    await page.locator('.delivery.waiting').waitFor()
    await context.setOffline(false)
    await page.locator('.delivery.received').waitFor()
    expect(pupil.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault))).toEqual([])
  }, 240_000)

  test('SAF-12: a risk answer given without a network by a pupil who never comes back is heard when the page is next opened', async () => {
    const pupil = await visit(browser, county.address, 'phone')
    pupil.context.setDefaultTimeout(30_000)
    await pupil.page.goto(links[1]!)
    await settleDown(pupil, 'zh-CN')
    await answerAll(pupil, 'zh-CN', touch(0), riskQuestion - 1)
    await pupil.context.setOffline(true)
    const flags = () => county.rows("select value from screening.flag where submission_id is null and kind = 'item'")
    const before = await flags()
    await answerAll(pupil, 'zh-CN', touch(3), 1)
    await pupil.page.goto('about:blank') // her page is gone before the network is back
    await pupil.page.close()
    expect(await flags()).toEqual(before)
    await pupil.context.setOffline(false)
    const page = await pupil.context.newPage()
    await page.goto('/p/') // the next pupil comes to the door; nobody signs in
    await page.getByText('请输入你的座位码').waitFor()
    await expect.poll(flags, { timeout: 10_000 }).toEqual([...before, { value: '3' }])
    expect(await page.locator('.on-device').textContent()).toBe('')
  }, 240_000)
})

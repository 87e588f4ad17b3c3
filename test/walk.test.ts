// A day in a county, in a real browser on the real server: a proctor seats a class, pupils answer, the counsellor decides, the researcher reads.
// The tests are the hours of that day and follow each other.
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addClass } from '../scripts/demo/try-out.ts'
import { hasBrowser, openBrowser, overflow, picture, type Screen, type Visitor, visit } from './browser/browser.ts'
import { type County, openWalkedCounty } from './browser/county.ts'
import { answerAll, handIn, helpText, press, settleDown, touch, words } from './browser/pupil.ts'

let county: County
let browser: Browser
const visitors: Visitor[] = []
const thoughtsOfDeath = 9 // the question of the battery that is item 9 of the PHQ-9, which comes first

const arrive = async (screen: Screen, language?: string): Promise<Visitor> => {
  const visitor = await visit(browser, county.address, screen, language)
  visitors.push(visitor)
  return visitor
}

const people = new Map<string, Promise<Visitor>>()
/** Each link works once, so a person keeps her browser for the whole day. */
const person = (name: string): Promise<Visitor> => {
  const arriving = async () => {
    const visitor = await arrive('desk')
    await visitor.page.goto(county.outcome.links.find(({ displayName }) => displayName.includes(name))!.url)
    await visitor.page.getByRole('navigation', { name: '主导航' }).waitFor()
    return visitor
  }
  const here = people.get(name) ?? arriving()
  people.set(name, here)
  return here
}

const textOf = async (place: Locator) => ((await place.textContent()) ?? '').trim()

type Card = { readonly locator: string; readonly code: string }
const cards: Card[] = []
const helpTexts: string[] = []
let className = ''

describe.runIf(hasBrowser)('a day in the county', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    county = await openWalkedCounty()
    const { administrator, schools } = county.outcome
    className = (await addClass(administrator, schools[0]!.id, 3)).name
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await county?.stop()
  })

  test('the proctor plans a session, sees its codes once, and opens it', async () => {
    const proctor = await person('主试')
    const { page } = proctor
    await page.getByRole('navigation').getByRole('link', { name: '班级' }).click()
    await page.getByRole('link', { name: className }).click()
    await page.getByRole('button', { name: '新建测评场次' }).click()
    await page.getByRole('button', { name: '建立场次并生成座位码' }).click()
    const rows = page.getByRole('region', { name: '座位码' }).getByRole('row')
    await rows.nth(3).waitFor()
    await picture(proctor, 'seat-codes')
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 794, height: 560 }) // A4, as wide as it is
    await picture(proctor, 'seat-cards', true)
    expect(await page.locator('.seat-card').filter({ hasText: '演示数据' }).count()).toBe(3) // each is cut from the page that says so
    await page.emulateMedia({ media: null })
    await page.setViewportSize({ width: 1366, height: 768 })
    const locator = await textOf(page.locator('.locator').first())
    for (const row of [1, 2, 3]) cards.push({ locator, code: await textOf(rows.nth(row).locator('.code')) })
    await page.getByText('今天的负责人：林老师（演示）').waitFor()
    await page.getByRole('button', { name: '开始测评' }).click()
    await page.getByText('进行中').first().waitFor()
    await page.getByRole('button', { name: '展开座位码' }).waitFor() // names and codes do not stand on the running board
    expect(await page.locator('.code-table').count()).toBe(0)
    expect(new Set(cards.map((card) => card.code)).size).toBe(3)
  })

  test('the counsellor has her queue open before anybody answers', async () => {
    const { page } = await person('林老师')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '个案' }).click()
    await page.getByRole('link', { name: /^查看/ }).first().waitFor()
    expect(await page.getByRole('link', { name: new RegExp(`查看 ${className}`) }).count()).toBe(0)
  })

  test('a pupil on a phone types her code, hints at thoughts of death, skips one question and hands in', async () => {
    const pupil = await arrive('phone')
    const { page } = pupil
    await page.goto('/p/')
    await page.getByLabel('场次号').fill(cards[0]!.locator.toLowerCase())
    await page.getByLabel('座位码').fill(cards[0]!.code.toLowerCase())
    await page.getByRole('button', { name: words['zh-CN'].enter, exact: true }).click()
    await settleDown(pupil, 'zh-CN')
    const answered = await answerAll(pupil, 'zh-CN', async (question, here) => {
      if (question === 2) await picture(here, 'pupil-question')
      if (question === 12) await page.getByRole('button', { name: words['zh-CN'].skip }).click()
      else await touch(question === thoughtsOfDeath ? 2 : 0)(question, here)
    })
    expect(answered).toBe(32)
    await page.getByText('你跳过了 1 道题').waitFor()
    expect(await overflow(pupil)).toBe(0)
    await handIn(pupil, 'zh-CN')
    await page.getByText('你的回答已经交上').waitFor()
    await picture(pupil, 'pupil-help', true)
    helpTexts.push(await helpText(pupil))
  })

  test('SAF-03: the flag comes into the open queue by itself, within seconds of the receipt', async () => {
    const { page } = await person('林老师')
    await page
      .getByRole('link', { name: new RegExp(`查看 ${className}`) })
      .first()
      .waitFor({ timeout: 8000 })
  })

  test('a pupil at a desk comes by her card’s link and answers by keyboard alone', async () => {
    const pupil = await arrive('desk')
    const { page } = pupil
    await page.goto(`/p/#${cards[1]!.locator}.${cards[1]!.code.replace(' ', '')}`)
    await settleDown(pupil, 'zh-CN')
    expect(page.url()).not.toContain(cards[1]!.locator)
    expect(await answerAll(pupil, 'zh-CN', press(0))).toBe(32)
    await handIn(pupil, 'zh-CN')
    await page.getByText('你的回答已经交上').waitFor()
    helpTexts.push(await helpText(pupil))
    await page.getByRole('button', { name: '完成，换下一位同学' }).click()
    await page.getByRole('heading', { name: '请输入你的座位码' }).waitFor()
  })

  test('a pupil who reads English stops after three questions', async () => {
    const pupil = await arrive('phone', 'en')
    const { page } = pupil
    await page.goto(`/p/#${cards[2]!.locator}.${cards[2]!.code.replace(' ', '')}`)
    await settleDown(pupil, 'en')
    await page.getByRole('button', { name: words.en.part }).click()
    for (const question of [1, 2, 3]) {
      await page.getByText(`Question ${question} of 32`).first().waitFor()
      await touch(1)(question, pupil)
    }
    await page.getByText('Question 4 of 32').first().waitFor()
    await page.getByRole('button', { name: 'I want to stop' }).click()
    await page.getByRole('button', { name: 'Stop here' }).click()
    await page.getByText('Your answers have been handed in').waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: words['zh-CN'].thanks }).waitFor()
    helpTexts.push(await helpText(pupil))
  })

  test('SAF-11: every pupil ends on the same page, whatever she answered', () => {
    expect(helpTexts).toHaveLength(3)
    expect(new Set(helpTexts).size).toBe(1)
    for (const number of ['12356', '12355', '110', '120', '心理辅导室']) expect(helpTexts[0]).toContain(number)
  })

  test('the proctor’s board counts them in by itself', async () => {
    const { page } = await person('主试')
    await page.getByRole('button', { name: '已打印，收起座位码' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '已打印，收起座位码' }).click()
    const board = page.locator('.seats')
    await expect.poll(() => board.getByText('已提交').count(), { timeout: 10_000 }).toBe(2)
    await expect.poll(() => board.getByText('中途停止').count(), { timeout: 10_000 }).toBe(1)
    await picture(await person('主试'), 'session-board')
  })

  test('the counsellor finds the pupil among the most urgent, reads why, and confirms with a reason', async () => {
    const counsellor = await person('林老师')
    const { page } = counsellor
    await page
      .getByRole('link', { name: new RegExp(`查看 ${className}`) })
      .first()
      .waitFor()
    await picture(counsellor, 'case-queue')
    await page
      .getByRole('link', { name: new RegExp(`查看 ${className}`) })
      .first()
      .click()
    const flag = page.locator('.flag').filter({ hasText: '第9题' }).first()
    await flag.waitFor()
    await picture(counsellor, 'case')
    await flag.getByRole('radio', { name: '确认：需要跟进' }).check()
    await flag.getByLabel('理由').fill('已与学生面谈，安排第二次面谈并联系监护人')
    await flag.getByRole('button', { name: '记录决定' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '记录决定' }).click()
    await page.getByText('已确认').first().waitFor()
    expect(await page.title()).toBe('个案 · 童行') // SAF-16: no name and no flag in a title
  })

  test('the researcher exports a dataset and reads the report of its effect', async () => {
    const researcher = await person('研究员')
    const { page } = researcher
    await page.getByRole('navigation').getByRole('link', { name: '研究' }).click()
    await page.getByRole('link', { name: /演示研究/ }).click()
    await page.getByRole('button', { name: '导出去标识数据集' }).click()
    await expect.poll(() => page.locator('.dataset').count(), { timeout: 10_000 }).toBe(2)
    await picture(researcher, 'study', true)
    await page.locator('.dataset').first().getByRole('button', { name: '生成报告' }).click()
    const report = page.frameLocator('iframe')
    await report.getByText('95%').first().waitFor()
    expect(await report.locator('body').textContent()).toContain('演示数据')
    await picture(researcher, 'report')
  })

  test('on a phone no page of the staff is wider than the screen', async () => {
    const pages = { 主试: ['/', '/classes'], 林老师: ['/', '/cases'], 研究员: ['/', '/studies', '/instruments'] }
    for (const [name, paths] of Object.entries(pages)) {
      const visitor = await person(name)
      await visitor.page.setViewportSize({ width: 390, height: 844 })
      for (const path of paths) {
        await visitor.page.goto(path)
        await visitor.page.getByRole('heading', { level: 1 }).waitFor()
        await visitor.page.waitForLoadState('networkidle')
        expect({ name, path, overflow: await overflow(visitor) }).toEqual({ name, path, overflow: 0 })
        await picture(visitor, `phone-${name}-${path.slice(1) || 'home'}`, true)
      }
    }
  })

  test('every page says that its data are a demonstration', async () => {
    for (const visitor of visitors) expect(await visitor.page.getByText('演示数据').count()).toBeGreaterThan(0)
  })

  test('SEC-10: no page asked another host, broke the content security policy or had an error', () => {
    expect(visitors.flatMap((visitor) => visitor.faults)).toEqual([])
  })
})

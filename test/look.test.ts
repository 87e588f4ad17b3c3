// The pages as people with other eyes, hands and voices meet them: axe-core over every page, the keyboard alone, large text, reading aloud.
import { loadLibrary } from '@tongxing/instruments/library'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../scripts/demo/duty.ts'
import { addClass } from '../scripts/demo/try-out.ts'
import { violations } from './browser/axe.ts'
import { hasBrowser, openBrowser, overflow, picture, type Screen, type Visitor, visit } from './browser/browser.ts'
import { type County, openWalkedCounty } from './browser/county.ts'
import { handIn, settleDown, touch, words } from './browser/pupil.ts'

let county: County
let browser: Browser
let cards: string[] = []
let asking: string[] = []
let pupil: Visitor

type Made = { readonly id: string }
type Session = { readonly id: string; readonly locator: string; readonly codes: readonly { readonly code: string }[] }

/** A class that is asked two instruments: four items of the first on a page, and of the second one at a time. */
const openClass = async ({ administrator, cast, schools }: County['outcome'], school: number, secondFactor: 'none' | 'birth-day') => {
  const schoolId = schools[school]!.id
  const { id: classId } = await addClass(administrator, schoolId, 6)
  const version = (id: string) => library.list().find(({ definition }) => definition.id === id)!.definition.version
  const instruments = [
    { instrument: 'phq-9', version: version('phq-9'), itemsPerPage: 4 },
    { instrument: 'gad-7', version: version('gad-7') },
  ]
  const wish = { title: '一页几题', wave: '一次', language: 'zh-CN', instruments, schoolIds: [schoolId] }
  const { id: studyId } = await administrator.post<Made>('/screenings', wish)
  const session = await cast.proctor.browser.post<Session>('/sessions', { classId, studyId, wave: 'screening', secondFactor })
  await openSession(cast.proctor.browser, session.id)
  return session.codes.map(({ code }) => `/p/#${session.locator}.${code}`)
}
const library = await loadLibrary()

const button = (name: string | RegExp) => pupil.page.getByRole('button', { name, exact: true })
const sit = async (screen: Screen, voices: readonly object[] = []) => {
  pupil = await visit(browser, county.address, screen)
  await pupil.context.addInitScript(`
    speechSynthesis.getVoices = () => ${JSON.stringify(voices)}
    window.said = []
    speechSynthesis.speak = (one) => window.said.push(one.text)
    window.SpeechSynthesisUtterance = function (text) { this.text = text }`)
  await pupil.page.goto(cards.pop()!)
  await settleDown(pupil, 'zh-CN')
  await button(words['zh-CN'].part).click()
  await pupil.page.getByText('第 1–4 题，共 16 题').waitFor()
  await pupil.page.locator('[role=radio]:enabled').first().waitFor()
}
const groups = () => pupil.page.getByRole('radiogroup')
const chosen = () => pupil.page.getByRole('radio', { checked: true }).count()

describe.runIf(hasBrowser)('the look of the pages', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    county = await openWalkedCounty()
    cards = await openClass(county.outcome, 0, 'none')
    asking = await openClass(county.outcome, 1, 'birth-day')
  }, 240_000)
  afterEach(() => {
    expect(pupil.faults.filter((fault) => !/status of 401/.test(fault))).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await county?.stop()
  })

  test('a page of items is answered by keyboard alone: a number key chooses and goes to the next question, then to what leads on', async () => {
    await sit('desk')
    const { page } = pupil
    for (const key of ['1', '2']) await page.keyboard.press(key)
    await page.keyboard.press('ArrowRight') // walks, chooses nothing
    expect(await chosen()).toBe(2)
    await page.keyboard.press('Enter')
    await page.getByText('还没有答：第 4 题').waitFor()
    await picture(pupil, 'pupil-page-of-items')
    await page.keyboard.press('Tab')
    await page.keyboard.press('3')
    await expect.poll(() => page.evaluate<string>('document.activeElement.textContent')).toBe('下一页')
    await page.keyboard.press('4') // on the button a number key means nothing
    expect(await groups().first().getByRole('radio', { checked: true }).textContent()).toContain('完全不会')
    await page.keyboard.press('Enter')
    await page.getByText('第 5–8 题，共 16 题').waitFor()
  })

  test('what is open on a page is said in words, and may be skipped and looked at again', async () => {
    await sit('phone')
    const { page } = pupil
    await page.getByText('还没有答：第 1、2、3、4 题').waitFor()
    await groups().nth(1).getByRole('radio').first().click()
    await page.getByText('还没有答：第 1、3、4 题').waitFor()
    expect(await overflow(pupil)).toBe(0)
    await picture(pupil, 'pupil-page-of-items-phone', true)
    await button('跳过没答的 3 题').click()
    await button('跳过没答的 4 题').click()
    await touch(0)(9, pupil) // the last of the nine stands alone
    await button(words['zh-CN'].part).click()
    for (let question = 10; question <= 16; question += 1) {
      await page.getByText(`第 ${question} 题，共 16 题`).waitFor()
      await touch(0)(question, pupil)
    }
    await page.getByText('你跳过了 7 道题').waitFor()
    await button('回到跳过的题').click()
    await page.getByText('这题之前跳过了').first().waitFor()
    for (const group of [0, 2, 3]) await groups().nth(group).getByRole('radio').nth(1).click()
    await button('下一页').click()
    await button('跳过没答的 4 题').click()
    await page.getByText('你跳过了 4 道题').waitFor()
    await handIn(pupil, 'zh-CN')
    await page.getByText('你的回答已经交上').waitFor()
  })

  test('large text and high contrast hold through a reload, and the next pupil begins without them', async () => {
    await sit('phone')
    const { page } = pupil
    const look = () => page.evaluate<string>('document.documentElement.className.trim()')
    await button('显示').click()
    await button('特大').click()
    await button('高对比度').click()
    expect(await look()).toBe('largest contrast')
    expect(await overflow(pupil)).toBe(0)
    expect(await violations(pupil)).toEqual([])
    await picture(pupil, 'pupil-display')
    await page.reload()
    await page.getByText('第 1–4 题').waitFor()
    expect(await look()).toBe('largest contrast')
    await button('我想停下来').click()
    await button('停下来').click()
    await button('完成，换下一位同学').click()
    await page.getByRole('heading', { name: '请输入你的座位码' }).waitFor()
    await expect.poll(look).toBe('standard')
  })

  test('SEC-10: a question is read aloud by a voice of the device itself; a voice from elsewhere is not offered', async () => {
    const far = { name: 'far', lang: 'zh-CN', localService: false }
    const cantonese = { name: 'cantonese', lang: 'zh-HK', localService: true }
    await sit('desk', [far, cantonese])
    await groups().first().waitFor()
    expect(await button('朗读').count()).toBe(0)
    await sit('desk', [far, cantonese, { name: 'near', lang: 'zh_CN', localService: true }])
    const { page } = pupil
    await button('朗读').nth(1).click()
    const said = await page.evaluate<string[]>('window.said')
    expect(said).toHaveLength(6)
    expect(said[1]).toBe((await page.getByRole('heading', { level: 2 }).nth(1).textContent())?.replace('2. ', ''))
    await button('停止朗读').click()
    expect(await button('朗读').count()).toBe(4)
  })

  test('axe-core finds nothing on any page of the pupil’s', async () => {
    const walk = async (screen: Screen) => {
      pupil = await visit(browser, county.address, screen)
      const found: Record<string, readonly string[]> = {}
      const look = async (page: string) => {
        found[page] = await violations(pupil)
      }
      const { page } = pupil
      await page.goto('/p/')
      await page.getByRole('heading', { name: '请输入你的座位码' }).waitFor()
      await look('door')
      await button('显示').click()
      await look('door with its display')
      await button('需要帮助').click()
      await look('help page')
      await page.goto(asking.pop()!)
      await page.getByLabel('再确认一下').fill('0510')
      await page.keyboard.press('Enter')
      await page.getByText('和名册上的不一样').waitFor()
      await look('door that asks for a birthday')
      await page.getByLabel('再确认一下').fill('5月9日')
      await page.keyboard.press('Enter')
      await button(words['zh-CN'].yes).waitFor()
      await look('confirmation')
      await button(words['zh-CN'].yes).click()
      await look('introduction')
      await button(words['zh-CN'].begin).click()
      await look('part')
      await button(words['zh-CN'].part).click()
      await page.locator('[role=radio]:enabled').first().waitFor()
      await groups().first().getByRole('radio').first().click()
      await look('page of items')
      await button('跳过没答的 3 题').click()
      await button('跳过没答的 4 题').click()
      await page.getByText('第 9 题，共 16 题').waitFor()
      await page.locator('[role=radio]:enabled').first().waitFor()
      await look('question')
      await button('我想停下来').click()
      await page.getByRole('alertdialog').waitFor()
      await look('way out')
      await button('停下来').click()
      await page.getByText('你的回答已经交上').waitFor()
      await look('end')
      await page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
      expect(await violations(pupil)).toHaveLength(1) // it does find what is wrong
      return found
    }
    const found = await walk('phone')
    expect(Object.keys(found)).toHaveLength(11)
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([])
  })

  test('axe-core finds nothing on the main pages of the staff', async () => {
    const found: (readonly [string, readonly string[]])[] = []
    for (const { displayName, url } of county.outcome.links) {
      pupil = await visit(browser, county.address, 'desk')
      const { page } = pupil
      await page.goto(url)
      const doors = page.getByRole('navigation', { name: '主导航' }).getByRole('link')
      await doors.first().waitFor()
      const hrefs = await Promise.all((await doors.all()).map((door) => door.getAttribute('href')))
      for (const href of hrefs) {
        await page.goto(href!)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        found.push([`${displayName} ${href}`, await violations(pupil)])
        const inner = page.locator('main a[href]:visible').first()
        if (href === '/' || (await inner.count()) === 0) continue
        await inner.click()
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForTimeout(500)
        found.push([`${displayName} ${new URL(page.url()).pathname}`, await violations(pupil)])
      }
    }
    expect(found.length).toBeGreaterThan(15)
    expect(found.filter(([, faults]) => faults.length > 0)).toEqual([])
  }, 240_000)
})

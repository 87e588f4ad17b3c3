// A class's paper sheets in a real browser on the real server: keyed by one person, again by another, decided by a third. The pictures are for the manual.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../scripts/demo/duty.ts'
import { readProtocol } from '../scripts/demo/protocol.ts'
import { type ServerProcess, startServer } from '../scripts/demo/server-process.ts'
import { type Person, signInLinks } from '../scripts/demo/staff.ts'
import { addClass } from '../scripts/demo/try-out.ts'
import { buildCounty } from '../scripts/demo/walk.ts'
import { hasBrowser, openBrowser, overflow, picture, type Screen, type Visitor, visit } from './browser/browser.ts'

type Session = {
  readonly id: string
  readonly locator: string
  readonly battery: readonly { readonly instrument: string; readonly version: string }[]
}
type Asked = {
  readonly definition: {
    readonly items: readonly { readonly options: string }[]
    readonly optionSets: Readonly<Record<string, readonly { readonly value: number }[]>>
  }
}

let folder: string
let server: ServerProcess
let county: Awaited<ReturnType<typeof buildCounty>>
let browser: Browser
let session: Session
/** The first option of every box, as keys. */
let quiet: string

const arrive = async (who: Person, screen: Screen, language = 'zh-CN'): Promise<Visitor> => {
  const visitor = await visit(browser, server.address, screen, language)
  const [link] = await signInLinks(server.address, county.administrator, [who])
  await visitor.page.goto(link!.url)
  await visitor.page
    .getByRole('link', { name: /^(班级|Classes)$/ })
    .first()
    .waitFor()
  return visitor
}

const find = async (page: Page, typed: string) => {
  await page.getByLabel('问卷号或席位号').fill(typed)
  await page.keyboard.press('Enter')
}
/** All boxes by the keyboard alone, the field having the focus already. */
const key = async (page: Page, keys: string) => {
  await page.getByPlaceholder('在这里按键').waitFor()
  await expect.poll(() => page.evaluate("document.activeElement?.placeholder ?? ''")).toBe('在这里按键') // the page brings her there
  for (const one of keys) await page.keyboard.press(one)
}
const sheet = (first: string) => first + quiet.slice(first.length)
const marks = (page: Page) => page.locator('.paper-mark').allTextContents()

describe.runIf(hasBrowser)('sheets on paper', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tongxing-paper-'))
    browser = await openBrowser()
    server = await startServer(join(folder, 'data'), { ...process.env, TONGXING_PORT: '0' })
    county = await buildCounty({ server, out: { write: () => {} } }, await readProtocol())
    const { administrator, cast, schools, studyId } = county
    const { id: classId } = await addClass(administrator, schools[0]!.id, 6)
    session = await cast.proctor.browser.post<Session>('/sessions', { classId, studyId, wave: 'baseline' })
    await openSession(cast.proctor.browser, session.id)
    const definitions = await Promise.all(
      session.battery.map(({ instrument, version }) => administrator.get<Asked>(`/instruments/${instrument}/${version}`)),
    )
    quiet = definitions
      .flatMap(({ definition: { items, optionSets } }) => items.map(({ options }) => optionSets[options]![0]!.value))
      .join('')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('the first reading goes in by the keyboard alone, and nothing typed is lost when it cannot be saved', async () => {
    const visitor = await arrive(county.cast.proctor, 'desk')
    const { page, context } = visitor
    await page.goto(`/sessions/${session.id}`)
    await page.getByRole('link', { name: '录入纸质问卷' }).click()
    await page.getByRole('heading', { name: '各份问卷' }).waitFor()
    await picture(visitor, 'paper-list')
    await find(page, `${session.locator}-03`)
    await key(page, '0129')
    await page.getByText('第 4 题没有“9”').waitFor()
    await picture(visitor, 'paper-entry')
    await page.keyboard.press('Backspace')
    await page.getByRole('button', { name: '回到列表' }).click()
    await page.getByRole('link', { name: '班级', exact: true }).first().click()
    await page.getByRole('heading', { name: '班级' }).waitFor()
    await page.goBack()
    await find(page, '3')
    await key(page, '-*')
    expect((await marks(page)).slice(0, 6)).toEqual(['0', '1', '空白', '不愿回答', '', ''])
    await key(page, quiet.slice(4))
    await page.getByLabel('全部录完。核对一眼').waitFor()
    await context.setOffline(true)
    await page.keyboard.press('Enter')
    await page.getByText('没有保存。录入的内容都还在').waitFor()
    expect((await marks(page)).filter((mark) => mark === '')).toEqual([])
    await context.setOffline(false)
    await page.getByPlaceholder('在这里按键').focus()
    await page.keyboard.press('Enter')
    await page.getByText(`${session.locator}-03 已保存，第一遍。`).waitFor()
    await find(page, '3')
    await page.getByText('第一遍是您录的').waitFor()
    await find(page, '4')
    await key(page, sheet('3'))
    await page.keyboard.press('Enter')
    await page.getByText(`${session.locator}-04 已保存，第一遍。`).waitFor()
    expect(await overflow(visitor)).toBe(0)
    expect(visitor.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
    await context.close()
  })

  test('the second reading, by somebody else, begins blank and shows at save what differs, side by side', async () => {
    const visitor = await arrive(county.account, 'desk')
    const { page, context } = visitor
    await page.goto(`/sessions/${session.id}/paper`)
    await find(page, '3')
    await page.getByRole('heading', { name: '第二遍' }).waitFor()
    expect((await marks(page)).filter((mark) => mark !== '')).toEqual([])
    await key(page, sheet('02-*'))
    await page.keyboard.press('Enter')
    await page.getByText('有 1 处不同').waitFor()
    expect((await page.locator('.paper-side').allTextContents()).map((text) => text.slice(0, 1))).toEqual(['1', '2'])
    await page.getByText('您录过这份问卷，只能看纸质原件来决定。').waitFor()
    await picture(visitor, 'paper-differences')
    await page.getByRole('button', { name: '回到列表' }).click()
    await find(page, '4')
    await key(page, sheet('3'))
    await page.keyboard.press('Enter')
    await page.getByText('两遍一致。').waitFor()
    expect(visitor.faults).toEqual([])
    await context.close()
  })

  test('the decision is made on a phone as well, says why, and counts against the clerk whose reading fell', async () => {
    const visitor = await arrive(county.cast.proctor, 'phone')
    const { page, context } = visitor
    await page.goto(`/sessions/${session.id}/paper`)
    await page.getByRole('button', { name: /^3/ }).click()
    await page.getByLabel(/^作数的答案/).selectOption({ index: 2 })
    await page.getByLabel('看了纸质原件').check()
    await page.getByLabel('为什么').fill('原件上勾的是 2')
    await picture(visitor, 'paper-decision-phone', true)
    await page.getByRole('button', { name: '保存决定' }).click()
    await page.getByText('看了纸质原件：原件上勾的是 2').waitFor()
    await page.getByRole('button', { name: '回到列表' }).click()
    await page
      .getByRole('row', { name: /^演示主试/ })
      .getByText(`${(100 / (2 * quiet.length)).toFixed(1)}%`)
      .waitFor()
    expect(await overflow(visitor)).toBe(0)
    await picture(visitor, 'paper-list-phone', true)
    await page.getByRole('button', { name: /^5/ }).click()
    await page.getByRole('button', { name: '空白 -' }).click()
    await page.getByRole('button', { name: '1', exact: true }).click()
    expect((await marks(page)).slice(0, 2)).toEqual(['空白', '1'])
    await picture(visitor, 'paper-entry-phone')
    expect(await overflow(visitor)).toBe(0)
    expect(visitor.faults).toEqual([])
    await context.close()
  })

  test('in English everything is said in English', async () => {
    const visitor = await arrive(county.account, 'desk', 'en')
    await visitor.page.goto(`/sessions/${session.id}/paper`)
    await visitor.page.getByLabel('Sheet number or seat').fill('5')
    await visitor.page.keyboard.press('Enter')
    await visitor.page.getByRole('heading', { name: 'First reading' }).waitFor()
    await picture(visitor, 'paper-entry-en')
    await visitor.page.getByRole('button', { name: 'Back to the list' }).click()
    const said = ((await visitor.page.locator('main').textContent()) ?? '').replaceAll(/演示(青禾学校|管理员|主试)|七年级9班/g, '')
    expect(said).not.toMatch(/\p{Script=Han}/u)
    await picture(visitor, 'paper-list-en', true)
    const opening = visitor.page.waitForEvent('popup')
    await visitor.page.getByRole('link', { name: 'Print paper forms: English' }).click()
    const forms = await opening
    await forms.getByText(`${session.locator}-06`).first().waitFor()
    expect(await forms.locator('article').count()).toBe(4)
    await picture({ ...visitor, page: forms }, 'paper-forms')
    expect(visitor.faults).toEqual([])
    await visitor.context.close()
  })
})

// Before a class is asked, in real browsers on the real server: the proctor sees what is missing, calls, the counsellor answers on whatever page she has
// open, and only then the session opens. The pictures are for the manual.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf } from '../packages/server/test/rows.ts'
import { databaseUrl } from '../packages/server/test/server-process.ts'
import { readProtocol } from '../scripts/demo/protocol.ts'
import { type ServerProcess, startServer } from '../scripts/demo/server-process.ts'
import { type Person, signInLinks } from '../scripts/demo/staff.ts'
import { addClass } from '../scripts/demo/try-out.ts'
import { buildCounty } from '../scripts/demo/walk.ts'
import { hasBrowser, openBrowser, overflow, picture, type Screen, type Visitor, visit } from './browser/browser.ts'

let folder: string
let server: ServerProcess
let county: Awaited<ReturnType<typeof buildCounty>>
let browser: Browser
let className: string

const arrive = async (who: Person, screen: Screen): Promise<Visitor> => {
  const visitor = await visit(browser, server.address, screen)
  const [link] = await signInLinks(server.address, county.administrator, [who])
  await visitor.page.goto(link!.url)
  await visitor.page.getByRole('navigation', { name: '主导航' }).waitFor()
  return visitor
}

describe.runIf(hasBrowser)('before a class is asked', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tongxing-opening-'))
    browser = await openBrowser()
    server = await startServer(join(folder, 'data'), { ...process.env, TONGXING_PORT: '0' })
    county = await buildCounty({ server, out: { write: () => {} } }, await readProtocol())
    className = (await addClass(county.administrator, county.schools[0]!.id, 3)).name
    const weekAgo = "update screening.trial_alert set confirmed_at = confirmed_at - interval '8 days'"
    await rowsOf(databaseUrl(join(folder, 'data')), weekAgo)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('SAF-08: a session opens only after the people on duty have answered a call, which stands on whatever page they have open', async () => {
    const proctor = await arrive(county.cast.proctor, 'desk')
    const { page } = proctor
    await page.getByRole('navigation').getByRole('link', { name: '班级' }).click()
    await page.getByRole('link', { name: className }).click()
    await page.getByRole('button', { name: '新建测评场次' }).click()
    await page.getByText('预计 10 分钟').waitFor()
    await page.getByLabel('地点（可不填）').fill('302 教室')
    await page.getByRole('button', { name: '建立场次并生成座位码' }).click()
    await page.getByText('302 教室').first().waitFor()
    await page.getByRole('button', { name: '已打印，收起座位码' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '已打印，收起座位码' }).click()
    const open = page.getByRole('button', { name: '开始测评' })
    await page.getByText('还没有确认过试呼').nth(1).waitFor()
    expect(await open.isDisabled()).toBe(true)
    await page.getByRole('button', { name: '发出试呼' }).click()
    await page.getByText('试呼已发出，等他点“收到”').nth(1).waitFor()
    await picture(proctor, 'session-ready')

    for (const [who, screen] of [
      [county.cast.counsellor, 'phone'],
      [county.cast.deputy, 'desk'],
    ] as const) {
      const called = await arrive(who, screen)
      await called.page.getByText('试呼：请点“收到”').waitFor()
      expect(await overflow(called)).toBe(0)
      await picture(called, `trial-alert-${screen}`)
      await called.page.getByRole('button', { name: '收到' }).click()
      await called.page.getByText('试呼：请点“收到”').waitFor({ state: 'detached' })
      expect(called.faults).toEqual([])
      await called.context.close()
    }

    await expect.poll(() => open.isEnabled(), { timeout: 15_000 }).toBe(true)
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await overflow(proctor)).toBe(0)
    await open.click()
    await page.getByText('进行中').first().waitFor()
    expect(proctor.faults).toEqual([])
  }, 60_000)

  test('SAF-04: an administrator sets who is on duty, and the two weeks show it', async () => {
    const administrator = await arrive(county.account, 'desk')
    const { page } = administrator
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '值班表' }).click()
    const first = page.getByRole('region', { name: '今后两周' }).getByRole('row').nth(1)
    await expect.poll(() => first.getByRole('cell').allTextContents(), { timeout: 8000 }).toEqual(['林老师（演示）', '周老师（演示）'])
    await page.getByLabel('负责人').selectOption({ label: '请选择' })
    await page.getByLabel('代班人').selectOption({ label: '林老师（演示）' })
    await page.getByLabel('负责人').selectOption({ label: '周老师（演示）' })
    await page.getByRole('button', { name: '保存安排' }).click()
    await page.getByText('已保存。').waitFor()
    await expect.poll(() => first.getByRole('cell').allTextContents(), { timeout: 8000 }).toEqual(['周老师（演示）', '林老师（演示）'])
    await page.getByLabel('每天人数').fill('9')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('学校填写的人数').waitFor()
    await page.evaluate('scrollTo(0, 0)')
    await picture(administrator, 'duty')
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await overflow(administrator)).toBe(0)
    expect(administrator.faults).toEqual([])
  }, 60_000)
})

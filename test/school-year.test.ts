// An administrator's year in a real browser on the real server: a screening without a protocol, a school year that turns and is taken back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readProtocol } from '../scripts/demo/protocol.ts'
import { type ServerProcess, startServer } from '../scripts/demo/server-process.ts'
import { signInLinks } from '../scripts/demo/staff.ts'
import { buildCounty } from '../scripts/demo/walk.ts'
import { violations } from './browser/axe.ts'
import { hasBrowser, openBrowser, overflow, type Screen, type Visitor, visit } from './browser/browser.ts'

let folder: string
let server: ServerProcess
let county: Awaited<ReturnType<typeof buildCounty>>
let browser: Browser

const arrive = async (screen: Screen): Promise<Visitor> => {
  const visitor = await visit(browser, server.address, screen)
  const [link] = await signInLinks(server.address, county.administrator, [county.account])
  await visitor.page.goto(link!.url)
  await visitor.page.getByRole('navigation', { name: '主导航' }).waitFor()
  return visitor
}

type Studies = { readonly studies: readonly { readonly id: string; readonly title: Readonly<Record<string, string>> }[] }
type Study = { readonly protocol: { readonly waves: readonly { readonly battery: readonly object[] }[] } }

describe.runIf(hasBrowser)('a year of an administrator', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tongxing-year-'))
    browser = await openBrowser()
    server = await startServer(join(folder, 'data'), { ...process.env, TONGXING_PORT: '0' })
    county = await buildCounty({ server, out: { write: () => {} } }, await readProtocol())
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a screening is made without a file, in the order in which its instruments were chosen, and a session of it is planned at once', async () => {
    const visitor = await arrive('desk')
    const { page } = visitor
    await page.goto(`${server.address}/screenings/new`)
    await page.getByLabel('名称', { exact: true }).fill('秋季筛查')
    await page.getByLabel('轮次名称').fill('十一月')
    const create = page.getByRole('button', { name: '建立筛查' })
    await create.click()
    await page.getByRole('alert').getByText('请先勾选量表').waitFor() // pressed too soon it says what is missing
    for (const asked of [/WHO-5/, /PHQ-9/, /GAD-7/]) await page.getByLabel(asked).check()
    await page.getByRole('button', { name: '上移 GAD-7' }).click()
    await page.getByLabel('GAD-7：一页几道题').selectOption({ label: '一页 4 题' })
    await create.click()
    await page.getByRole('alert').getByText('请先勾选学校').waitFor()
    await page.getByLabel(county.schools[0]!.name).check()
    expect([await overflow(visitor), await violations(visitor)]).toEqual([0, []])
    await create.click()
    await page.getByText('“秋季筛查”已建立').waitFor()
    const { studies } = await county.administrator.get<Studies>('/studies')
    const { id } = studies.find(({ title }) => title['zh-CN'] === '秋季筛查')!
    const { protocol } = await county.administrator.get<Study>(`/studies/${id}`)
    expect(protocol.waves[0]?.battery).toMatchObject([
      { instrument: 'who-5' },
      { instrument: 'gad-7', itemsPerPage: 4 },
      { instrument: 'phq-9' },
    ])
    await page.getByRole('link', { name: '七年级1班' }).click()
    await page.getByRole('button', { name: '新建测评场次' }).click()
    await page.getByLabel('筛查或研究').selectOption({ label: '秋季筛查' })
    await page.getByRole('button', { name: '建立场次并生成座位码' }).click()
    await page.getByRole('heading', { name: /十一月/ }).waitFor()
  }, 60_000)

  test('a school year turns after it was typed, and is taken back', async () => {
    const visitor = await arrive('phone')
    const { page } = visitor
    await page.goto(`${server.address}/units`)
    await page.getByRole('button', { name: `修改“${county.schools[1]!.name}”` }).waitFor()
    expect([await overflow(visitor), await violations(visitor)]).toEqual([0, []])
    await page.getByRole('link', { name: `${county.schools[1]!.name}的学年升级` }).click()
    await page
      .getByRole('row', { name: /七年级1班/ })
      .getByRole('button')
      .click()
    await page.getByRole('dialog').getByRole('combobox').first().selectOption({ label: '留级' })
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByText('升级 49 人，毕业 0 人，留级 1 人').waitFor()
    const go = page.getByRole('button', { name: '确认升级' })
    expect(await go.isDisabled()).toBe(true)
    expect([await overflow(visitor), await violations(visitor)]).toEqual([0, []])
    const label = await page.getByLabel('新学年', { exact: true }).inputValue()
    await page.getByLabel(/以确认/).fill(label)
    await go.click()
    await page.getByText(`已升级到 ${label} 学年`).waitFor()
    await page.getByRole('link', { name: '七年级1班' }).click()
    await page.getByRole('cell', { name: '留级' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: '撤回' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await page.getByText('已撤回').waitFor()
    await page.getByText('升级 50 人').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await page.getByLabel('新学年', { exact: true }).inputValue()).toBe(label)
  }, 60_000)
})

// An empty server for real use: the first account by its one-time link, in a real browser, and the way back in with password and one-time code.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../scripts/demo/server-process.ts'
import { hasBrowser, openBrowser, overflow, picture, type Visitor, visit } from './browser/browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongxing-empty-'))
const password = '一匹马 四朵云 cloud'
let server: ServerProcess
let browser: Browser
let administrator: Visitor
let codes: TOTP

describe.runIf(hasBrowser)('SEC-04: an empty server', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer(folder, { ...process.env, TONGXING_PORT: '0', TONGXING_DEMO: '0' })
    administrator = await visit(browser, server.address, 'desk')
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('says on its sign-in page how to set it up, and has no account to guess', async () => {
    await administrator.page.goto('/')
    await administrator.page.getByText('这台服务器尚未设置').waitFor()
    await picture(administrator, 'sign-in')
  })

  test('its one-time link makes the first account: password first, then the authenticator', async () => {
    const { page } = administrator
    await page.goto(`/set-up#${server.setUpToken}`)
    await page.getByLabel('县（区）名称').fill('测试县')
    await page.getByLabel('姓名').fill('王管理员')
    await page.getByLabel('用户名').fill('wang')
    await page.getByLabel('设置密码').fill(password)
    await page.getByLabel('再输入一次密码').fill(password)
    await picture(administrator, 'set-up', true)
    await page.getByRole('button', { name: '下一步' }).click()
    const secret = ((await page.locator('.totp-secret').textContent()) ?? '').replace(/\s/g, '')
    codes = new TOTP({ secret: Secret.fromBase32(secret) })
    await picture(administrator, 'connect-totp', true)
    await page.getByRole('textbox', { name: /输入应用上现在显示的动态码/ }).fill(codes.generate())
    await page.getByRole('button', { name: '完成并登录' }).click()
    await page.getByRole('navigation', { name: '主导航' }).waitFor()
    expect(await page.getByText('演示数据').count()).toBe(0)
  })

  test('a school and a class are added, and the interface follows the language', async () => {
    const { page } = administrator
    await page.getByRole('navigation').getByRole('link', { name: '单位' }).click()
    for (const [below, kind, name] of [
      ['测试县', '学校', '测试学校'],
      ['测试学校', '班级', '七年级1班'],
    ] as const) {
      await page.getByRole('button', { name: `在“${below}”下添加` }).click()
      const dialog = page.getByRole('dialog')
      if ((await dialog.getByLabel('类型').count()) > 0) await dialog.getByLabel('类型').selectOption({ label: kind })
      await dialog.getByLabel('名称').fill(name)
      await dialog.getByRole('button', { name: '添加', exact: true }).click()
      await page.getByText(`已添加“${name}”`).waitFor()
    }
    await picture(administrator, 'units')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Units' }).waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    expect(await overflow(administrator)).toBe(0)
  })

  test('an invitation that was lost is given anew, and an account ends and comes back, each asked first', async () => {
    const { page } = administrator
    await page.getByRole('navigation').getByRole('link', { name: '账号' }).click()
    await page.getByRole('button', { name: '新建账号' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('姓名').fill('林老师')
    await form.getByLabel('用户名').fill('lin')
    await form.getByRole('button', { name: '建立账号并生成邀请链接' }).click()
    await form.getByText('请先选择单位').waitFor()
    await form.getByLabel('角色').selectOption({ label: '管理员' })
    expect(await form.getByLabel('单位').getByRole('option').allTextContents()).toEqual(['请选择单位', '测试县', '测试学校'])
    await form.getByLabel('角色').selectOption({ label: '心理老师' })
    await form.getByLabel('单位').selectOption({ label: '测试学校' })
    await form.getByRole('button', { name: '建立账号并生成邀请链接' }).click()
    const link = page.getByRole('region', { name: '林老师 的邀请链接' }).getByRole('textbox')
    const lost = await link.inputValue()
    const row = page.getByRole('row', { name: /林老师/ })
    const act = async (button: string, verb = button) => {
      await row.getByRole('button', { name: button }).click()
      await page.getByRole('dialog').getByRole('button', { name: verb }).click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await act('新邀请链接')
    await expect.poll(() => link.inputValue()).not.toBe(lost)
    const stranger = await visit(browser, server.address, 'phone')
    await stranger.page.goto(lost)
    await stranger.page.getByText('链接无效、已使用或已过期').waitFor()
    await stranger.context.close()
    await act('停用')
    await row.getByText('已停用').waitFor()
    await picture(administrator, 'accounts')
    await act('恢复')
    await row.getByText('已邀请，未接受').waitFor()
    expect(await row.getByRole('button').allTextContents()).toEqual(['新邀请链接', '停用'])
    expect(
      await page
        .getByRole('row', { name: /王管理员/ })
        .getByRole('button')
        .count(),
    ).toBe(0) // nobody ends the own account
  })

  test('the link works once', async () => {
    const stranger = await visit(browser, server.address, 'desk')
    await stranger.page.goto(`/set-up#${server.setUpToken}`)
    await stranger.page.getByText('链接无效、已使用或已过期').waitFor()
    await stranger.context.close()
  })

  test('signing out and in again asks for password and a fresh one-time code', async () => {
    const { page } = administrator
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByLabel('用户名').fill('wang')
    await page.getByLabel('密码').fill('wrong password here')
    await page.getByLabel('动态码').fill('000000')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('用户名、密码或动态码不正确').waitFor()
    await page.getByLabel('密码').fill(password)
    await page.getByLabel('动态码').fill(codes.generate({ timestamp: Date.now() + 30_000 })) // the present code was used up by the set-up
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('navigation', { name: '主导航' }).waitFor()
  })

  test('SEC-10: its pages asked no other host and had no error but the refused sign-in', () => {
    const unexpected = administrator.faults.filter((fault) => !/40[14]/.test(fault))
    expect(unexpected).toEqual([])
  })
})

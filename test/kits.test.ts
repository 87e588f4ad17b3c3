// Offline kits on their page, in a real browser on the real server: a kit is made and saved, a day is sent up in pieces.
// The pictures are for the manual.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readProtocol } from '../scripts/demo/protocol.ts'
import { type ServerProcess, startServer } from '../scripts/demo/server-process.ts'
import { invite, signInLinks } from '../scripts/demo/staff.ts'
import { buildCounty } from '../scripts/demo/walk.ts'
import { violations } from './browser/axe.ts'
import { hasBrowser, openBrowser, overflow, picture, type Screen, type Visitor, visit } from './browser/browser.ts'

let folder: string
let server: ServerProcess
let county: Awaited<ReturnType<typeof buildCounty>>
let browser: Browser

const arrive = async (screen: Screen): Promise<Visitor> => {
  const visitor = await visit(browser, server.address, screen)
  const [link] = await signInLinks(server.address, county.administrator, [county.account])
  await visitor.page.goto(link!.url)
  await visitor.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '离线包' }).click()
  await visitor.page.getByRole('heading', { name: '发出的离线包' }).waitFor()
  return visitor
}

describe.runIf(hasBrowser)('the page of offline kits', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tongxing-kits-'))
    browser = await openBrowser()
    server = await startServer(join(folder, 'data'), { ...process.env, TONGXING_PORT: '0' })
    county = await buildCounty({ server, out: { write: () => {} } }, await readProtocol())
    const roles = [{ role: 'proctor', unitId: county.schools[0]!.id }]
    await county.administrator.post('/accounts', { username: 'of-the-school', displayName: '本校主试', roles })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a school in which nobody can sign in gets no kit, and is told why', async () => {
    const visitor = await arrive('desk')
    const { page } = visitor
    await page.getByLabel('学校').selectOption({ label: county.schools[0]!.name })
    await page.getByRole('button', { name: '制作离线包' }).click()
    await page.getByText('本校没有在用的账号').waitFor()
    await picture(visitor, 'kit-nobody')
  }, 60_000)

  test.each(['desk', 'phone'] as const)(
    'a kit for a school that has no administrator of its own says so beside the passphrase, at the size of a %s',
    async (screen) => {
      const [visitor, { id: unitId, name }] = [await arrive(screen), county.schools[screen === 'desk' ? 1 : 2]!]
      const { page } = visitor
      const join = (role: string) =>
        invite(server.address, county.administrator, { username: `${role}-${screen}`, displayName: '本校老师', role, unitId })
      const make = async () => {
        await page.getByLabel('学校').selectOption({ label: name })
        await page.getByRole('button', { name: '制作离线包' }).click()
        await page.getByText(`${name}的离线包已做好`).waitFor()
      }
      const warning = page.getByText('这所学校还没有自己的管理员')
      await join('proctor')
      await make()
      expect(await warning.count()).toBe(1)
      expect([await overflow(visitor), await violations(visitor)]).toEqual([0, []])
      await picture(visitor, `kit-no-administrator-${screen}`)
      await page.getByRole('button', { name: '我已保存' }).click()
      await join('administrator')
      await make()
      expect(await warning.count()).toBe(0)
    },
    60_000,
  )

  test.each(['desk', 'phone'] as const)(
    'nothing is cut off and axe-core finds nothing, at the size of a %s',
    async (screen) => {
      const visitor = await arrive(screen)
      expect(await overflow(visitor)).toBe(0)
      expect(await violations(visitor)).toEqual([])
      expect(visitor.faults).toEqual([])
      await picture(visitor, `kits-${screen}`, true)
    },
    60_000,
  )

  test('a file that is no day is refused with a sentence, in the language of the page', async () => {
    const visitor = await arrive('desk')
    const letter = join(folder, 'letter.age')
    writeFileSync(letter, 'a letter'.repeat(9000))
    await visitor.page.locator('input[type=file]').setInputFiles(letter)
    await visitor.page.getByText('这不是离线包文件').waitFor()
    expect(readFileSync(letter).length).toBeGreaterThan(4 * 16 * 1024) // it went up in several pieces
  }, 60_000)
})

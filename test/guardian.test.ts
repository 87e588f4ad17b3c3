// A guardian who works away: the notice on a phone, the code that came another way, two equal answers, and the same link to take one back.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addClass } from '../scripts/demo/try-out.ts'
import { hasBrowser, openBrowser, overflow, picture, visit } from './browser/browser.ts'
import { type County, openCounty } from './browser/county.ts'

type Roster = {
  readonly participants: readonly { readonly consent: { readonly screening: string | null; readonly 'follow-up': string | null } }[]
}
type Made = { readonly links: readonly { readonly token: string; readonly code: string; readonly name: string }[] }

const fields = ['controller', 'responsible', 'what', 'why', 'how', 'necessity', 'where', 'retention', 'security', 'seenBy', 'sharedWith']
const rest = ['refusal', 'withdrawal', 'correction', 'complaint', 'rights']
const said = (title: string) => ({ title, fields: Object.fromEntries([...fields, ...rest].map((field) => [field, `${title}·${field}`])) })

let county: County
let browser: Browser

describe.runIf(hasBrowser)('a guardian who works away', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    county = await openCounty()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await county?.stop()
  })

  const prepare = async () => {
    const { administrator, schools } = county.outcome
    const schoolId = schools[0]!.id
    const { id: classId } = await addClass(administrator, schoolId, 2)
    const asks = (['screening', 'follow-up'] as const).map((purpose) => ({ purpose, party: null }))
    for (const { purpose } of asks) {
      const texts = { 'zh-CN': said(`演示告知书 ${purpose}`), en: said(`Notice ${purpose}`) }
      const { noticeId } = await administrator.post<{ noticeId: string }>('/notices', { schoolId, purpose, party: null, texts })
      await administrator.post(`/notices/${noticeId}/publish`, { renews: true })
    }
    const { participants } = await administrator.get<{ participants: { participantId: string }[] }>(`/classes/${classId}/participants`)
    const wish = { participantIds: [participants[0]!.participantId], asks, days: 7 }
    const { links } = await administrator.post<Made>(`/classes/${classId}/consent-links`, wish)
    const standing = async () => (await administrator.get<Roster>(`/classes/${classId}/participants`)).participants[0]!.consent
    return { ...links[0]!, standing }
  }

  test('PRIV-03, PRIV-04: reads the whole notice, confirms by the code, decides each purpose, and takes one back by the same link', async () => {
    const { token, code, name, standing } = await prepare()
    const guardian = await visit(browser, county.address, 'phone')
    const { page } = guardian
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url().split('#')[0]!))
    await page.goto(`/g#${token}`)
    const field = page.getByLabel('确认码')
    await field.waitFor()
    for (const part of [...fields, ...rest]) await page.getByText(`演示告知书 screening·${part}`, { exact: true }).waitFor()
    expect(await page.textContent('body')).not.toContain(name)
    expect(await overflow(guardian)).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Notice screening·refusal', { exact: true }).waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('button', { name: '直接填写决定' }).click()
    expect(await page.locator('#code:focus').count()).toBe(1)
    expect(page.url()).toContain(`#${token}`)
    await field.fill(code.toLowerCase())
    await field.press('Enter')
    await page.getByText(`学生：${name}`).waitFor()

    const [screening, followUp] = ['筛查', '后续关怀'].map((legend) => page.getByRole('group', { name: legend, exact: true }))
    const sizes = await Promise.all(
      ['同意', '不同意'].map((word) => screening!.locator('label', { hasText: new RegExp(`^${word}$`) }).boundingBox()),
    )
    expect(sizes[0]!.width).toBeCloseTo(sizes[1]!.width, 0)
    expect(sizes[0]!.height).toBeCloseTo(sizes[1]!.height, 0)
    expect(await page.locator('.two input:checked').count()).toBe(0) // nothing is chosen for her
    await screening!.getByLabel('同意', { exact: true }).check()
    await followUp!.getByLabel('不同意').check()
    await page.getByLabel('受委托照护人（不是监护人）').check()
    expect(await page.getByRole('button', { name: '提交我的决定' }).isDisabled()).toBe(true)
    await page.getByLabel('父亲或母亲').check()
    await page.getByLabel('您的姓名').fill('演示家长')
    await picture(guardian, 'guardian-decides', true)
    await page.getByRole('button', { name: '提交我的决定' }).click()
    await page.getByRole('heading', { name: '已收到您的决定' }).waitFor()
    expect(await standing()).toMatchObject({ screening: 'given', 'follow-up': 'refused' })

    await page.reload() // the same link, another day
    await page.getByLabel('确认码').fill(code)
    await page.getByRole('button', { name: '继续' }).click()
    await screening!.getByText('现在的记录：同意').waitFor()
    for (const group of [screening!, followUp!]) await group.getByLabel('不同意').check()
    await page.getByLabel('父亲或母亲').check()
    await page.getByLabel('您的姓名').fill('演示家长')
    await page.getByRole('button', { name: '提交我的决定' }).click()
    await page.getByText('筛查：不同意（先前的同意已收回）').waitFor()
    expect(await standing()).toMatchObject({ screening: 'withdrawn', 'follow-up': 'refused' })
    expect(asked.filter((url) => url.includes(token) || url.includes(code))).toEqual([])
    expect(guardian.faults).toEqual([])
    await guardian.context.close()
  }, 120_000)
})

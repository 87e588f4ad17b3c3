// A class of forty in one session on the real server: most online, some without a network for a while, some whose page is killed, some whose
// line drops after the server has stored the sheet, one who does not want to, one who is not there. What counts: 38 stored, once each, and a
// board and a reconciliation that are right at every step.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../scripts/demo/duty.ts'
import { addClass } from '../scripts/demo/try-out.ts'
import { hasBrowser, openBrowser, picture, type Visitor, visit } from './browser/browser.ts'
import { type County, openCounty } from './browser/county.ts'
import { answerAll, handIn, settleDown, touch } from './browser/pupil.ts'

const pupils = 40
const atOnce = 5
const groups = { online: [0, 20], offline: [20, 30], killed: [30, 35], twice: [35, 38], declines: [38, 39], absent: [39, 40] } as const
const questions = 32 // of the demonstration's battery
const riskQuestion = 9

type Card = { readonly seatId: string; readonly number: number; readonly code: string }
type Counts = Readonly<Record<'seats' | 'notStarted' | 'started' | 'held' | 'submitted' | 'stopped' | 'absent' | 'declined', number>>

let county: County
let browser: Browser
let proctor: Visitor
let session: { readonly id: string; readonly locator: string; readonly codes: readonly Card[] }
const faults: string[] = []

const cards = (group: keyof typeof groups) => session.codes.slice(...groups[group])
const link = ({ code }: Card) => `/p/#${session.locator}.${code}`
const asked = <T>(path: string) => county.outcome.cast.proctor.browser.get<T>(path)
const counts = async () => (await asked<{ counts: Counts }>(`/sessions/${session.id}`)).counts
const stored = async () => (await asked<{ receipts: readonly unknown[] }>(`/sessions/${session.id}/reconciliation`)).receipts.length

/** What the proctor reads on her page, by the words of the counts. */
const onBoard = async (word: string, count: number) => {
  const cell = proctor.page.locator('.counts > div', { hasText: word }).locator('dd').first()
  await expect.poll(() => cell.textContent(), { timeout: 10_000 }).toBe(String(count))
}

const inTurn = async <T>(list: readonly T[], act: (one: T) => Promise<void>) => {
  const rest = [...list]
  const worker = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

const arrive = async (card: Card): Promise<Visitor> => {
  const pupil = await visit(browser, county.address, 'desk')
  pupil.context.setDefaultTimeout(30_000) // eight pages share two cores
  await pupil.page.goto(link(card))
  return pupil
}
const leave = async (pupil: Visitor) => {
  faults.push(...pupil.faults.filter((fault) => !/ERR_(INTERNET_DISCONNECTED|FAILED|EMPTY_RESPONSE)/.test(fault)))
  await pupil.context.close()
}
/** Everything that the page has put away, as text. */
const onDevice = (page: Page) =>
  page.evaluate<string>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('tongxing')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const all = opening.result.transaction('sheets').objectStore('sheets').getAll()
      all.onsuccess = () => resolve(JSON.stringify(all.result) + JSON.stringify(localStorage))
    }
  })`)
const received = (page: Page) => page.locator('.delivery.received').waitFor()

describe.runIf(hasBrowser)('a class of forty', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    county = await openCounty()
    const { administrator, schools, studyId, cast, links } = county.outcome
    const { id: classId } = await addClass(administrator, schools[0]!.id, pupils)
    session = await cast.proctor.browser.post('/sessions', { classId, studyId, wave: 'baseline' })
    await openSession(cast.proctor.browser, session.id)
    proctor = await visit(browser, county.address, 'desk')
    await proctor.page.goto(links.find(({ displayName }) => displayName.includes('主试'))!.url)
    await proctor.page.getByRole('navigation', { name: '主导航' }).waitFor()
    await proctor.page.goto(`/sessions/${session.id}`)
    await proctor.page
      .locator('button.seat')
      .nth(pupils - 1)
      .waitFor()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await county?.stop()
  })

  test('twenty answer online; the board counts them by itself', async () => {
    await inTurn(cards('online'), async (card) => {
      const pupil = await arrive(card)
      await settleDown(pupil, 'zh-CN')
      expect(await answerAll(pupil, 'zh-CN', touch(card.number % 4))).toBe(questions)
      await handIn(pupil, 'zh-CN')
      await received(pupil.page)
      await leave(pupil)
    })
    await onBoard('已提交', 20)
    await onBoard('未开始', 20)
    expect(await stored()).toBe(20)
  }, 300_000)

  test('PRIV-12: ten lose the network after the first question, finish without it, wait sealed, and are received once it is back', async () => {
    await inTurn(cards('offline'), async (card) => {
      const pupil = await arrive(card)
      const { page, context } = pupil
      await settleDown(pupil, 'zh-CN')
      await answerAll(pupil, 'zh-CN', touch(0), 1)
      await context.setOffline(true)
      expect(await answerAll(pupil, 'zh-CN', touch(1))).toBe(questions - 1)
      await handIn(pupil, 'zh-CN')
      await page.locator('.delivery.waiting').waitFor()
      expect(await page.locator('.delivery.received').count()).toBe(0)
      const kept = await onDevice(page)
      expect(kept).toContain('"state":"sealed"')
      expect(kept).not.toContain('phq9_')
      await context.setOffline(false)
      await received(page)
      await expect.poll(() => onDevice(page)).not.toContain('"state":"sealed"')
      await leave(pupil)
    })
    await onBoard('已提交', 30)
    expect(await stored()).toBe(30)
  }, 300_000)

  test('four whose page is killed half-way type their code again and go on where they were', async () => {
    await inTurn(cards('killed').slice(0, -1), async (card) => {
      const pupil = await arrive(card)
      await settleDown(pupil, 'zh-CN')
      await answerAll(pupil, 'zh-CN', touch(2), 7)
      await pupil.page.close()
      const page = await pupil.context.newPage()
      const again = { ...pupil, page }
      await page.goto(link(card))
      await page.getByRole('button', { name: '是我', exact: true }).click()
      expect(await answerAll(again, 'zh-CN', touch(2))).toBe(questions - 7)
      await handIn(again, 'zh-CN')
      await received(page)
      await leave(again)
    })
    await onBoard('已提交', 34)
    expect(await stored()).toBe(34)
  }, 300_000)

  test('SAF-12: one endorses the risk item and her page is killed: the flag is there; at another machine she goes on, and it stays one flag', async () => {
    const card = cards('killed').at(-1)
    const flags = () =>
      county.rows<{ value: string; submission_id: string | null }>(
        "select value, submission_id from screening.flag where seat_id = $1 and kind = 'item'",
        [card!.seatId],
      )
    const first = await arrive(card!)
    await settleDown(first, 'zh-CN')
    await answerAll(first, 'zh-CN', touch(0), riskQuestion - 1)
    await answerAll(first, 'zh-CN', touch(2), 1)
    await expect.poll(flags, { timeout: 10_000 }).toEqual([{ value: '2', submission_id: null }])
    const kept = await onDevice(first.page)
    expect(kept).not.toMatch(/"first"|urgent|"so-far"/)
    await leave(first)
    const sum = await asked<{ missing: readonly { seatId: string; soFar: unknown }[] }>(`/sessions/${session.id}/reconciliation`)
    expect(sum.missing.find(({ seatId }) => seatId === card!.seatId)?.soFar).toMatchObject({ answered: riskQuestion })
    const second = await arrive(card!)
    await second.page.getByText('你之前的作答还在').waitFor()
    await second.page.getByRole('button', { name: '是我', exact: true }).click()
    expect(await answerAll(second, 'zh-CN', touch(0))).toBe(questions - riskQuestion)
    await handIn(second, 'zh-CN')
    await received(second.page)
    await leave(second)
    const [flag, ...more] = await flags()
    expect([flag?.value, flag?.submission_id === null, more]).toEqual(['2', false, []])
    await onBoard('已提交', 35)
    expect(await stored()).toBe(35)
  }, 120_000)

  test('three whose line drops after the server has stored the sheet send it twice, and get one receipt', async () => {
    await inTurn(cards('twice'), async (card) => {
      const pupil = await arrive(card)
      let posts = 0
      await pupil.page.route('**/pupil/submissions', async (route) => {
        posts += 1
        if (posts > 1) return route.continue()
        await route.fetch() // the server stores it and answers
        return route.abort('failed') // and nobody hears the answer
      })
      await settleDown(pupil, 'zh-CN')
      await answerAll(pupil, 'zh-CN', touch(0))
      await handIn(pupil, 'zh-CN')
      await received(pupil.page)
      expect(posts).toBeGreaterThan(1)
      await leave(pupil)
    })
    await onBoard('已提交', 38)
    expect(await stored()).toBe(38)
  }, 300_000)

  test('one does not want to take part, also without a network, and ends on the same page; one is not there; both are counted and hand nothing in', async () => {
    const [unwilling] = cards('declines')
    const pupil = await arrive(unwilling!)
    await pupil.page.getByRole('button', { name: '是我', exact: true }).click()
    await pupil.page.getByRole('button', { name: '我不想参加' }).click()
    await picture(pupil, 'pupil-declines')
    await pupil.context.setOffline(true)
    await pupil.page.getByRole('button', { name: '不参加', exact: true }).click()
    await pupil.page.getByText('12356').first().waitFor()
    await expect.poll(() => onDevice(pupil.page)).toContain('"to":"decline"')
    await pupil.page.getByText('已保存在这台设备上，联网后会自动交').waitFor()
    expect((await counts()).declined).toBe(0)
    await pupil.context.setOffline(false)
    await expect.poll(() => onDevice(pupil.page)).not.toContain('"to":"decline"')
    await expect.poll(() => pupil.page.getByText('联网后会自动交').count()).toBe(0)
    await leave(pupil)
    await onBoard('不参加', 1)
    await proctor.page.locator('button.seat', { hasText: '40' }).click()
    await proctor.page.getByRole('dialog').getByRole('button', { name: '记为缺席' }).click()
    await onBoard('缺席', 1)
    await picture(proctor, 'session-board', true)
    expect(await counts()).toEqual({ seats: 40, notStarted: 0, started: 0, held: 0, submitted: 38, stopped: 0, absent: 1, declined: 1 })
    expect(await stored()).toBe(38)
  }, 120_000)

  test('the reconciliation adds up on the page, and knows the receipt of every sheet', async () => {
    const { page } = proctor
    await page.getByRole('link', { name: '核对人数' }).click()
    await page.getByText('40 个席位 = 收到 38 份 + 不参加 1 人 + 缺席 1 人 + 还缺 0 人。').waitFor()
    await page.getByText('全部对上').waitFor()
    expect(await page.getByRole('region', { name: '回执' }).getByRole('row').count()).toBe(1 + 38)
    await picture(proctor, 'reconciliation', true)
    expect([...faults, ...proctor.faults]).toEqual([])
  })
})

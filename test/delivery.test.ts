// Between a pupil's page and the server lies a school's network. Whatever it does, every sheet is stored once, and no page says "received" of
// one that is not. The page's own delivery code talks to the real server through a line that breaks in all the ways that lines break.
import { createHash } from 'node:crypto'
import { seededRandom } from '@tongxing/instruments'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { bytesOf } from '../packages/web/src/pupil/bytes.ts'
import { besideOf, talkOf } from '../packages/web/src/pupil/keep/record.ts'
import { type Device, openDevice } from './faults/device.ts'
import { clean, type Fault, type Line, openLine, type Plan } from './faults/line.ts'
import { type Opened, openSchool, type Pupil } from './faults/school.ts'

const seed = 20260302
const each = 4
const many = 60
const throughFetch = globalThis.fetch

let school: Opened
beforeAll(async () => {
  school = await openSchool(160)
})
afterAll(() => school?.stop())

/** The page asks its own origin, which is the line's near end. */
const over = async (plan: Plan): Promise<Line> => {
  const line = await openLine(school.address, plan)
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => throughFetch(new URL(path, line.address), init))
  onTestFinished(async () => {
    vi.unstubAllGlobals()
    await line.stop()
  })
  return line
}

const pupils = async (count: number): Promise<readonly Pupil[]> => Promise.all(Array.from({ length: count }, school.pupil))
const all = (devices: readonly Device[]) => devices.flatMap((device) => [...device.receipts])
const untilReceived = (devices: readonly Device[], count: number) =>
  vi.waitUntil(() => all(devices).length >= count, { timeout: 240_000, interval: 20 })

/** Every pupil's own answers once, under her key, and every receipt that a page showed is that one. */
const expectStoredOnce = async (handedIn: readonly Pupil[], devices: readonly Device[]) => {
  const stored = await school.stored(handedIn.map(({ sheet }) => sheet.key))
  const expected = handedIn.map(({ sheet, hash, answered }) => ({ key: sheet.key, bodyHash: hash, answered }))
  const byKey = (left: { key: string }, right: { key: string }) => (left.key < right.key ? -1 : 1)
  expect(stored.map(({ key, bodyHash, answered }) => ({ key, bodyHash, answered })).toSorted(byKey)).toEqual(expected.toSorted(byKey))
  const receipts = new Map(stored.map(({ key, answered: _, ...receipt }) => [key, receipt]))
  const keyOf = new Map(handedIn.map(({ seat, sheet }) => [seat, sheet.key]))
  for (const [seat, receipt] of all(devices)) expect(receipt).toEqual(receipts.get(keyOf.get(seat)!))
  expect(await Promise.all(devices.map((device) => device.kept()))).toEqual(devices.map(() => []))
  expect(devices.flatMap((device) => [...device.refusals])).toEqual([])
}

const faults: readonly (readonly [string, Partial<Fault>])[] = [
  ['drops after the server has committed, before its answer arrives', { back: 'lost' }],
  ['drops in the middle of the answer', { back: 'torn' }],
  ['drops in the middle of the sheet', { there: 'torn' }],
  ['drops before anything is sent', { there: 'lost' }],
  ['is late both ways', { there: 'late', back: 'late' }],
  ['carries 2 kB a second', { there: 'slow', back: 'slow' }],
  ['sends everything twice at once', { copies: 2 }],
  ['sends everything eight times at once and loses the answers', { copies: 8, back: 'lost' }],
  ['sends everything once more, much later', { echo: true }],
  ['ends at a login page that says 200', { there: 'portal' }],
  ['ends at a redirect to a login page', { there: 'redirect' }],
  ['ends at a login wall that says 403 in JSON, with a code', { there: 'refusal' }],
]

describe('REL-02: exactly once, and no false receipt, over a line that', () => {
  test.each(faults)('%s', async (_, fault) => {
    const line = await over(({ attempt }) => (attempt <= 2 ? { ...clean, ...fault } : clean))
    const handedIn = await pupils(each)
    const device = openDevice()
    for (const { sheet } of handedIn) await device.handIn(sheet)
    await untilReceived([device], each)
    await line.stop()
    await expectStoredOnce(handedIn, [device])
    for (const [place, what] of Object.entries(fault))
      if (place === 'there' || place === 'back') expect(line.met.get(`${place} ${what}`)).toBeGreaterThanOrEqual(each)
  })

  test('does all of this at random, under pages that are killed meanwhile', { timeout: 300_000 }, async () => {
    const line = await over(anything)
    const handedIn = await pupils(many)
    const devices = Array.from({ length: many / 3 }, openDevice) // shared computers: three pupils each
    await Promise.all(handedIn.map(({ sheet }, place) => devices[place % devices.length]!.handIn(sheet)))
    for (let round = 0; round < 5; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 150))
      await Promise.all(devices.filter((_, place) => place % 5 === round).map((device) => device.reopen()))
    }
    await vi.waitUntil(async () => (await Promise.all(devices.map((device) => device.kept()))).flat().length === 0, { timeout: 240_000 })
    await line.stop()
    await expectStoredOnce(handedIn, devices)
    expect(line.met.size).toBe(14) // every kind of fault was met
    console.log(
      `seed ${seed}: ${[...line.met]
        .map(([what, count]) => `${what} ${count}`)
        .toSorted()
        .join(', ')}`,
    )
  })
})

/** The same for the same seed, key and attempt, in whatever order they come. */
const anything: Plan = ({ key, attempt }) => {
  const random = seededRandom(createHash('sha256').update(`${seed} ${key} ${attempt}`).digest().readUInt32BE())
  const draw = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  return {
    there: draw(['whole', 'whole', 'whole', 'late', 'slow', 'torn', 'lost', 'portal', 'redirect']),
    copies: draw([1, 1, 2, 8]),
    echo: draw([true, false, false]),
    back: draw(['whole', 'late', 'slow', 'torn', 'lost']),
  }
}

/** Straight to the server. */
const post = async ({ sheet }: Pupil, body: Uint8Array<ArrayBuffer> | string) => {
  const type = typeof body === 'string' ? 'application/json' : 'application/vnd.tongxing.sealed'
  const headers = { authorization: `Bearer ${sheet.token}`, 'idempotency-key': sheet.key, 'content-type': type }
  const response = await throughFetch(`${school.address}/api/v1/pupil/submissions`, { method: 'POST', headers, body })
  return { status: response.status, body: await response.json() }
}

test('REL-02: eight identical posts at once all get the one receipt, however the sheet is wrapped', async () => {
  const [pupil] = await pupils(1)
  const sealed = bytesOf(pupil!.sheet.body)
  const answers = await Promise.all(Array.from({ length: 8 }, (_, place) => post(pupil!, place % 2 ? sealed : pupil!.plain)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ status: 201, body: { bodyHash: pupil!.hash } })
  expect(await school.stored([pupil!.sheet.key])).toHaveLength(1)
})

test('REL-02: a key that comes with another body is refused with 409, also in the company of the right one, and changes nothing', async () => {
  const [pupil] = await pupils(1)
  const other = pupil!.plain.replace('"gad7_1":0', '"gad7_1":3')
  expect(other).not.toBe(pupil!.plain)
  const first = await post(pupil!, pupil!.plain)
  const answers = await Promise.all(Array.from({ length: 8 }, (_, place) => post(pupil!, place % 2 ? other : pupil!.plain)))
  for (const [place, answer] of answers.entries())
    expect(answer).toMatchObject(place % 2 ? { status: 409, body: { code: 'submission.key-reused' } } : { status: 201, body: first.body })
  expect(await school.stored([pupil!.sheet.key])).toMatchObject([{ bodyHash: pupil!.hash, answered: pupil!.answered }])
})

test('REL-02: a sheet that was stored unheard and then erased on request is not stored again: 410, and the device forgets it', async () => {
  const [pupil] = await pupils(1)
  let erased = false
  await over(() => (erased ? clean : { ...clean, back: 'lost' }))
  const device = openDevice()
  await device.handIn(pupil!.sheet)
  await vi.waitUntil(async () => (await school.stored([pupil!.sheet.key])).length === 1, { timeout: 30_000 })
  await school.rows('update screening.receipt set erased_at = now() where idempotency_key = $1', [pupil!.sheet.key])
  erased = true
  await vi.waitUntil(async () => (await device.kept()).length === 0, { timeout: 30_000 })
  expect([...device.refusals]).toEqual([[pupil!.seat, 'submission.erased']])
  expect(all([device])).toEqual([])
  expect(await post(pupil!, pupil!.plain)).toMatchObject({ status: 410, body: { code: 'submission.erased' } })
})

test('a decline goes the same way, and is marked once however often it was sent', async () => {
  const unwilling = await pupils(each)
  await over(({ attempt }) => (attempt <= 3 * each ? { ...clean, copies: 8, back: 'lost' } : clean))
  const device = openDevice()
  const seatOf = ({ seat }: Pupil) => besideOf(seat, 'decline')
  for (const one of unwilling)
    await device.handIn({ ...one.sheet, to: 'decline', seat: seatOf(one), key: '', body: '{"turn":1}', sealed: false })
  await untilReceived([device], each)
  expect(await device.kept()).toEqual([])
  const marks = await school.rows<{ times: number }>(
    "select count(*)::int as times from screening.audit_event where action = 'seat.marked' group by subject_ids",
  )
  expect(marks).toEqual(Array(each).fill({ times: 1 }))
  expect(await school.rows("select 1 from screening.seat where absence = 'declined'")).toHaveLength(each)
})

test('SAF-12: answers so far go over the worst line too, and a risk answer among them is one flag', async () => {
  const risky = await pupils(each)
  await over(({ attempt }) => (attempt <= 3 * each ? { ...clean, copies: 8, back: 'lost' } : clean))
  const device = openDevice()
  for (const one of risky) {
    const { ended: _, ...body } = JSON.parse(one.plain.replace('"phq9_9":0', '"phq9_9":2'))
    const sealed = one.seal(JSON.stringify({ ...body, turn: 1, revision: 1 }))
    await device.handIn({ ...one.sheet, to: 'so-far', seat: besideOf(one.seat, 'so-far'), key: '', body: sealed })
  }
  await untilReceived([device], each)
  const flags = await school.rows<{ value: string }>(
    "select value from screening.flag where submission_id is null and kind = 'item' and seat_id in (select seat_id from screening.so_far)",
  )
  expect(flags).toEqual(Array(each).fill({ value: '2' }))
})

test('SAF-02: the wish to talk goes the same way: heard at last, and one flag however often it was sent', async () => {
  const wishing = await pupils(each)
  await over(({ attempt }) => (attempt <= 3 * each ? { ...clean, copies: 8, back: 'lost' } : clean))
  const device = openDevice()
  for (const { sheet } of wishing) {
    const body = JSON.stringify({ askedAt: '2026-03-02T00:59:00.000Z' })
    await device.handIn({ ...sheet, to: 'talk', seat: talkOf(sheet.seat), key: '', body, sealed: false })
  }
  await untilReceived([device], each)
  const shown = all([device]).map(([, receipt]) => receipt.submissionId)
  const flags = await school.rows<{ id: string }>("select id from screening.flag where kind = 'request'")
  expect(flags.map(({ id }) => id).toSorted()).toEqual(shown.toSorted())
  expect(flags).toHaveLength(each)
})

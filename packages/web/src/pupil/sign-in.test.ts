import { describe, expect, test } from 'vitest'
import type { SealedSheet, SheetRecord } from './keep/record.ts'
import { arrive } from './sign-in.ts'
import type { Reply, Seated } from './wire.ts'

const ticket = { locator: '9WZBH', code: '4F7K2Q' }
const seated = (token = 'token'): Seated => ({
  token,
  seat: { number: 7, initial: '安＊' },
  className: '七年级1班',
  schoolName: '测试学校',
  languages: ['zh-CN'],
  demo: false,
  battery: [],
  help: { contact: null },
  sealTo: '',
  turn: 1,
  soFar: null,
  anew: false,
})
const reply = (status: number, body: unknown): Reply => ({ status, body, retryAfter: 0 })
const down = reply(0, null)
const problem = (status: number, code: string) => reply(status, { code, detail: `says ${code}` })
const at = () => '2026-03-02T00:50:00.000Z'
const arriveWith = (answer: Reply, records: readonly SheetRecord[] = [], given = ticket) => arrive(given, records, async () => answer, at)

const opened = async (): Promise<SheetRecord> => {
  const arrival = await arriveWith(reply(200, seated()))
  if (arrival.kind !== 'record') throw new Error('no seat was opened')
  return arrival.record
}

describe('arriving with a code', () => {
  test('opens an empty sheet at the introduction, with a key of its own', async () => {
    const record = await opened()
    expect(record).toMatchObject({ state: 'open', seat: '9WZBH/7', sheet: { at: 0, startedAt: at() } })
  })

  test('REL-07: finds the sheet that is already on the device, also without a network or after the session was closed', async () => {
    const record = await opened()
    for (const answer of [down, problem(503, 'database.unavailable'), problem(409, 'session.not-open')])
      expect(await arriveWith(answer, [record])).toEqual({ kind: 'record', record })
  })

  test('after new codes the same seat goes on with its answers and the new token', async () => {
    const record = await opened()
    const arrival = await arriveWith(reply(200, seated('new')), [record], { locator: '9WZBH', code: 'NEWC0D' })
    expect(arrival).toEqual({
      kind: 'record',
      record: { ...record, ticket: { locator: '9WZBH', code: 'NEWC0D' }, revision: record.revision + 1, seated: seated('new') },
    })
  })

  const items = ['q1', 'q2', 'q3'].map((id) => ({ id, options: 'set' }))
  const battery = [
    {
      ...{ id: 'mood', version: '1.0.0', acronym: 'M', estimatedMinutes: 1, itemsPerPage: 1, texts: {}, risks: [], items },
      optionSets: { set: [0, 1].map((value) => ({ id: `o${value}`, value })) },
    },
  ]
  const soFar = (turn: number, answers: Readonly<Record<string, unknown>>) => ({
    turn,
    startedAt: '2026-03-02T00:40:00.000Z',
    sheets: [{ instrument: 'mood', version: '1.0.0', answers }],
  })
  const sittingDown = async (extra: Partial<Seated>, records: readonly SheetRecord[] = []) => {
    const arrival = await arriveWith(reply(200, { ...seated('new'), battery, ...extra }), records)
    if (arrival.kind !== 'record' || arrival.record.state !== 'open') throw new Error('no seat was opened')
    return { ...arrival, record: arrival.record }
  }

  test('a seat that was begun at another machine goes on at the first open question', async () => {
    const { record } = await sittingDown({ turn: 2, soFar: soFar(1, { q1: 1 }) })
    expect(record.sheet).toMatchObject({ given: [1, null, null], at: 3, startedAt: '2026-03-02T00:40:00.000Z' })
  })

  test('of two machines the later one is believed, and what only this one knows stays', async () => {
    const { record: first } = await sittingDown({ turn: 1 })
    const here = { ...first, sheet: { ...first.sheet, given: [0, 0, null], at: 4 } }
    const { record } = await sittingDown({ turn: 3, soFar: soFar(2, { q1: 1, q3: 'skipped' }) }, [here])
    expect(record.sheet).toMatchObject({ key: first.sheet.key, given: [1, 0, 'skipped'] })
    expect(record.seated.turn).toBe(3)
    const same = await sittingDown({ turn: 3, soFar: soFar(1, { q1: 1 }) }, [here])
    expect(same.record.sheet).toEqual(here.sheet)
  })

  test('after more than half a day she begins anew, when server and device agree; what she said before is still told', async () => {
    const { record: first } = await sittingDown({ turn: 1 })
    const answered = { ...first, sheet: { ...first.sheet, given: [1, null, null], at: 3 } }
    const [old, fresh] = ['2026-03-01T12:00:00.000Z', '2026-03-02T00:10:00.000Z'].map((time) => ({
      ...answered,
      touched: Date.parse(time),
    }))
    const again = await sittingDown({ turn: 2, anew: true }, [old!])
    expect(again.record.sheet).toMatchObject({ given: [null, null, null], at: 0 })
    expect(again.record.revision).toBe(old!.revision + 1)
    expect(again.left).toMatchObject({ sheet: { given: [1, null, null] }, seated: { token: 'new', turn: 0 } })
    for (const [records, anew] of [
      [[fresh!], true],
      [[old!], false],
    ] as const) {
      const on = await sittingDown({ turn: 2, anew }, records)
      expect([on.record.sheet.given, on.left]).toEqual([[1, null, null], undefined])
    }
  })

  test('a sealed sheet is not opened again: it is sent', async () => {
    const sealed: SealedSheet = {
      state: 'sealed',
      to: 'submissions',
      sealed: false,
      seat: '9WZBH/7',
      ticket,
      revision: 3,
      token: 'old',
      key: 'k',
      body: '{}',
      contact: null,
      demo: false,
    }
    const arrival = await arriveWith(reply(200, seated('new')), [sealed])
    expect(arrival).toEqual({ kind: 'record', record: { ...sealed, revision: 4, token: 'new', turn: 1 } }) // she sits here
    expect(await arriveWith(problem(409, 'session.already-submitted'), [sealed])).toEqual({ kind: 'record', record: sealed })
  })

  test('a wish to talk that waits on the device is no sheet: the pupil goes on with hers', async () => {
    const record = await opened()
    const wish: SealedSheet = {
      ...record,
      state: 'sealed',
      to: 'talk',
      sealed: false,
      seat: `${record.seat}/talk`,
      token: 't',
      key: '',
      body: '{}',
      contact: null,
      demo: false,
    }
    expect(await arriveWith(down, [wish, record])).toEqual({ kind: 'record', record })
    expect(await arriveWith(down, [wish])).toEqual({ kind: 'unreachable' })
    expect(await arriveWith(down, [{ ...wish, to: 'decline', seat: `${record.seat}/decline` }])).toEqual({ kind: 'unreachable' })
  })

  test('says what the server says, and tells a missing network from a strange answer', async () => {
    expect(await arriveWith(problem(401, 'session.code-wrong'))).toEqual({
      kind: 'refused',
      code: 'session.code-wrong',
      detail: 'says session.code-wrong',
    })
    expect(await arriveWith(down)).toEqual({ kind: 'unreachable' })
    expect(await arriveWith(reply(200, '<html>'))).toEqual({ kind: 'strange' })
  })

  test("another pupil's code never reaches the sheet of this one", async () => {
    const record = await opened()
    const other = { locator: '9WZBH', code: '000000' }
    expect(await arriveWith(down, [record], other)).toEqual({ kind: 'unreachable' })
    expect(await arriveWith(problem(401, 'session.code-wrong'), [record], other)).toMatchObject({ kind: 'refused' })
  })
})

// SEC-05: a pupil who said how far she is, is remembered; whether her token still speaks for her seat is asked again where her sheet is stored.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findPupil } from '../src/sessions/sign-in.ts'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  handIn,
  type OpenSession,
  openSession,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

let world: World
let school: School
let session: OpenSession
let nextSeat = 0

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 30)
  session = await openSession(world, school, await addStudy(world, [school, await addSchool(world, '乙校')]))
})
afterAll(() => world.close())

const sayProgress = (token: string) =>
  world.person().post('/pupil/progress', { at: 3, of: 16, now: 'answering' }, { authorization: `Bearer ${token}` })

/** A pupil whom the server remembers. */
const remembered = async () => {
  const seat = nextSeat++
  const { token } = await sit(world, session, seat)
  expect((await sayProgress(token)).status).toBe(204)
  return { seat, token, seatId: session.codes[seat]!.seatId }
}
const risky = () => sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } })
const storedOf = async (seatId: string) =>
  (
    await rowsOf<Record<'sheets' | 'receipts' | 'flags', number>>(
      world.administratorUrl,
      `select (select count(*)::int from screening.submission where seat_id = $1) as sheets,
        (select count(*)::int from screening.receipt where seat_id = $1) as receipts,
        (select count(*)::int from screening.flag where seat_id = $1) as flags`,
      [seatId],
    )
  )[0]
const nothing = { sheets: 0, receipts: 0, flags: 0 }

test('a remembered pupil hands in once, and her sheet sent again has the same receipt', async () => {
  const she = await remembered()
  const [first, again] = [await handIn(world, she.token, risky(), 'a'.repeat(16)), await handIn(world, she.token, risky(), 'a'.repeat(16))]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body).toEqual(first.body)
  expect(await storedOf(she.seatId)).toEqual({ sheets: 1, receipts: 1, flags: 1 })
})

test('SEC-05: a token that a new card has ended stores nothing, though its bearer is remembered; who came with it in a batch loses nothing', async () => {
  const pupils = [await remembered(), await remembered(), await remembered()] as const
  const { status } = await world.管理员.post(`/sessions/${session.sessionId}/seats/${pupils[1].seatId}/code`)
  expect(status).toBe(200)
  const answers = await Promise.all(pupils.map(({ token }) => handIn(world, token, risky())))
  expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual([
    [201, undefined],
    [401, 'session.seat-unknown'],
    [201, undefined],
  ])
  expect(await Promise.all(pupils.map(({ seatId }) => storedOf(seatId)))).toEqual([
    { sheets: 1, receipts: 1, flags: 1 },
    nothing,
    { sheets: 1, receipts: 1, flags: 1 },
  ])
})

test('SEC-05: a stopped sheet, and one of a seat that was heard before, are asked for their token too', async () => {
  const pupils = [await remembered(), await remembered()] as const
  const { ended: _, ...soFar } = risky()
  const said = { ...soFar, turn: 1, revision: 1 }
  await world.person().post('/pupil/so-far', said, { authorization: `Bearer ${pupils[1].token}` })
  expect((await sayProgress(pupils[1].token)).status).toBe(204)
  for (const { seatId } of pupils) await world.管理员.post(`/sessions/${session.sessionId}/seats/${seatId}/code`)
  const stopped = sheetBody({ 'phq-9': { phq9_9: 3 } }, 'stopped')
  const answers = [await handIn(world, pupils[0].token, stopped), await handIn(world, pupils[1].token, risky())]
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
  expect(await storedOf(pupils[0].seatId)).toEqual(nothing)
  expect(await storedOf(pupils[1].seatId)).toEqual({ ...nothing, flags: 1 })
})

test('SEC-05: a token whose days are over stores nothing, though its bearer is remembered', async () => {
  const she = await remembered()
  const before = world.now.value
  world.now.value = new Date(before.getTime() + 15 * 86_400_000)
  expect((await handIn(world, she.token, risky())).status).toBe(401)
  world.now.value = before
  expect(await storedOf(she.seatId)).toEqual(nothing)
})

test('SAF-12: what a remembered pupil said meanwhile is not raised again by her sheet, whichever was remembered', async () => {
  const she = await remembered()
  const headers = { authorization: `Bearer ${she.token}` }
  const { ended: _, ...soFar } = risky()
  const said = { ...soFar, turn: 1, revision: 1 }
  const [spoken] = await Promise.all([world.person().post('/pupil/so-far', said, headers), sayProgress(she.token)])
  expect(spoken.status).toBe(201)
  expect((await handIn(world, she.token, risky())).status).toBe(201)
  expect(await storedOf(she.seatId)).toEqual({ sheets: 1, receipts: 1, flags: 1 })
})

test('SEC-07: whoever is remembered is still held to what may be sent', async () => {
  const she = await remembered()
  const answer = await handIn(world, she.token, { ...risky(), sheets: [] })
  expect([answer.status, answer.body.code]).toEqual([400, 'submission.instruments-wrong'])
  expect(await storedOf(she.seatId)).toEqual(nothing)
  expect((await handIn(world, she.token, risky())).status).toBe(201)
})

test('SEC-05: nothing but a sheet is taken from somebody because she is remembered', async () => {
  const { ended: _, ...soFar } = risky()
  const others = {
    progress: { at: 4, of: 16, now: 'answering' },
    'so-far': { ...soFar, turn: 1, revision: 1 },
    talk: { askedAt: '2026-03-02T00:59:00.000Z' },
    decline: { turn: 1 },
  }
  for (const [path, body] of Object.entries(others)) {
    const she = await remembered()
    await world.管理员.post(`/sessions/${session.sessionId}/seats/${she.seatId}/code`)
    const { status } = await world.person().post(`/pupil/${path}`, body, { authorization: `Bearer ${she.token}` })
    expect([path, status]).toEqual([path, 401])
    expect(await storedOf(she.seatId)).toEqual(nothing)
  }
})

test('SEC-05: that a token has ended is said before what is wrong with what it brought, remembered or not', async () => {
  const wrong = [
    { ...risky(), sheets: [] },
    { ...risky(), more: 1 },
    { ...risky(), language: 'x'.repeat(30_000) },
  ]
  for (const body of wrong) {
    const she = await remembered()
    await world.管理员.post(`/sessions/${session.sessionId}/seats/${she.seatId}/code`)
    const answers = [await handIn(world, she.token, body), await handIn(world, she.token, body)]
    expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual([
      [401, 'session.seat-unknown'],
      [401, 'session.seat-unknown'],
    ])
  }
})

test('no more pupils are remembered than may be: the longest remembered is looked up again', async () => {
  const find = findPupil(world.db, world.context.clock, 2)
  const pupils = [await remembered(), await remembered(), await remembered()]
  const found = async (memory: 'kept' | 'used') => {
    const actors: Awaited<ReturnType<typeof find>>[] = []
    for (const { token } of pupils) actors.push(await find(token, memory)) // one after another
    return actors
  }
  const [kept, used] = [await found('kept'), await found('used')]
  expect(used).toEqual(kept)
  expect(used.map((actor, place) => actor === kept[place])).toEqual([false, true, true])
})

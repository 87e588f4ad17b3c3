// The proctor's board from the first seat to the reconciliation.
import { once } from 'node:events'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  consent,
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
let studyId: string
let session: OpenSession

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 8)
  studyId = await addStudy(world, [school, await addSchool(world, '乙校')])
  session = await openSession(world, school, studyId)
})
afterAll(() => world.close())

const path = () => `/sessions/${session.sessionId}`
const board = async () => (await world.管理员.get(path())).body
const seatAt = async (seat: number) => (await board()).seats[seat]
const seatId = (seat: number) => session.codes[seat]!.seatId
const asPupil = (token: string, act: 'progress' | 'decline', body?: unknown) =>
  world.person().post(`/pupil/${act}`, body, { authorization: `Bearer ${token}` })
const progress = (token: string, at: number, now = 'answering') => asPupil(token, 'progress', { at, of: 16, now })
const mark = (seat: number, absence: string | null) => world.管理员.post(`${path()}/seats/${seatId(seat)}/absence`, { absence })

test('the board shows how far each pupil is, who paused, and what is finished but not received, and no answer', async () => {
  const { token } = await sit(world, session, 0)
  expect((await progress(token, 5)).status).toBe(204)
  expect(await seatAt(0)).toMatchObject({
    state: 'started',
    progress: { at: 5, of: 16, paused: false },
    seenAt: world.now.value.toISOString(),
  })
  await progress(token, 5, 'paused')
  expect((await seatAt(0)).progress.paused).toBe(true)
  await progress(token, 16, 'finished')
  expect((await seatAt(0)).state).toBe('held')
  expect((await board()).counts).toMatchObject({ seats: 8, notStarted: 7, started: 0, held: 1 })
  await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { phq9_9: 3 } }))
  await progress(token, 3) // a word that comes late
  expect((await seatAt(0)).state).toBe('submitted')
  expect(JSON.stringify(await board())).not.toContain('phq9_9')
})

test('progress is a place among the questions and nothing else', async () => {
  const { token } = await sit(world, session, 1)
  for (const body of [
    { at: -1, of: 16, now: 'answering' },
    { at: 1, of: 16, now: 'done' },
    { at: 1, of: 16, now: 'paused', answers: {} },
  ])
    expect((await asPupil(token, 'progress', body)).status).toBe(400)
})

test('a pupil who does not want to take part is shown so, hands nothing in, and may change her mind', async () => {
  const { token } = await sit(world, session, 2)
  expect((await asPupil(token, 'decline', { turn: 1 })).status).toBe(201)
  expect((await seatAt(2)).state).toBe('declined')
  await sit(world, session, 2)
  expect((await seatAt(2)).state).toBe('started')
  await asPupil(token, 'decline', { turn: 3 })
})

test('an absent pupil is marked, the mark is taken back, and whoever comes after all is not absent', async () => {
  expect((await mark(3, 'absent')).body.seats[3].state).toBe('absent')
  expect((await mark(3, null)).body.seats[3].state).toBe('not-started')
  await mark(3, 'absent')
  await mark(4, 'absent')
  await sit(world, session, 4)
  expect((await seatAt(4)).state).toBe('started')
})

test('what was received bears no mark, and a seat of another session is not this one', async () => {
  expect(await mark(0, 'absent')).toMatchObject({ status: 409, body: { code: 'session.already-submitted' } })
  const strange = await world.管理员.post(`${path()}/seats/${world.context.ids()}/absence`, { absence: 'absent' })
  expect(strange).toMatchObject({ status: 404, body: { code: 'session.seat-not-found' } })
})

test('PRIV-05: a seat whose pupil was withdrawn before she began is no seat to be marked either', async () => {
  const pupil = async () =>
    (await rowsOf<{ id: string }>(world.administratorUrl, 'select participant_id id from screening.seat where id = $1', [seatId(6)]))[0]!.id
  await consent(world, school.classId, [await pupil()], 'screening', 'withdrawn')
  expect(await mark(6, 'absent')).toMatchObject({ status: 404, body: { code: 'session.seat-not-found' } })
  await consent(world, school.classId, [await pupil()], 'screening')
  expect((await mark(6, 'absent')).status).toBe(200)
})

test('a lost card is replaced for one seat: its old code ends and every other card stays good', async () => {
  const { codes } = (await world.管理员.post(`${path()}/seats/${seatId(5)}/code`)).body
  expect(codes).toEqual([expect.objectContaining({ seatId: seatId(5), number: 6 })])
  const typing = (code: string) => world.person().post('/pupil/sign-in', { locator: session.locator, code })
  expect((await typing(session.codes[5]!.code)).status).toBe(401)
  expect((await typing(codes[0].code)).status).toBe(200)
  expect((await typing(session.codes[6]!.code)).status).toBe(200)
  const received = await world.管理员.post(`${path()}/seats/${seatId(0)}/code`)
  expect(received).toMatchObject({ status: 409, body: { code: 'session.already-submitted' } })
})

test('a latecomer with consent gets a seat behind the others; without consent there is none, and nobody gets two', async () => {
  const add = async (name: string) =>
    (await world.管理员.post(`/classes/${school.classId}/participants`, { participants: [{ name, sex: 'male', birthDate: '2012-05-01' }] }))
      .body.participantIds[0] as string
  const [late, unasked] = [await add('测迟到'), await add('测未问')]
  await consent(world, school.classId, [late], 'screening')
  const { codes } = (await world.管理员.post(`${path()}/seats`)).body
  expect(codes).toEqual([expect.objectContaining({ number: 9, name: '测迟到' })])
  expect((await world.person().post('/pupil/sign-in', { locator: session.locator, code: codes[0].code })).status).toBe(200)
  expect((await world.管理员.post(`${path()}/seats`)).body.codes).toEqual([])
  expect(JSON.stringify(await board())).not.toContain(unasked)
})

test('two people who add latecomers at once give out each seat once', async () => {
  const participants = Array.from({ length: 4 }, (_, index) => ({ name: `测同时${index}`, sex: 'female', birthDate: '2012-05-01' }))
  const { participantIds } = (await world.管理员.post(`/classes/${school.classId}/participants`, { participants })).body
  await consent(world, school.classId, participantIds, 'screening')
  const answers = await Promise.all(Array.from({ length: 4 }, () => world.管理员.post(`${path()}/seats`)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(answers.flatMap(({ body }) => body.codes).map((card) => card.number)).toEqual([10, 11, 12, 13])
})

test('what happened in the room is noted, of a seat or of all', async () => {
  await world.管理员.post(`${path()}/notes`, { seatId: null, kind: 'noise', words: '楼上施工' })
  const { status, body } = await world.管理员.post(`${path()}/notes`, { seatId: seatId(6), kind: 'read-aloud', words: '' })
  expect(status).toBe(201)
  expect(body.notes).toEqual([
    expect.objectContaining({ seatId: null, kind: 'noise', words: '楼上施工' }),
    expect.objectContaining({ seatId: seatId(6), kind: 'read-aloud', words: '' }),
  ])
  const strange = await world.管理员.post(`${path()}/notes`, { seatId: world.context.ids(), kind: 'other', words: '' })
  expect(strange).toMatchObject({ status: 404, body: { code: 'session.seat-not-found' } })
})

test('REL-03: the reconciliation adds up, names who is missing, and has the receipt that the device was given', async () => {
  const { token } = await sit(world, session, 7)
  const receipt = (await handIn(world, token, sheetBody(quietSheets()))).body
  const { counts, missing, receipts } = (await world.管理员.get(`${path()}/reconciliation`)).body
  const { seats, ...parts } = counts
  expect(Object.values(parts as Record<string, number>).reduce((sum, count) => sum + count, 0)).toBe(seats)
  expect(counts).toMatchObject({ seats: 13, submitted: 2, absent: 1, declined: 1 })
  expect(missing).toHaveLength(counts.notStarted + counts.started + counts.held)
  expect(missing.map((seat: { name: string }) => seat.name)).toContain('测迟到')
  expect(receipts).toHaveLength(2)
  expect(receipts).toContainEqual({ ...receipt, seatId: seatId(7), number: 8 })
})

test('SAF-20: the look at the missing names is on record', async () => {
  const owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  const { rowCount } = await owner.query("select from screening.audit_event where details ->> 'reason' = 'reconciliation of a session'")
  await owner.end()
  expect(rowCount).toBe(1)
})

type Picture = { readonly seats: readonly { readonly state: string }[] }
/** A proctor whose board has just shown its first picture, and every picture that her stream tells. */
const watching = async (username: string, seconds: number) => {
  let cookie = ''
  const person = (own?: string) => {
    cookie = own ?? cookie
    return world.person(own)
  }
  const proctor = await colleague({ ...world, person }, username, 'proctor', school.schoolId)
  const url = `/api/v1${path()}/events?seconds=${seconds}`
  const stream = (await world.app.inject({ url, headers: { cookie }, payloadAsStream: true })).stream().setEncoding('utf8')
  const told: string[] = []
  const over = once(
    stream.on('data', (text: string) => told.push(text)),
    'end',
  )
  const seen = () => [...told.join('').matchAll(/^data: (.*)\n\n/gm)].map((match) => JSON.parse(match[1]!) as Picture)
  await vi.waitUntil(() => seen().length > 0)
  return { proctor, states: async (seat: number) => over.then(() => seen().map(({ seats }) => seats[seat]!.state)) }
}

test('the stream shows the board at once, again when it has changed, and not otherwise', async () => {
  const { states } = await watching('watching', 3)
  await mark(6, 'absent')
  expect(await states(6)).toEqual(['started', 'absent'])
  await mark(6, null)
})

test('a stream tells nothing more to somebody who has signed out', async () => {
  const { proctor, states } = await watching('leaving', 4)
  expect((await proctor.post('/sign-out')).status).toBe(204)
  await mark(6, 'absent')
  expect(await states(6)).toEqual(['started'])
  await mark(6, null)
})

test('new codes for all end the old ones, but a finished sheet that waits at a device still arrives', async () => {
  const { token } = await sit(world, session, 6)
  const midway = await sit(world, session, 4)
  await progress(token, 16, 'finished')
  expect((await world.管理员.post(`${path()}/codes`)).status).toBe(200)
  expect((await world.person().post('/pupil/sign-in', { locator: session.locator, code: session.codes[6]!.code })).status).toBe(401)
  expect((await handIn(world, midway.token, sheetBody(quietSheets()))).status).toBe(401)
  expect((await handIn(world, token, sheetBody(quietSheets()))).status).toBe(201)
})

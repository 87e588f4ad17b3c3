// SAF-02: a pupil who would like to talk to somebody, whatever else she answered.
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  handIn,
  type OpenSession,
  openSession,
  type Person,
  quietSheets,
  sheetBody,
  sit,
  type World,
} from './world.ts'

let world: World
let session: OpenSession
let 林老师: Person

beforeAll(async () => {
  world = await buildWorld()
  const school = await addSchool(world, '甲校', 4)
  session = await openSession(world, school, await addStudy(world, [school, await addSchool(world, '乙校')]))
  林老师 = await colleague(world, 'lin', 'counsellor', school.schoolId)
})
afterAll(() => world.close())

const askedAt = '2026-02-28T23:00:00.000Z'
const talk = (token: string, body: unknown = { askedAt }) => world.person().post('/pupil/talk', body, { authorization: `Bearer ${token}` })
const cases = async () => (await 林老师.get('/cases')).body.cases
const flagsOf = async (place: number) => (await 林老师.get(`/cases/${(await cases())[place].caseId}`)).body.flags

test('SAF-02: the wish to talk raises a flag of its own without any answer, due within a day, with both times', async () => {
  const { token } = await sit(world, session, 0)
  const { status, body } = await talk(token)
  expect(status).toBe(201)
  expect(await cases()).toHaveLength(1)
  const [flag] = await flagsOf(0)
  expect(flag).toMatchObject({
    flagId: body.requestId,
    kind: 'request',
    urgency: 'prompt',
    answeredAt: askedAt,
    raisedAt: body.receivedAt,
    reason: { 'zh-CN': '学生主动提出：想找人聊聊', en: 'The pupil says that she would like to talk to someone' },
  })
  expect(Date.parse(flag.dueAt) - Date.parse(flag.raisedAt)).toBe(24 * 60 * 60_000)
})

test('however often the device says so, also at once, it is one flag with one receipt', async () => {
  const { token } = await sit(world, session, 1)
  const answers = await Promise.all(Array.from({ length: 6 }, () => talk(token)))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201])
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(await cases()).toHaveLength(2)
})

test('it joins the flags of her sheet in one case, before the sheet or after it, and a quiet sheet does not take it away', async () => {
  const before = (await cases()).length
  const { token } = await sit(world, session, 2)
  await talk(token)
  await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } }))
  const late = await sit(world, session, 3)
  await handIn(world, late.token, sheetBody(quietSheets()))
  await talk(late.token)
  const queue = await cases()
  expect(queue).toHaveLength(before + 2)
  expect(queue[0]).toMatchObject({ urgency: 'immediate', flags: { open: 2, total: 2 } })
  expect(queue.flatMap((one: { reasons: readonly { en: string }[] }) => one.reasons.map(({ en }) => en))).toContain(
    'The pupil says that she would like to talk to someone',
  )
})

test('the flag is reviewed like any other, and its case closes when it was the only one', async () => {
  const queue = await cases()
  const place = queue.findIndex((one: { flags: { total: number } }) => one.flags.total === 1)
  const [flag] = await flagsOf(place)
  const reviewed = await 林老师.post(`/flags/${flag.flagId}/review`, { decision: 'confirmed', reason: 'we talked this afternoon' })
  expect(reviewed).toMatchObject({ status: 201, body: { kind: 'request', review: { decision: 'confirmed' } } })
  expect(await cases()).toHaveLength(queue.length - 1)
})

test('SAF-02: who asks again after the first wish was looked at is not passed over, and the old word of the device stays the old wish', async () => {
  const { token } = await sit(world, session, 1)
  const first = (await talk(token)).body
  const again = { askedAt: '2026-03-02T00:58:00.000Z' }
  expect((await talk(token, again)).body).toEqual(first) // she is waited for already
  await 林老师.post(`/flags/${first.requestId}/review`, { decision: 'dismissed', reason: 'she says that it was a slip' })
  const before = (await cases()).length
  expect((await talk(token)).body).toEqual(first)
  expect(await cases()).toHaveLength(before)
  const answers = await Promise.all([talk(token, again), talk(token, again)])
  expect(answers.map(({ status }) => status)).toEqual([201, 201])
  expect(answers[0]!.body).toEqual(answers[1]!.body)
  expect(answers[0]!.body.requestId).not.toBe(first.requestId)
  expect(await cases()).toHaveLength(before + 1)
})

test('SAF-16: it is no concern of the proctor', async () => {
  const board = (await world.管理员.get(`/sessions/${session.sessionId}`)).body
  expect(JSON.stringify(board)).not.toMatch(/request|talk|flag/)
})

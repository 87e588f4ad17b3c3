// SAF-12, law 2: what a pupil has answered is heard before she hands it in, once, and another machine goes on where she stopped.
import { afterAll, beforeAll, expect, test } from 'vitest'
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
  type Person,
  quietSheets,
  type School,
  sheetBody,
  type World,
} from './world.ts'

let world: World
let school: School
let session: OpenSession
let 林老师: Person

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 9)
  session = await openSession(world, school, await addStudy(world, [school, await addSchool(world, '乙校')]))
  林老师 = await colleague(world, 'lin', 'counsellor', school.schoolId)
})
afterAll(() => world.close())

type Answers = Readonly<Record<string, unknown>>
const signIn = async (seat: number) =>
  (await world.person().post('/pupil/sign-in', { locator: session.locator, code: session.codes[seat]!.code })).body
const bodyOf = (answers: Answers, turn: number, revision: number) => {
  const { ended: _, ...body } = sheetBody({ 'phq-9': { ...answers } })
  return { ...body, turn, revision }
}
const say = (token: string, answers: Answers, turn = 1, revision = 1) =>
  world.person().post('/pupil/so-far', bodyOf(answers, turn, revision), { authorization: `Bearer ${token}` })
const rows = <Row>(statement: string, values: readonly unknown[] = []) => rowsOf<Row>(world.administratorUrl, statement, values)
const flagsOf = (seat: number) =>
  rows<{ rule: string; value: string; submission_id: string | null; case_id: string | null }>(
    'select rule, value, submission_id, case_id from screening.flag where seat_id = $1 order by raised_at, value, rule',
    [session.codes[seat]!.seatId],
  )
const values = async (seat: number) => (await flagsOf(seat)).map(({ rule, value }) => `${rule} ${value}`)

test('SAF-12: a risk answer of a sheet that is never handed in raises its flag at once, in an open case, with its audit row', async () => {
  const { token } = await signIn(0)
  expect(await say(token, { phq9_1: 1, phq9_9: 2 })).toMatchObject({ status: 201, body: { receivedAt: world.now.value.toISOString() } })
  const [flag] = await flagsOf(0)
  expect(flag).toMatchObject({ value: '2', submission_id: null })
  expect(flag!.case_id).not.toBeNull()
  expect(await flagsOf(0)).toHaveLength(1) // nothing is raised of questions that are not answered yet, and no sum of half a sheet
  const [audit] = await rows<{ count: number }>("select count(*)::int as count from screening.audit_event where action = 'flag.raised'")
  expect(audit!.count).toBe(1)
  const { cases } = (await 林老师.get('/cases')).body
  const [shown] = (await 林老师.get(`/cases/${cases[0].caseId}`)).body.flags
  expect(shown).toMatchObject({ urgency: 'immediate', unfinished: true, answeredAt: '2026-03-02T00:59:00.000Z' })
})

test('SAF-12: the same flag is not doubled, however often it is said and when the finished sheet arrives, which it then belongs to', async () => {
  const { token } = await signIn(1)
  await Promise.all(Array.from({ length: 6 }, () => say(token, { phq9_9: 1 })))
  await say(token, { phq9_9: 1, phq9_1: 0 }, 1, 2)
  const before = await values(1)
  expect(before).toHaveLength(1)
  const { submissionId } = (await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 1 } })))
    .body
  expect(await values(1)).toEqual(before)
  expect((await flagsOf(1))[0]!.submission_id).toBe(submissionId)
  expect(await rows('select 1 from screening.so_far where seat_id = $1', [session.codes[1]!.seatId])).toEqual([])
})

test('SAF-14: a later answer lowers and deletes nothing, and another value is a flag of its own', async () => {
  const { token } = await signIn(2)
  await say(token, { phq9_9: 1 }, 1, 1)
  await say(token, { phq9_9: 3 }, 1, 2)
  await say(token, { phq9_9: 0 }, 1, 3)
  const raised = (await flagsOf(2)).map(({ value }) => value)
  expect(raised).toEqual(['1', '3'])
  const { cases } = (await 林老师.get('/cases')).body
  const shown = await Promise.all(cases.map(async (one: { caseId: string }) => (await 林老师.get(`/cases/${one.caseId}`)).body.flags))
  expect(shown.flat().find((flag: { value: string }) => flag.value === '3')).toMatchObject({ before: { value: '1' }, unfinished: true })
  await handIn(world, token, sheetBody(quietSheets()))
  expect((await flagsOf(2)).map(({ value }) => value)).toEqual(['1', '3'])
  expect((await flagsOf(2)).every(({ submission_id }) => submission_id !== null)).toBe(true)
})

test('SAF-02: a question that is skipped or not reached says nothing before the sheet is handed in, and then it does', async () => {
  const { token } = await signIn(3)
  await say(token, { phq9_1: 0, phq9_9: 'skipped' })
  expect(await flagsOf(3)).toEqual([])
  const { phq9_9: _, ...rest } = quietSheets()['phq-9']!
  await handIn(world, token, sheetBody({ 'phq-9': rest }, 'stopped'))
  expect((await flagsOf(3)).map(({ value }) => value)).toEqual(['not_reached'])
})

test('law 2: what arrives after the finished sheet is not kept, but heard beside it', async () => {
  const { token } = await signIn(4)
  await handIn(world, token, sheetBody(quietSheets()))
  expect((await say(token, { phq9_9: 2 })).status).toBe(201)
  const [flag] = await flagsOf(4)
  expect(flag).toMatchObject({ value: '2' })
  expect(flag!.submission_id).not.toBeNull()
  expect(await rows('select 1 from screening.so_far where seat_id = $1', [session.codes[4]!.seatId])).toEqual([])
})

test('another machine is given what was answered so far, and of two machines the later one is believed; the earlier is still heard', async () => {
  const first = await signIn(5)
  expect(first).toMatchObject({ turn: 1, soFar: null, anew: false })
  await say(first.token, { phq9_1: 2, phq9_2: 'skipped' }, first.turn, 7)
  await say(first.token, { phq9_1: 1 }, first.turn, 6) // overtaken on its way
  const second = await signIn(5)
  const answers = { phq9_1: 2, phq9_2: 'skipped' }
  expect(second).toMatchObject({ turn: 2, anew: false, soFar: { turn: 1, startedAt: '2026-03-02T00:50:00.000Z' } })
  expect(second.soFar.sheets[0]).toMatchObject({ instrument: 'phq-9', version: '1.0.0', answers })
  await say(second.token, { ...answers, phq9_3: 1 }, second.turn, 1)
  await say(first.token, { phq9_1: 3, phq9_9: 2 }, first.turn, 99)
  const third = await signIn(5)
  expect(third.soFar).toMatchObject({ turn: 2 })
  expect(third.soFar.sheets[0].answers).toEqual({ ...answers, phq9_3: 1 })
  expect((await flagsOf(5)).map(({ value }) => value)).toEqual(['2'])
})

test('the reconciliation says of a missing seat how many answers were received, and no answer', async () => {
  const { missing } = (await world.管理员.get(`/sessions/${session.sessionId}/reconciliation`)).body
  const of = (seat: number) => missing.find((one: { seatId: string }) => one.seatId === session.codes[seat]!.seatId)
  expect(of(5)).toMatchObject({ state: 'started', soFar: { answered: 2, asked: 16 } })
  expect(of(7)).toMatchObject({ state: 'not-started', soFar: null })
  expect(JSON.stringify(missing)).not.toContain('phq9')
})

test('SAF-12: the outline names the answers that a device hands in at once, and neither rule, urgency nor sentence', async () => {
  const { battery } = await signIn(5)
  expect(battery[0].risks).toEqual([{ item: 'phq9_9', from: 1, to: 3 }])
  expect(JSON.stringify(battery)).not.toMatch(/urgen|immediate/)
})

test('a decline counts once, for the sign-in at which it was said, however late it comes', async () => {
  const decline = (token: string, turn: number) => world.person().post('/pupil/decline', { turn }, { authorization: `Bearer ${token}` })
  const stateOf = async () => (await world.管理员.get(`/sessions/${session.sessionId}`)).body.seats[6].state
  const { token, turn } = await signIn(6)
  expect((await decline(token, turn)).status).toBe(201)
  expect(await stateOf()).toBe('declined')
  const path = `/sessions/${session.sessionId}/seats/${session.codes[6]!.seatId}/absence`
  await world.管理员.post(path, { absence: null })
  expect((await decline(token, turn)).status).toBe(201) // the same word again
  expect(await stateOf()).toBe('started')
  await signIn(6)
  expect((await decline(token, turn)).status).toBe(201)
  expect(await stateOf()).toBe('started')
  const marks = await rows("select 1 from screening.audit_event where action = 'seat.marked' and actor = 'pupil'")
  expect(marks).toHaveLength(1)
})

test('PRIV-05: a withdrawal forgets what was answered so far, and the page that is still open is heard and not kept', async () => {
  const { token, turn } = await signIn(6)
  const kept = () => rows('select 1 from screening.so_far where seat_id = $1', [session.codes[6]!.seatId])
  await say(token, { phq9_1: 1 }, turn)
  expect(await kept()).toHaveLength(1)
  const [seat] = await rows<{ participant_id: string }>('select participant_id from screening.seat where id = $1', [
    session.codes[6]!.seatId,
  ])
  expect((await consent(world, school.classId, [seat!.participant_id], 'screening', 'withdrawn')).status).toBeLessThan(300)
  expect(await kept()).toEqual([])
  expect((await say(token, { phq9_1: 1, phq9_9: 2 }, turn, 2)).status).toBe(201)
  expect(await kept()).toEqual([])
  expect((await flagsOf(6)).map(({ value }) => value)).toEqual(['2'])
  await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } }))
  const [flag] = await flagsOf(6)
  const { flags } = (await 林老师.get(`/cases/${flag!.case_id}`)).body
  expect(flags.map(({ unfinished }: { unfinished: boolean }) => unfinished)).toEqual([false]) // it is handed in, though nothing was kept to link it by
})

test('law 2: who begins anew on another day and says it again, after somebody looked at the first, is heard again', async () => {
  const now = world.now.value
  const first = await signIn(8)
  await say(first.token, { phq9_9: 3 }, first.turn)
  const [flag] = await rows<{ id: string }>('select id from screening.flag where seat_id = $1', [session.codes[8]!.seatId])
  expect((await 林老师.post(`/flags/${flag!.id}/review`, { decision: 'dismissed', reason: 'talked with her' })).status).toBe(201)
  await say(first.token, { phq9_1: 1, phq9_9: 3 }, first.turn, 2) // the same sitting, to which she was spoken
  expect(await flagsOf(8)).toHaveLength(1)
  world.now.value = new Date('2026-03-04T01:00:00Z')
  const second = await signIn(8)
  expect(second.anew).toBe(true)
  const times = { startedAt: '2026-03-04T00:50:00.000Z', finishedAt: '2026-03-04T00:59:00.000Z' }
  for (const revision of [1, 2])
    await world
      .person()
      .post('/pupil/so-far', { ...bodyOf({ phq9_9: 3 }, second.turn, revision), ...times }, { authorization: `Bearer ${second.token}` })
  expect((await flagsOf(8)).map(({ value }) => value)).toEqual(['3', '3'])
  const states = await rows(
    'select state from screening.care_case k join screening.flag f on f.case_id = k.id where f.seat_id = $1 order by 1',
    [session.codes[8]!.seatId],
  )
  expect(states).toEqual([{ state: 'open' }, { state: 'reviewed' }])
  await rows('delete from screening.so_far where seat_id = $1', [session.codes[8]!.seatId])
  world.now.value = now
})

test('answers that are no answers, of another battery or of more than 20 kB are refused, and nothing is kept', async () => {
  const { token, turn } = await signIn(7)
  expect(await say(token, { phq9_9: 9 }, turn)).toMatchObject({ status: 400, body: { code: 'submission.answers-wrong' } })
  const foreign = { ...bodyOf({}, turn, 1), sheets: [{ instrument: 'sdq', version: '1.0.0', answers: {} }] }
  const strange = await world.person().post('/pupil/so-far', foreign, { authorization: `Bearer ${token}` })
  expect(strange).toMatchObject({ status: 400, body: { code: 'submission.instruments-wrong' } })
  expect(await say(token, { phq9_1: 'x'.repeat(21_000) }, turn)).toMatchObject({ status: 413 })
  expect(await rows('select 1 from screening.so_far where seat_id = $1', [session.codes[7]!.seatId])).toEqual([])
})

test('SAF-12: a sheet on paper takes the place of what was answered so far, and its flag is the one that stands already', async () => {
  const seatId = session.codes[5]!.seatId
  expect((await flagsOf(5)).map(({ value, submission_id }) => [value, submission_id])).toEqual([['2', null]])
  const { sheets, language } = sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } })
  const keyed = await world.管理员.post(`/sessions/${session.sessionId}/seats/${seatId}/paper`, {
    answeredOn: '2026-03-02',
    language,
    sheets,
  })
  expect(keyed.status).toBe(201)
  expect((await flagsOf(5)).map(({ value, submission_id }) => [value, submission_id])).toEqual([['2', keyed.body.receipt.submissionId]])
  expect(await rows('select 1 from screening.so_far where seat_id = $1', [seatId])).toEqual([])
})

test('answers of a sheet that is never handed in are forgotten after fourteen days, and the flag stands', async () => {
  const left = () => rows('select 1 from screening.so_far')
  const close = async () => {
    expect((await world.管理员.post(`/sessions/${session.sessionId}/close`)).status).toBe(200)
    await rows("update screening.session set state = 'open' where id = $1", [session.sessionId])
  }
  await close()
  expect((await left()).length).toBeGreaterThan(0)
  await rows("update screening.so_far set received_at = received_at - interval '14 days 1 second'")
  await close()
  expect(await left()).toEqual([])
  expect((await flagsOf(0)).map(({ value }) => value)).toEqual(['2'])
})

test('what lies more than twelve hours back is not gone on with: the pupil begins anew, and the flag stands', async () => {
  const { token, turn } = await signIn(7)
  await say(token, { phq9_1: 1, phq9_9: 3 }, turn)
  world.now.value = new Date(world.now.value.getTime() + 12 * 3_600_000 + 1)
  expect(await signIn(7)).toMatchObject({ soFar: null, anew: true })
  const again = await signIn(7)
  expect(again).toMatchObject({ soFar: null, anew: true }) // also when she closes the page before the first answer
  await say(again.token, { phq9_9: 2 }, 0) // what the device still had of the day before
  expect((await signIn(7)).soFar).toBeNull()
  await say(again.token, { phq9_1: 0 }, again.turn)
  expect((await signIn(7)).soFar.sheets[0].answers).toEqual({ phq9_1: 0 })
  expect((await flagsOf(7)).map(({ value }) => value)).toEqual(['3', '2'])
})

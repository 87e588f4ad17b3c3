// Who is heard of a pupil whose sheet never comes, and which sheet stands of one who sat at two machines.
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
  type World,
} from './world.ts'

let world: World
let school: School
let session: OpenSession

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 8)
  session = await openSession(world, school, await addStudy(world, [school, await addSchool(world, '乙校')]))
})
afterAll(() => world.close())

type Answers = Readonly<Record<string, unknown>>
const signIn = async (seat: number) =>
  (await world.person().post('/pupil/sign-in', { locator: session.locator, code: session.codes[seat]!.code })).body
const say = (token: string, turn: number, answers: Answers) => {
  const { ended: _, ...body } = sheetBody({ 'phq-9': { ...answers } })
  return world.person().post('/pupil/so-far', { ...body, turn, revision: 1 }, { authorization: `Bearer ${token}` })
}
const rows = <Row>(statement: string, seat: number) => rowsOf<Row>(world.administratorUrl, statement, [session.codes[seat]!.seatId])
const flagsOf = async (seat: number) =>
  (
    await rows<{ kind: string; value: string; case_id: string; submission_id: string | null }>(
      'select kind, value, case_id, submission_id from screening.flag where seat_id = $1 order by value',
      seat,
    )
  ).map((flag) => ({ ...flag, case_id: flag.case_id !== null, submission_id: flag.submission_id !== null }))
const sheetsOf = (seat: number) => rows<{ ended: string }>('select ended from screening.submission where seat_id = $1', seat)
const whole = (item9 = 0) => sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: item9 } })
const stopped = (answers: Answers) => sheetBody({ 'phq-9': { ...answers } }, 'stopped')
const key = () => randomBytes(16).toString('hex')
const give = ({ token, turn }: { token: string; turn: unknown }, body: unknown) => {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key(), 'x-turn': String(turn) }
  return world.person().post('/pupil/submissions', body, headers)
}

test('a stopped sheet of the machine that a pupil has left does not stand in the way of the one where she sits, and is heard and kept', async () => {
  const [first, second] = [await signIn(0), await signIn(0)]
  const left = await give(first, stopped({ phq9_1: 1, phq9_9: 2 }))
  expect(left).toMatchObject({ status: 410, body: { code: 'session.went-on-elsewhere' } }) // the device lets go of it
  expect(await flagsOf(0)).toEqual([{ kind: 'item', value: '2', case_id: true, submission_id: false }])
  const third = await signIn(0)
  expect(third.soFar.sheets[0].answers).toEqual({ phq9_1: 1, phq9_9: 2 }) // she may go on with it
  expect((await give(second, whole())).status).toBe(201) // finished counts, wherever it was
  expect(await sheetsOf(0)).toEqual([{ ended: 'finished' }])
  expect(await flagsOf(0)).toEqual([{ kind: 'item', value: '2', case_id: true, submission_id: true }])
})

test('what the machine where she sits has said since is not replaced by what the other had', async () => {
  const [first, second] = [await signIn(1), await signIn(1)]
  await say(second.token, second.turn, { phq9_1: 2 })
  expect((await give(first, stopped({ phq9_1: 1 }))).status).toBe(410)
  expect((await signIn(1)).soFar.sheets[0].answers).toEqual({ phq9_1: 2 })
})

test('a stopped sheet of the machine where she sits is her sheet, and so is one of an older page that does not say', async () => {
  const [, second] = [await signIn(2), await signIn(2)]
  expect((await give(second, stopped({ phq9_1: 1 }))).status).toBe(201)
  const [older] = [await signIn(3), await signIn(3)]
  expect((await handIn(world, older.token, stopped({ phq9_1: 1 }))).status).toBe(201)
  expect((await give({ ...(await signIn(7)), turn: 'x' }, stopped({ phq9_1: 1 }))).status).toBe(201)
})

test('of a stopped and a finished sheet that arrive together the finished one stands', async () => {
  const [first, second] = [await signIn(4), await signIn(4)]
  const answers = await Promise.all([give(first, stopped({ phq9_1: 1 })), give(second, whole())])
  expect(answers[1]!.status).toBe(201)
  expect([409, 410]).toContain(answers[0]!.status)
  expect(await sheetsOf(4)).toEqual([{ ended: 'finished' }])
  expect(await rows('select 1 from screening.so_far where seat_id = $1', 4)).toEqual([])
})

test('SAF-02: a session is closed and a risk question that was passed over on purpose is heard, once, though its sheet never comes', async () => {
  const skipping = await signIn(5)
  const unasked = await signIn(6)
  await say(skipping.token, skipping.turn, { phq9_1: 1, phq9_9: 'declined' })
  await say(unasked.token, unasked.turn, { phq9_1: 1 })
  expect(await flagsOf(5)).toEqual([])
  const audited = async () =>
    (
      await rowsOf<{ n: number }>(world.administratorUrl, "select count(*)::int n from screening.audit_event where action = 'flag.raised'")
    )[0]!.n
  const before = await audited()
  expect((await world.管理员.post(`/sessions/${session.sessionId}/close`)).status).toBe(200)
  expect(await flagsOf(5)).toEqual([{ kind: 'unanswered', value: 'declined', case_id: true, submission_id: false }])
  expect(await flagsOf(6)).toEqual([]) // never reached
  expect((await audited()) - before).toBe(1)
  const { phq9_9: _, ...rest } = whole().sheets[0]!.answers
  expect((await give(skipping, stopped({ ...rest, phq9_9: 'declined' }))).status).toBe(201)
  expect(await flagsOf(5)).toEqual([{ kind: 'unanswered', value: 'declined', case_id: true, submission_id: true }])
})

import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { wrongCodeCap } from '../src/sessions/rules.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  consent,
  ensureDuty,
  handIn,
  join,
  type OpenSession,
  open,
  openSession,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }) // a busy machine is no failure

let world: World
let owner: Client
let studyId: string
let schools: School[]
let session: OpenSession

beforeAll(async () => {
  world = await buildWorld()
  owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  schools = [await addSchool(world, '甲校', 60), await addSchool(world, '乙校', 5)]
  studyId = await addStudy(world, schools)
  session = await openSession(world, schools[0]!, studyId)
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const typing = (locator: string, code: string) => world.person().post('/pupil/sign-in', { locator, code })

test('a roster keeps the order in which it was written, and so do the seats', async () => {
  const { participants } = (await world.管理员.get(`/classes/${schools[0]!.classId}/participants`)).body
  expect(participants.map((p: { participantId: string }) => p.participantId)).toEqual(schools[0]!.participantIds)
  expect(session.codes.map((card) => Number(card.name.slice(2)))).toEqual(Array.from({ length: 60 }, (_, index) => index))
})

test('SEC-05: sixty pupils behind one address, each mistyping three times, are all let in', async () => {
  const seats = [...session.codes.keys()]
  await Promise.all(
    seats.map(async (seat) => {
      for (const attempt of ['AAAAAA', 'BBBBBB', 'CCCCCC']) expect((await typing(session.locator, attempt)).status).toBe(401)
      expect((await typing(session.locator, session.codes[seat]!.code)).status).toBe(200)
    }),
  )
})

test('SEC-05: what a pupil means is read: small letters, O for 0, L for 1, spaces and hyphens', async () => {
  const typed = session.codes[0]!.code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
  expect((await typing(` ${session.locator.toLowerCase()} `, `${typed.slice(0, 3)}-${typed.slice(3)}`)).status).toBe(200)
})

test('SEC-05: codes are hashed at rest, differ within a session, and are dead elsewhere', async () => {
  const { rows } = await owner.query('select code_hash, token_hash from screening.seat')
  const stored = JSON.stringify(rows)
  for (const { code } of session.codes) expect(stored).not.toContain(code)
  expect(new Set(session.codes.map((card) => card.code)).size).toBe(60)
  const other = await openSession(world, schools[1]!, studyId)
  expect(await typing(other.locator, session.codes[0]!.code)).toMatchObject({ status: 401, body: { code: 'session.code-wrong' } })
  expect(await typing('ZZZZZ', session.codes[0]!.code)).toMatchObject({ status: 401, body: { code: 'session.code-wrong' } })
})

test('SEC-05: a session bears a capped number of wrong codes, then new codes free it; who sits already is not disturbed', async () => {
  const guessed = await openSession(world, schools[1]!, studyId, 'post')
  const seated = await sit(world, guessed, 0)
  const cap = wrongCodeCap(5)
  for (let tried = 0; tried < cap; tried += 1) expect((await typing(guessed.locator, 'AAAAAA')).status).toBe(401)
  expect(await typing(guessed.locator, guessed.codes[1]!.code)).toMatchObject({
    status: 429,
    body: { code: 'session.too-many-wrong-codes' },
  })
  expect((await handIn(world, seated.token, sheetBody(quietSheets()))).status).toBe(201)
  const { codes } = (await world.管理员.post(`/sessions/${guessed.sessionId}/codes`)).body
  expect(codes).toHaveLength(4)
  expect((await typing(guessed.locator, codes[0].code)).status).toBe(200)
  expect((await typing(guessed.locator, guessed.codes[1]!.code)).status).toBe(401)
})

test('SEC-05: a code opens nothing before the session is opened and after it is closed; a closed session still takes sheets', async () => {
  const late = await addSchool(world, '丙校', 2)
  const own = await addStudy(world, [late, schools[1]!], 'late')
  const { body } = await world.管理员.post('/sessions', { classId: late.classId, studyId: own, wave: 'baseline' })
  const [first, second] = body.codes
  expect(await typing(body.locator, first.code)).toMatchObject({ status: 409, body: { code: 'session.not-open' } })
  await ensureDuty(world, late.schoolId)
  await open(world.管理员, body.id)
  const { token } = (await typing(body.locator, first.code)).body
  await world.管理员.post(`/sessions/${body.id}/close`)
  expect(await typing(body.locator, second.code)).toMatchObject({ status: 409, body: { code: 'session.not-open' } })
  expect((await handIn(world, token, sheetBody(quietSheets()))).status).toBe(201)
  const { counts } = (await world.管理员.get(`/sessions/${body.id}`)).body
  expect(counts).toEqual({ seats: 2, notStarted: 1, started: 0, held: 0, submitted: 1, stopped: 0, absent: 0, declined: 0 })
})

test('a second device on the same seat may not undo what the first has handed in', async () => {
  const [first, second] = [await sit(world, session, 10), await sit(world, session, 10)]
  expect(second.token).toBe(first.token)
  const racing = await Promise.all([
    handIn(world, first.token, sheetBody(quietSheets())),
    ...Array.from({ length: 6 }, () => typing(session.locator, session.codes[10]!.code)),
  ])
  expect(racing[0]!.status).toBe(201)
  const seat = (await world.管理员.get(`/sessions/${session.sessionId}`)).body.seats[10]
  expect(seat.state).toBe('submitted')
})

test('PRIV-05: a pupil whose guardian withdraws after the cards were printed cannot begin, and nobody is told why', async () => {
  const school = schools[0]!
  await consent(world, school.classId, [school.participantIds[20]!], 'screening', 'withdrawn')
  expect(await typing(session.locator, session.codes[20]!.code)).toMatchObject({ status: 409, body: { code: 'session.seat-withdrawn' } })
})

test('PRIV-03: a pupil who said herself that she does not want to be screened has no seat, and cannot begin in one made before', async () => {
  const school = await addSchool(world, '申校', 3)
  const own = await addStudy(world, [school, schools[1]!], 'assented')
  const refuse = (seat: number) => consent(world, school.classId, [school.participantIds[seat]!], 'screening', 'refused', 'pupil')
  await refuse(0)
  const made = await openSession(world, school, own)
  expect(made.codes.map((card) => card.name)).toEqual(['测乙1', '测丙2'])
  await refuse(1)
  expect(await typing(made.locator, made.codes[0]!.code)).toMatchObject({ status: 409, body: { code: 'session.seat-withdrawn' } })
  expect((await typing(made.locator, made.codes[1]!.code)).status).toBe(200)
})

test('a session seats whom the guardian consented for, and a class without consent gets none', async () => {
  const school = await addSchool(world, '丁校', 3)
  const own = await addStudy(world, [school, schools[1]!], 'consented')
  const refuse = (ids: readonly string[]) => consent(world, school.classId, ids, 'screening', 'refused')
  await refuse(school.participantIds)
  const wish = { classId: school.classId, studyId: own, wave: 'baseline' }
  expect(await world.管理员.post('/sessions', wish)).toMatchObject({ status: 409, body: { code: 'session.no-seats' } })
  await consent(world, school.classId, [school.participantIds[1]!], 'screening')
  const { codes } = (await world.管理员.post('/sessions', wish)).body
  expect(codes.map((card: { name: string }) => card.name)).toEqual(['测乙1'])
  expect(await world.管理员.post('/sessions', wish)).toMatchObject({ status: 409, body: { code: 'session.exists' } })
})

test('two sessions never share a locator, even when the dice fall the same', async () => {
  const school = await addSchool(world, '戊校', 1)
  const own = await addStudy(world, [school, schools[1]!], 'locators')
  const { random } = world.context
  const taken = Buffer.from([...session.locator].map((letter) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter)))
  const dice = [taken, taken, Buffer.from([1, 2, 3, 4, 5])]
  Object.assign(world.context, { random: (bytes: number) => (bytes === 5 ? dice.shift()! : random(bytes)) })
  const { body } = await world.管理员.post('/sessions', { classId: school.classId, studyId: own, wave: 'baseline' })
  Object.assign(world.context, { random })
  expect(body.locator).toBe('12345')
})

test('PRIV-13: a roster that cannot be taken in is told by row, never by name, number or date', async () => {
  const { classId } = schools[1]!
  const pupil = (studentNumber: string, birthDate = '2013-05-09') => ({ name: '金丝雀', studentNumber, sex: 'male', birthDate })
  const add = (...participants: unknown[]) => world.管理员.post(`/classes/${classId}/participants`, { participants })
  const answers = [
    await add(pupil('N1'), pupil('乙校0')),
    await add(pupil('N2'), pupil('N3'), pupil('N2')),
    await add(pupil('N4'), pupil('N5', '1971-02-03')),
  ]
  expect(answers.map(({ body }) => [body.code, body.parameters])).toEqual([
    ['participant.student-number-taken', { row: 2 }],
    ['participant.student-number-taken', { row: 3 }],
    ['participant.birth-date-impossible', { row: 2 }],
  ])
  expect(JSON.stringify(answers)).not.toMatch(/金丝雀|乙校0|N[1-5]|1971/)
  const { participants } = (await world.管理员.get(`/classes/${classId}/participants`)).body
  expect(participants).toHaveLength(5)
})

test('PRIV-04: whoever is a counsellor elsewhere still sees no decision of a guardian in a class where she only proctors', async () => {
  const { invitationUrl } = (
    await world.管理员.post('/accounts', {
      username: 'two-hats',
      displayName: 'x',
      roles: [
        { role: 'proctor', unitId: schools[0]!.schoolId },
        { role: 'counsellor', unitId: schools[1]!.schoolId },
      ],
    })
  ).body
  const person = await join(world, invitationUrl.split('#')[1], { username: 'two-hats', displayName: 'x' })
  const seen = async (school: School) => (await person.get(`/classes/${school.classId}/participants`)).body.participants[0].consent
  expect(await seen(schools[0]!)).toBeNull()
  expect(await seen(schools[1]!)).not.toBeNull()
})

// Besides her code a pupil is asked what the school wants: her birthday or the end of her student number. The door reads no identity for it.
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { wrongFactorCap } from '../src/sessions/rules.ts'
import { addSchool, addStudy, buildWorld, ensureDuty, open, type School, type World } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: World
let owner: Client
let school: School
let studyId: string
beforeAll(async () => {
  world = await buildWorld()
  owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  school = await addSchool(world, '甲校2026', 3)
  studyId = await addStudy(world, [school])
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const plan = async (wave: string, secondFactor?: string) => {
  await ensureDuty(world, school.schoolId)
  const wish = { classId: school.classId, studyId, wave, ...(secondFactor && { secondFactor }) }
  const { status, body } = await world.管理员.post('/sessions', wish)
  expect(status).toBe(201)
  await open(world.管理员, body.id)
  const come = (seat: number, factor?: string, code = body.codes[seat].code) =>
    world.person().post('/pupil/sign-in', { locator: body.locator, code, ...(factor !== undefined && { factor }) })
  return { ...body, come }
}

test('a birthday is asked after the right code, let in when it is hers, and counted when it is not (SEC-05)', async () => {
  const { id, come, secondFactor, codes } = await plan('baseline', 'birth-day')
  expect(secondFactor).toBe('birth-day')
  expect(await come(0)).toMatchObject({ status: 401, body: { code: 'session.birth-day-needed' } })
  expect(await come(0, '0510')).toMatchObject({ status: 401, body: { code: 'session.second-factor-wrong' } })
  expect((await owner.query('select wrong_codes from screening.session where id = $1', [id])).rows).toEqual([{ wrong_codes: 0 }])
  expect((await come(0, '5月9日')).status).toBe(200)
  expect(await come(1, '0509', 'AAAAAA')).toMatchObject({ status: 401, body: { code: 'session.code-wrong' } })
  const { rows } = await owner.query('select factor_hash, code_hash from screening.seat where session_id = $1', [id])
  expect(new Set(rows.map((row) => row.factor_hash)).size).toBe(3) // one birthday, three seats, three hashes
  for (let tried = 0; tried < wrongFactorCap; tried += 1) expect((await come(1, '0101')).status).toBe(401)
  expect(await come(1, '0509')).toMatchObject({ status: 429, body: { code: 'session.second-factor-spent' } })
  expect((await come(2, '0509')).status).toBe(200) // nobody else is locked out by it (SEC-05)
  const card = await world.管理员.post(`/sessions/${id}/seats/${codes[1].seatId}/code`)
  expect((await come(1, '0509', card.body.codes[0].code)).status).toBe(200)
})

test('the end of a student number is asked the same way; a seat of which the roster knows none is not asked, until it knows', async () => {
  const [first] = school.participantIds
  const numberIs = (number: string | null) =>
    owner.query('update identity.person set student_number = $2 where participant_id = $1', [first, number])
  await numberIs(null)
  const { id, come } = await plan('post', 'student-number-tail')
  expect((await come(0)).status).toBe(200)
  expect(await come(1)).toMatchObject({ status: 401, body: { code: 'session.student-number-needed' } })
  expect((await come(1, '0261')).status).toBe(200)
  await numberIs('N-77123')
  const { codes } = (await world.管理员.post(`/sessions/${id}/codes`)).body
  expect(await come(0, undefined, codes[0].code)).toMatchObject({ status: 401, body: { code: 'session.student-number-needed' } })
  expect((await come(0, '7123', codes[0].code)).status).toBe(200)
})

test('without a wish nothing more than the code is asked', async () => {
  const other = await addSchool(world, '乙校', 2)
  const own = await addStudy(world, [other, school], 'plain')
  await ensureDuty(world, other.schoolId)
  const { body } = await world.管理员.post('/sessions', { classId: other.classId, studyId: own, wave: 'baseline' })
  await open(world.管理员, body.id)
  expect((await world.person().post('/pupil/sign-in', { locator: body.locator, code: body.codes[0].code })).status).toBe(200)
  expect((await world.管理员.post('/sessions', { classId: other.classId, studyId: own, wave: 'post', secondFactor: 'name' })).status).toBe(
    400,
  )
})

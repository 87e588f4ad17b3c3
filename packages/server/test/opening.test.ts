import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSchool, addStudy, buildWorld, colleague, protocol, type School, type World } from './world.ts'

let world: World
let schools: School[]
let studyId: string

beforeAll(async () => {
  world = await buildWorld()
  schools = [await addSchool(world, '甲校'), await addSchool(world, '乙校')]
  studyId = await addStudy(world, schools)
})
afterAll(() => world.close())

const plan = async (school: School, study = studyId) =>
  (await world.管理员.post('/sessions', { classId: school.classId, studyId: study, wave: 'baseline' })).body.id as string
const open = (sessionId: string) => world.管理员.post(`/sessions/${sessionId}/open`)

test('SAF-08: a session with risk items is not opened while the school has no counsellor who is active', async () => {
  const [first, second] = [await plan(schools[0]!), await plan(schools[1]!)]
  expect(await open(first)).toMatchObject({ status: 409, body: { code: 'session.no-counsellor' } })

  const invited = { username: 'lin', displayName: '林老师', roles: [{ role: 'counsellor', unitId: schools[0]!.schoolId }] }
  await world.管理员.post('/accounts', invited)
  expect((await open(first)).status, 'an invitation that nobody accepted is nobody').toBe(409)

  await colleague(world, 'zhou', 'counsellor', schools[0]!.schoolId)
  expect((await open(first)).status).toBe(200)
  expect((await open(second)).status, 'the counsellor of another school does not count').toBe(409)

  await colleague(world, 'he', 'counsellor', world.countyId)
  expect((await open(second)).status).toBe(200)
})

test('a session without a risk item needs no counsellor', async () => {
  const elsewhere = await buildWorld()
  try {
    const school = await addSchool(elsewhere, '丙校')
    const other = await addSchool(elsewhere, '丁校')
    const made = { ...protocol('esteem', ['rses']), primary: { scale: 'rses_total', wave: 'post', baselineWave: 'baseline' } }
    const study = (await elsewhere.管理员.post('/studies', { protocol: made })).body.id
    await elsewhere.管理员.post(`/studies/${study}/schools`, { schoolIds: [school.schoolId, other.schoolId] })
    await elsewhere.管理员.post(`/studies/${study}/allocation`, { seed: 1 })
    const session = (await elsewhere.管理员.post('/sessions', { classId: school.classId, studyId: study, wave: 'baseline' })).body.id
    expect((await elsewhere.管理员.post(`/sessions/${session}/open`)).status).toBe(200)
  } finally {
    await elsewhere.close()
  }
})

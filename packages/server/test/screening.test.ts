// A school that only screens: no arms, no allocation; sessions, flags, cases and exports all the same.
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  handIn,
  openSession,
  type Person,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

let world: World
let mine: School
let theirs: School
let studyId: string
let researcher: Person
beforeAll(async () => {
  world = await buildWorld()
  mine = await addSchool(world, '甲校')
  theirs = await addSchool(world, '乙校')
  researcher = await colleague(world, 'gu', 'researcher', world.countyId)
})
afterAll(() => world.close())

const instruments = ['phq-9', 'gad-7'].map((instrument) => ({ instrument, version: '1.0.0' }))
const wish = (school: School, title = '秋季筛查') => ({ title, wave: '十月', language: 'zh-CN', instruments, schoolIds: [school.schoolId] })

test('an administrator of a school makes a screening for it, and for no other', async () => {
  const own = await colleague(world, 'head', 'administrator', mine.schoolId)
  const made = await own.post('/screenings', wish(mine))
  expect(made).toMatchObject({
    status: 201,
    body: { kind: 'screening', title: { 'zh-CN': '秋季筛查' }, waves: [{ label: { 'zh-CN': '十月' } }] },
  })
  studyId = made.body.id
  expect(await own.post('/screenings', wish(theirs))).toMatchObject({ status: 404, body: { code: 'unit.not-found' } })
  expect((await own.post('/screenings', { ...wish(mine), schoolIds: [mine.classId] })).body.code).toBe('unit.not-found')
  const licensed = (await own.get('/instruments')).body.instruments.find(
    (one: { licence: { status: string } }) => one.licence.status === 'permission-needed',
  )
  const locked = { ...wish(mine), instruments: [{ instrument: licensed.id, version: licensed.version }] }
  expect((await own.post('/screenings', locked)).status).not.toBe(201)
})

test('its class is screened and a risk answer opens a case, without any allocation', async () => {
  const session = await openSession(world, mine, studyId, 'screening')
  for (const [seat, risk] of [2, 0].entries()) {
    const { token } = await sit(world, session, seat)
    const sheet = sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: risk } })
    expect((await handIn(world, token, sheet)).status).toBe(201)
  }
  const counsellor = await colleague(world, 'lin', 'counsellor', mine.schoolId)
  const { cases } = (await counsellor.get('/cases')).body
  expect(cases).toHaveLength(1)
  expect((await counsellor.get(`/cases/${cases[0].caseId}`)).body.flags[0]).toMatchObject({ wave: 'screening' })
  expect((await researcher.get(`/studies/${studyId}`)).body).toMatchObject({
    protocol: { kind: 'screening', languages: ['zh-CN', 'en'] },
    allocation: null,
    waves: [{ sessions: 1, seats: 3, submitted: 2 }],
  })
  expect(await world.管理员.post(`/studies/${studyId}/allocation`, { seed: 1 })).toMatchObject({
    status: 409,
    body: { code: 'study.no-arms' },
  })
})

test('its dataset has no arm, and a report of effects is refused in words', async () => {
  const { id } = (await researcher.post(`/studies/${studyId}/exports`)).body
  const csv = (await researcher.get(`/exports/${id}/files/data.csv`)).body as string
  const [header, ...rows] = csv.trim().split('\n')
  expect(header!.split(',').slice(0, 5)).toEqual(['id', 'school', 'class', 'wave', 'week'])
  expect(rows).toHaveLength(2)
  const manifest = (await researcher.get(`/exports/${id}/files/manifest.json`)).body
  expect(manifest).toMatchObject({ kind: 'screening', rows: 2 })
  expect(manifest).not.toHaveProperty('arms')
  const report = await researcher.post(`/studies/${studyId}/reports`, { exportId: id }, { 'accept-language': 'zh-CN' })
  expect(report).toMatchObject({ status: 409, body: { code: 'report.needs-arms' } })
  expect(report.body.detail).toContain('筛查')
})

test('a screening beside a trial: the trial still waits for its allocation', async () => {
  const trial = await addStudy(world, [mine, theirs])
  const { studies } = (await world.管理员.get('/studies')).body
  const kinds = Object.fromEntries(
    studies.map((study: { id: string; kind: string; allocated: boolean }) => [study.id, [study.kind, study.allocated]]),
  )
  expect(kinds).toEqual({ [studyId]: ['screening', false], [trial]: ['trial', true] })
})

test('a screening may also come as a protocol, and one that says more than it may is refused', async () => {
  const { protocol } = (await researcher.get(`/studies/${studyId}`)).body
  expect((await researcher.post('/studies', { protocol: { ...protocol, id: 'again' } })).body).toMatchObject({ kind: 'screening' })
  expect((await researcher.post('/studies', { protocol: { ...protocol, id: 'more', arms: [] } })).status).toBe(400)
})

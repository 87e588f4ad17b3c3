import { createHash } from 'node:crypto'
import { readDataset } from '@tongxing/analysis'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  consent,
  handIn,
  openSession,
  type Person,
  protocol,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

let world: World
let researcher: Person
let studyId: string
let schools: School[]

const submitAll = async (wave: string) => {
  for (const school of schools) {
    const session = await openSession(world, school, studyId, wave)
    for (const seat of session.codes.keys()) await handIn(world, (await sit(world, session, seat)).token, sheetBody(quietSheets()))
  }
}

beforeAll(async () => {
  world = await buildWorld()
  schools = [await addSchool(world, '甲校', 4), await addSchool(world, '乙校', 4)]
  studyId = await addStudy(world, schools)
  researcher = await colleague(world, 'gu', 'researcher', world.countyId)
  await submitAll('baseline')
  await submitAll('post')
})
afterAll(() => world.close())

const download = async () => {
  const made = await researcher.post(`/studies/${studyId}/exports`)
  expect(made.status).toBe(201)
  const file = async (name: string) => {
    const { body } = await researcher.get(`/exports/${made.body.id}/files/${name}`)
    return typeof body === 'string' ? body : JSON.stringify(body)
  }
  const raw = async (name: string) =>
    (await world.app.inject({ url: `/api/v1/exports/${made.body.id}/files/${name}`, headers: { cookie: '' } })).statusCode
  return {
    export: made.body,
    manifest: await file('manifest.json'),
    data: await file('data.csv'),
    codebook: await file('codebook.json'),
    strangerStatus: await raw('data.csv'),
  }
}
const idsOf = (data: string) =>
  data
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]!)

test('a dataset passes the hash check of the analysis and has a row per participant and wave', async () => {
  const made = await download()
  const manifest = JSON.parse(made.manifest)
  expect(manifest.files['data.csv'].sha256).toBe(createHash('sha256').update(made.data).digest('hex'))
  expect(made.export).toMatchObject({ rows: 16, participants: 8, hash: manifest.hash })
  expect(idsOf(made.data)).toHaveLength(16)
  expect(made.strangerStatus).toBe(401)
  expect(() => readDataset({ ...made, data: `${made.data}x` })).toThrow()
})

test('PRIV-09: ids are fresh for each export, rows are shuffled, and no date, name or pseudonym is in any file', async () => {
  const [first, second] = [await download(), await download()]
  expect(first.export.hash).not.toBe(second.export.hash)
  const owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  const secrets = (
    await owner.query(
      "select participant_id::text as s from identity.person union select name from identity.person union select student_number from identity.person union select name from screening.unit where kind in ('school', 'county')",
    )
  ).rows
  await owner.end()
  for (const text of [first.data, first.manifest, first.codebook]) for (const { s } of secrets) expect(text).not.toContain(s)
  expect(first.data).not.toMatch(/\d{4}-\d\d-\d\d/)
})

test('PRIV-05: a pupil whose guardian withdraws from research is in no later dataset', async () => {
  const school = schools[0]!
  await consent(world, school.classId, [school.participantIds[0]!], 'research', 'withdrawn')
  expect((await download()).export).toMatchObject({ rows: 14, participants: 7 })
})

test('PRIV-03: a pupil who refuses research herself is in no later dataset, whatever her guardian said, until she agrees', async () => {
  const school = schools[1]!
  const says = (decision: string) => consent(world, school.classId, [school.participantIds[0]!], 'research', decision, 'pupil')
  await says('refused')
  expect((await download()).export).toMatchObject({ rows: 12, participants: 6 })
  await says('given')
  expect((await download()).export).toMatchObject({ rows: 14, participants: 7 })
})

test('PRIV-05: a dataset made before a withdrawal is given out no more and carries no new report; a new one takes its place', async () => {
  const made = (await download()).export
  const take = () => researcher.get(`/exports/${made.id}/files/data.csv`)
  const report = (exportId: string) => researcher.post(`/studies/${studyId}/reports`, { exportId })
  expect((await take()).status).toBe(200)
  world.now.value = new Date(world.now.value.getTime() + 1000)
  await consent(world, schools[1]!.classId, [schools[1]!.participantIds[1]!], 'research', 'withdrawn')
  const gone = { status: 409, body: { code: 'export.consent-withdrawn' } }
  expect(await take()).toMatchObject(gone)
  expect(await report(made.id)).toMatchObject(gone)
  expect((await researcher.get(`/exports/${made.id}`)).status).toBe(200)
  expect((await download()).export).toMatchObject({ rows: 12, participants: 6 })
})

test('PRIV-05: screening that is withdrawn takes a pupil out of research too, also out of what was exported before, until it is given again', async () => {
  const school = schools[0]!
  const made = (await download()).export
  const says = async (decision: string, giver?: 'pupil') => {
    world.now.value = new Date(world.now.value.getTime() + 1000)
    await consent(world, school.classId, [school.participantIds[1]!], 'screening', decision, giver)
  }
  const wanting = async () => (await download()).export
  const whole = { rows: 12, participants: 6 }
  const fewer = { rows: 10, participants: 5 }
  expect(made).toMatchObject(whole)
  await says('withdrawn')
  expect(await researcher.get(`/exports/${made.id}/files/data.csv`)).toMatchObject({
    status: 409,
    body: { code: 'export.consent-withdrawn' },
  })
  expect(await wanting()).toMatchObject(fewer)
  await says('given')
  expect(await wanting()).toMatchObject(whole)
  await says('refused', 'pupil')
  expect(await wanting()).toMatchObject(fewer)
})

test('an export without any sheet is refused in words', async () => {
  const allocated = await addStudy(world, schools, 'empty')
  expect(await researcher.post(`/studies/${allocated}/exports`)).toMatchObject({ status: 409, body: { code: 'export.nothing' } })
})

test('a study whose schools have no arms yet is not exported', async () => {
  const { body } = await world.管理员.post('/studies', { protocol: protocol('unallocated') })
  expect(await researcher.post(`/studies/${body.id}/exports`)).toMatchObject({ status: 409, body: { code: 'study.not-allocated' } })
})

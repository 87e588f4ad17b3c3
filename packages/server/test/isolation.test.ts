import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { classification } from '../src/db/classification.ts'
import { inScope, nowhere, type RoleName } from '../src/db/scope.ts'
import { placeOfLocator } from '../src/sessions/sign-in-queries.ts'
import { addKitRows } from './kit-rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  handIn,
  type OpenSession,
  openSession,
  type Person,
  publishNotice,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

let world: World
let owner: Client
let mine: School
let theirs: School
let studyId: string
const sessions: OpenSession[] = []
let 林老师: Person

/** In each school a sheet on paper that two people read differently and that a third corrected. */
const readPaper = async () => {
  const second = await colleague(world, 'second-reader', 'proctor', world.countyId)
  const third = await colleague(world, 'third-reader', 'proctor', world.countyId)
  for (const { sessionId, codes } of sessions) {
    const path = `/sessions/${sessionId}/seats/${codes[1]!.seatId}/paper`
    const reading = (value: number) => ({
      answeredOn: '2026-03-02',
      language: 'zh-CN',
      sheets: sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_1: value } }).sheets,
    })
    await world.管理员.post(path, reading(0))
    const { conflictId } = (await second.post(path, reading(1))).body.conflicts[0]
    await third.post(`${path}/decisions`, { decisions: [{ conflictId, answer: 1 }], basis: 'third-person', reason: 'read it again' })
  }
}

/** In each school a notice of its own, and a guardian who answered it by a link. */
const answerByLink = async (schoolId: string, classId: string, participantId: string) => {
  const noticeId = await publishNotice(world, { schoolId, purpose: 'follow-up' })
  const wish = { participantIds: [participantId], asks: [{ purpose: 'follow-up', party: null }], days: 7 }
  const [link] = (await world.管理员.post(`/classes/${classId}/consent-links`, wish)).body.links
  const answers = [{ noticeId, decision: 'given' }]
  await world.person().post('/guardian/answers', { token: link.token, code: link.code, name: '测家长', relationship: 'parent', answers })
}

beforeAll(async () => {
  world = await buildWorld()
  owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  mine = await addSchool(world, '甲校')
  theirs = await addSchool(world, '乙校')
  studyId = await addStudy(world, [mine, theirs])
  for (const school of [mine, theirs]) {
    const session = await openSession(world, school, studyId)
    sessions.push(session)
    await world.管理员.post(`/schools/${school.schoolId}/capacity`, { perDay: 4 })
    await world.管理员.post(`/sessions/${session.sessionId}/notes`, { seatId: null, kind: 'noise', words: 'building works' })
    const { token } = await sit(world, session)
    await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } }))
    const unfinished = await sit(world, session, 2)
    const { ended: _, ...soFar } = sheetBody({ 'phq-9': { phq9_1: 1 } })
    await world.person().post('/pupil/so-far', { ...soFar, turn: 1, revision: 1 }, { authorization: `Bearer ${unfinished.token}` })
  }
  await readPaper()
  林老师 = await colleague(world, 'lin', 'counsellor', mine.schoolId)
  for (const [name, school] of [
    ['lin', mine],
    ['wu', theirs],
  ] as const) {
    const counsellor = name === 'lin' ? 林老师 : await colleague(world, name, 'counsellor', school.schoolId)
    const { caseId } = (await counsellor.get('/cases')).body.cases[0]
    const { flags } = (await counsellor.get(`/cases/${caseId}`)).body
    await counsellor.post(`/flags/${flags[0].flagId}/review`, { decision: 'dismissed', reason: 'a talk cleared it up' })
  }
  for (const { schoolId } of [mine, theirs]) {
    const file = Buffer.from('姓名,性别,出生日期,班级\n测癸,男,2013-01-01,七年级1班\n').toString('base64')
    const sheets = [{ sheet: 0, headerRow: 1, columns: ['name', 'sex', 'birthDate', 'class'], className: null }]
    const roster = { file, sheets, createClasses: false }
    const { planHash, rows } = (await world.管理员.post(`/units/${schoolId}/roster/plan`, roster)).body
    const decisions = rows.flatMap((row: { kind: string; sheet: number; row: number }) =>
      row.kind === 'suspected' ? [{ sheet: row.sheet, row: row.row, decision: 'other' }] : [],
    )
    await world.管理员.post(`/units/${schoolId}/roster/import`, { ...roster, planHash, decisions, left: [], leaveOutInvalid: false })
  }
  for (const { schoolId, classId, participantIds } of [mine, theirs]) await answerByLink(schoolId, classId, participantIds[0]!)
  for (const { schoolId } of [mine, theirs])
    await owner.query(
      "insert into screening.school_year select county_id, gen_random_uuid(), id, '2026-2027', '{}', id, created_at from screening.unit where id = $1",
      [schoolId],
    )
  for (const { schoolId } of [mine, theirs]) await addKitRows(world.administratorUrl, world.countyId, schoolId, world.context.ids())
  const researcher = await colleague(world, 'gu', 'researcher', world.countyId)
  const { id } = (await researcher.post(`/studies/${studyId}/exports`)).body
  await owner.query(
    'insert into screening.report select county_id, gen_random_uuid(), study_id, id, $1, $1, created_by, created_at from screening.export where id = $2',
    ['{}', id],
  )
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const tenantTables = Object.entries(classification).flatMap(([name, { columns }]) => ('county_id' in columns ? [name] : []))
const bySchool = tenantTables.filter((name) => 'school_id' in classification[name]!.columns)

const roleFor = (table: string): RoleName => (table.startsWith('identity.') ? 'identity' : 'app')
const schoolsOf = async (table: string, from: (text: string) => Promise<string[]>) =>
  (await from(`select distinct school_id::text as school_id from ${table} where school_id is not null order by 1`)).sort()
const asOwner = async (text: string) => (await owner.query<{ school_id: string }>(text)).rows.map((row) => row.school_id)
const asApplication = (table: string, schoolIds: readonly string[]) => async (text: string) =>
  inScope(world.db, { countyId: world.countyId, schoolIds, accountId: null }, roleFor(table), async (trx) =>
    (await sql.raw<{ school_id: string }>(text).execute(trx)).rows.map((row) => row.school_id),
  )

// No where-clause and no guard of the application: the database alone keeps the schools apart.
test.each(bySchool)('SEC-03: with the application guard off, %s shows 0 rows of another school', async (table) => {
  const both = [mine.schoolId, theirs.schoolId].sort()
  expect(await schoolsOf(table, asOwner)).toEqual(both) // rows of both schools are there to be seen
  if (table === 'screening.locator') return expect(await schoolsOf(table, asApplication(table, both))).toEqual([])
  expect(await schoolsOf(table, asApplication(table, both))).toEqual(both)
  expect(await schoolsOf(table, asApplication(table, [mine.schoolId]))).toEqual([mine.schoolId])
  expect(await schoolsOf(table, asApplication(table, []))).toEqual([])
})

test('SEC-03: a locator shows the one row that was typed, whoever asks', async () => {
  const all = (await owner.query<{ locator: string }>('select locator from screening.locator')).rows
  expect(all.length).toBeGreaterThan(1)
  const seen = await inScope(world.db, nowhere, 'app', async (trx) => {
    await placeOfLocator(trx, all[0]!.locator)
    return (await sql<{ locator: string }>`select locator from screening.locator`.execute(trx)).rows
  })
  expect(seen).toEqual([all[0]])
})

test('SEC-03: every tenant table had rows in this file, so that empty meant hidden', async () => {
  for (const table of tenantTables) {
    const { rows } = await owner.query(`select 1 from ${table} limit 1`)
    expect({ table, rows: rows.length }).toEqual({ table, rows: 1 })
  }
})

test('SEC-03: outside any scope, and in another county, every tenant table is empty for every role', async () => {
  const elsewhere = { countyId: world.context.ids(), schoolIds: [mine.schoolId, theirs.schoolId], accountId: null }
  for (const scope of [nowhere, elsewhere])
    for (const role of ['app', 'identity', 'export'] as const)
      for (const table of tenantTables) {
        const look = inScope(world.db, scope, role, (trx) => sql`select 1 from ${sql.table(table)} limit 1`.execute(trx))
        const found = await look.then(
          ({ rows }) => rows.length,
          (error: Error) => (/permission denied/.test(error.message) ? 0 : error.message),
        )
        expect({ role, table, found }).toEqual({ role, table, found: 0 })
      }
})

test('SEC-03: the role grants of another account are hidden when no county is entered', async () => {
  const { account } = (await 林老师.get('/me')).body
  const grants = await inScope(
    world.db,
    { ...nowhere, accountId: account.id },
    'identity',
    async (trx) => (await sql<{ account_id: string }>`select distinct account_id from identity.role_grant`.execute(trx)).rows,
  )
  expect(grants).toEqual([{ account_id: account.id }])
})

test('SEC-03: a row cannot be moved or written into another school', async () => {
  const scope = { countyId: world.countyId, schoolIds: [mine.schoolId], accountId: null }
  const moved = inScope(world.db, scope, 'app', (trx) =>
    trx.updateTable('screening.seat').set({ state: 'stopped' }).where('school_id', '=', theirs.schoolId).executeTakeFirst(),
  )
  expect((await moved).numUpdatedRows).toBe(0n)
  const written = inScope(world.db, scope, 'app', (trx) =>
    trx
      .insertInto('screening.participant')
      .values({
        county_id: world.countyId,
        id: world.context.ids(),
        school_id: theirs.schoolId,
        class_id: theirs.classId,
        sex: 'male',
        birth_month: '2013-05-01',
        left_behind: null,
        created_at: world.now.value,
      })
      .execute(),
  )
  await expect(written).rejects.toThrow(/row-level security/)
})

test('the connection itself, before it steps into a role, can read nothing', async () => {
  await expect(sql`select * from screening.submission`.execute(world.db)).rejects.toThrow(/permission denied/)
  await expect(sql`select * from identity.person`.execute(world.db)).rejects.toThrow(/permission denied/)
})

test('a counsellor sees the cases of her own school only, and another school looks as if it did not exist', async () => {
  const { body } = await 林老师.get('/cases?state=reviewed')
  expect(body.cases).toHaveLength(1)
  expect(body.cases[0].schoolName).toBe('甲校')
  const principal = await colleague(world, 'lin2', 'counsellor', theirs.schoolId)
  const foreign = (await principal.get('/cases?state=reviewed')).body.cases[0].caseId
  expect(await 林老师.get(`/cases/${foreign}`)).toMatchObject({ status: 404, body: { code: 'case.not-found' } })
  const flagId = (await principal.get(`/cases/${foreign}`)).body.flags[0].flagId
  expect(await 林老师.post(`/flags/${flagId}/review`, { decision: 'dismissed', reason: 'not mine to judge' })).toMatchObject({
    status: 404,
  })
})

test('a role that a route does not name is refused with 403, and nobody at all with 401', async () => {
  expect(await 林老师.get('/accounts')).toMatchObject({ status: 403, body: { code: 'account.role-missing' } })
  expect(await 林老师.post(`/studies/${studyId}/exports`)).toMatchObject({ status: 403 })
  const proctor = await colleague(world, 'zhao', 'proctor', mine.schoolId)
  expect(await proctor.get('/cases')).toMatchObject({ status: 403 })
  expect((await proctor.get(`/classes/${theirs.classId}/participants`)).status).toBe(404)
  expect(await world.person().get('/cases')).toMatchObject({ status: 401, body: { code: 'account.sign-in-needed' } })
})

test('PRIV-04: a proctor sees the roster without the decisions of guardians', async () => {
  const proctor = await colleague(world, 'qian', 'proctor', mine.schoolId)
  const { participants } = (await proctor.get(`/classes/${mine.classId}/participants`)).body
  expect(participants[0].consent).toBeNull()
  expect((await world.管理员.get(`/classes/${mine.classId}/participants`)).body.participants[0].consent).toEqual({
    screening: 'given',
    'follow-up': 'given',
    research: 'given',
    sharing: [],
    older: [],
    anew: [],
  })
})

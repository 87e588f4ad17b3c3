import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { classification } from '../src/db/classification.ts'
import { inScope, nowhere, type RoleName } from '../src/db/scope.ts'
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
let 林老师: Person

beforeAll(async () => {
  world = await buildWorld()
  mine = await addSchool(world, '甲校')
  theirs = await addSchool(world, '乙校')
  studyId = await addStudy(world, [mine, theirs])
  for (const school of [mine, theirs]) {
    const session = await openSession(world, school, studyId)
    const { token } = await sit(world, session)
    await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } }))
  }
  林老师 = await colleague(world, 'lin', 'counsellor', mine.schoolId)
})
afterAll(() => world.close())

const bySchool = Object.entries(classification)
  .filter(
    ([name, table]) => 'school_id' in table.columns && !['screening.unit', 'screening.audit_event', 'screening.locator'].includes(name),
  )
  .map(([name]) => name)

const schoolsSeen = (role: RoleName, schoolIds: readonly string[], table: string) =>
  inScope(world.db, { countyId: world.countyId, schoolIds, accountId: null }, role, async (trx) => {
    const rows = await sql<{ school_id: string }>`select distinct school_id from ${sql.table(table)}`.execute(trx)
    return rows.rows.map((row) => row.school_id)
  })

const roleFor = (table: string): RoleName => (table.startsWith('identity.') ? 'identity' : 'app')

// No where-clause and no guard of the application: the database alone keeps the schools apart.
test.each(bySchool)('SEC-03: with the application guard off, %s shows only rows of the school in scope', async (table) => {
  const both = await schoolsSeen(roleFor(table), [mine.schoolId, theirs.schoolId], table)
  const empty = both.length === 0
  if (!empty) expect(both.sort()).toEqual([mine.schoolId, theirs.schoolId].sort())
  expect(await schoolsSeen(roleFor(table), [mine.schoolId], table)).toEqual(empty ? [] : [mine.schoolId])
  expect(await schoolsSeen(roleFor(table), [], table)).toEqual([])
})

test('SEC-03: the tables that carry answers, flags and names were not empty in that test', async () => {
  for (const table of [
    'screening.submission',
    'screening.flag',
    'screening.care_case',
    'screening.seat',
    'identity.person',
    'screening.consent',
  ])
    expect(await schoolsSeen(roleFor(table), [mine.schoolId, theirs.schoolId], table)).toHaveLength(2)
})

test('SEC-03: outside any scope, and in another county, every tenant table is empty', async () => {
  const elsewhere = { countyId: world.context.ids(), schoolIds: [mine.schoolId, theirs.schoolId], accountId: null }
  for (const scope of [nowhere, elsewhere])
    for (const [table, { columns }] of Object.entries(classification)) {
      if (!('county_id' in columns) || table === 'screening.locator') continue
      const rows = await inScope(world.db, scope, roleFor(table), (trx) => sql`select 1 from ${sql.table(table)} limit 1`.execute(trx))
      expect({ table, rows: rows.rows.length }).toEqual({ table, rows: 0 })
    }
})

test('SEC-03: a row cannot be written or moved into another school', async () => {
  const scope = { countyId: world.countyId, schoolIds: [mine.schoolId], accountId: null }
  const moved = inScope(world.db, scope, 'app', (trx) =>
    trx.updateTable('screening.seat').set({ state: 'stopped' }).where('school_id', '=', theirs.schoolId).executeTakeFirst(),
  )
  expect((await moved).numUpdatedRows).toBe(0n)
})

test('the connection itself, before it steps into a role, can read nothing', async () => {
  await expect(sql`select * from screening.submission`.execute(world.db)).rejects.toThrow(/permission denied/)
  await expect(sql`select * from identity.person`.execute(world.db)).rejects.toThrow(/permission denied/)
})

test('a counsellor sees the cases of her own school only, and another school looks as if it did not exist', async () => {
  const { body } = await 林老师.get('/cases')
  expect(body.cases).toHaveLength(1)
  expect(body.cases[0].schoolName).toBe('甲校')
  const principal = await colleague(world, 'lin2', 'counsellor', theirs.schoolId)
  const foreign = (await principal.get('/cases')).body.cases[0].caseId
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
    research: 'given',
  })
})

// SEC-02: every role, at every distance, on every route.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { issueLink } from '../src/accounts/sign-in.ts'
import { noticeFields } from '../src/consents/notice.ts'
import { inScope, nowhere } from '../src/db/scope.ts'
import type { Role } from '../src/db/tables.ts'
import { access, type Rule } from './access.ts'
import { addKitRows } from './kit-rows.ts'
import {
  type Answer,
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  handIn,
  join,
  openSession,
  type Person,
  protocol,
  publishNotice,
  quietSheets,
  type School,
  type Settled,
  sheetBody,
  sit,
  type World,
} from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

type Distance = 'own school' | 'other school' | 'county' | 'other county'
type Actor = { readonly name: string; readonly role: Role | 'pupil' | null; readonly distance: Distance | null; readonly person: Person }
type Verdict = 'in' | 'sign in' | 'role' | 'absent' | 'broken'

let world: World
let mine: School
let actors: Actor[]
let secrets: readonly string[]
const target: Record<string, string> = {}

const roles = ['administrator', 'principal', 'counsellor', 'proctor', 'researcher'] as const

/** Set-up makes one county; a second one in the same database is what a province has. */
const secondCounty = async (): Promise<Settled> => {
  const token = await inScope(world.db, nowhere, 'identity', (trx) => issueLink(world.context, trx, 'set-up', null))
  const 管理员 = await join(world, token, { username: 'admin2', displayName: '管理员', countyName: '邻县' })
  return { ...world, 管理员, countyId: (await 管理员.get('/me')).body.county.id }
}

const withToken = (token: string): Person => {
  const anyone = world.person()
  const authorization = `Bearer ${token}`
  return {
    get: (path) => anyone.get(path, { authorization }),
    post: (path, body, headers) => anyone.post(path, body, { ...headers, authorization }),
  }
}

beforeAll(async () => {
  world = await buildWorld({ demo: true })
  mine = await addSchool(world, '甲校', 6)
  const theirs = await addSchool(world, '乙校', 3)
  const studyId = await addStudy(world, [mine, theirs])
  const session = await openSession(world, mine, studyId)
  for (const seat of [0, 1, 2])
    await handIn(world, (await sit(world, session, seat)).token, sheetBody({ ...quietSheets(), 'phq-9': { phq9_9: 2 } }))

  const neighbour = await secondCounty()
  const places: readonly (readonly [Distance, Settled, string])[] = [
    ['own school', world, mine.schoolId],
    ['other school', world, theirs.schoolId],
    ['county', world, world.countyId],
    ['other county', neighbour, neighbour.countyId],
  ]
  actors = []
  for (const role of roles)
    for (const [distance, county, unitId] of places) {
      if (role === 'researcher' && distance.endsWith('school')) continue // a study is the county's
      const person = await colleague(county, `${role}.${distance.replace(' ', '-')}`, role, unitId)
      actors.push({ name: `${role}, ${distance}`, role, distance, person })
    }
  actors.push({ name: 'nobody', role: null, distance: null, person: world.person() })
  actors.push({ name: 'a pupil', role: 'pupil', distance: null, person: withToken((await sit(world, session, 3)).token) })

  await colleague(world, 'to-be-ended', 'proctor', mine.schoolId)
  const [counsellor, researcher] = ['counsellor, county', 'researcher, county'].map((name) => actors.find((actor) => actor.name === name)!)
  const caseId = (await counsellor!.person.get('/cases')).body.cases[0].caseId
  const exported = await researcher!.person.post(`/studies/${studyId}/exports`)
  const accounts = (await world.管理员.get('/accounts')).body.accounts as { id: string; username: string }[]
  Object.assign(target, {
    classId: mine.classId,
    schoolId: mine.schoolId,
    unitId: mine.schoolId,
    studyId,
    sessionId: session.sessionId,
    seatId: session.codes[4]!.seatId,
    locator: session.locator,
    caseId,
    flagId: (await counsellor!.person.get(`/cases/${caseId}`)).body.flags[0].flagId,
    exportId: exported.body.id,
    accountId: accounts.find((account) => account.username === 'to-be-ended')!.id,
    instrument: 'phq-9',
    version: '1.0.0',
    name: 'data.csv',
  })
  target.noticeId = await publishNotice(world, { schoolId: mine.schoolId, purpose: 'sharing', party: '县医院' })
  target.participantId = mine.participantIds[0]!
  const { links } = (await world.管理员.post(`/classes/${mine.classId}/consent-links`, consentLinks())).body
  target.linkId = links[0].linkId
  const { account } = (await actors.find(({ name }) => name === 'administrator, county')!.person.get('/me')).body
  Object.assign(target, await addKitRows(world.administratorUrl, world.countyId, mine.schoolId, account.id))
  target.reportId = world.context.ids()
  await inScope(world.db, { countyId: world.countyId, schoolIds: [], accountId: null }, 'app', (trx) =>
    trx
      .insertInto('screening.report')
      .values({
        county_id: world.countyId,
        id: target.reportId!,
        study_id: studyId,
        export_id: target.exportId!,
        record: '{}',
        pages: '{"zh-CN":"<p>","en":"<p>"}',
        created_by: target.accountId!,
        created_at: world.now.value,
      })
      .execute(),
  )
  secrets = [mine.schoolId, mine.classId, session.sessionId, caseId, target.flagId!, ...mine.participantIds, '甲校', '测甲0']
})
afterAll(() => world.close())

const fresh = () => randomBytes(6).toString('hex')
const token = 'x'.repeat(43)
const roster = { file: Buffer.from('姓名,性别,出生日期\n测癸,男,2013-01-01\n').toString('base64') }
const plannedRoster = {
  ...roster,
  sheets: [{ sheet: 0, headerRow: 1, columns: ['name', 'sex', 'birthDate'], className: '七年级1班' }],
  createClasses: false,
}
const consentLinks = () => ({ participantIds: [mine.participantIds[0]], asks: [{ purpose: 'sharing', party: '县医院' }], days: 7 })
const emptyNotice = () => {
  const said = { title: '', fields: Object.fromEntries(noticeFields.map((field) => [field, ''])) }
  return { 'zh-CN': said, en: null }
}
const turning = { label: '2026-2027', lastGrade: 9, classes: [], pupils: [] }
const bodies: Readonly<Record<string, () => unknown>> = {
  'POST /invitations/inspect': () => ({ token }),
  'POST /invitations/accept': () => ({ token, username: 'someone', displayName: 'x', password: 'long enough for all' }),
  'POST /invitations/confirm': () => ({ token, totp: '123456' }),
  'POST /sign-in': () => ({ username: fresh(), password: 'x', totp: '123456' }),
  'POST /sign-in-links/redeem': () => ({ token }),
  'POST /pupil/sign-in': () => ({ locator: target.locator, code: 'AAAAAA' }),
  'POST /pupil/submissions': () => sheetBody(quietSheets()),
  'POST /pupil/talk': () => ({ askedAt: '2026-03-02T01:00:00.000Z' }),
  'POST /pupil/progress': () => ({ at: 1, of: 2, now: 'answering' }),
  'POST /sessions/{sessionId}/seats/{seatId}/absence': () => ({ absence: 'absent' }),
  'POST /sessions/{sessionId}/notes': () => ({ seatId: null, kind: 'noise', words: '' }),
  'POST /sessions/{sessionId}/seats/{seatId}/paper': () => ({
    answeredOn: '2026-03-02',
    language: 'zh-CN',
    sheets: sheetBody(quietSheets()).sheets,
  }),
  'POST /sessions/{sessionId}/seats/{seatId}/paper/decisions': () => ({
    decisions: [{ conflictId: target.seatId, answer: 0 }],
    basis: 'paper',
    reason: 'looked at the paper',
  }),
  'POST /accounts': () => ({ username: `u${fresh()}`, displayName: 'x', roles: [{ role: 'proctor', unitId: target.schoolId }] }),
  'POST /accounts/{accountId}/disable': () => ({ accepted: true }),
  'POST /units': () => ({ kind: 'class', parentId: target.schoolId, name: fresh() }),
  'POST /units/{unitId}': () => ({ name: '甲校', code: null }),
  'POST /classes/{classId}/participants': () => ({ participants: [{ name: '测壬', sex: 'male', birthDate: '2013-01-01' }] }),
  'POST /units/{unitId}/roster/file': () => roster,
  'POST /units/{unitId}/roster/plan': () => plannedRoster,
  'POST /units/{unitId}/roster/import': () => ({
    ...plannedRoster,
    planHash: 'a'.repeat(64),
    decisions: [],
    left: [],
    leaveOutInvalid: false,
  }),
  'POST /classes/{classId}/consents': () => ({
    purpose: 'follow-up',
    givenBy: 'guardian',
    decision: 'given',
    notice: { id: 'n', version: '1', hash: 'a'.repeat(64) },
    participantIds: [mine.participantIds[0]],
  }),
  'POST /units/{unitId}/school-year/plan': () => turning,
  'POST /units/{unitId}/school-year': () => ({ ...turning, planHash: 'a'.repeat(64), confirm: '2026-2027' }),
  'POST /units/{unitId}/school-year/undo': () => ({ label: '2026-2027' }),
  'POST /schools/{schoolId}/duty': () => ({
    fromDay: '2026-03-02',
    toDay: '2026-03-02',
    ownerId: target.accountId,
    deputyId: target.seatId,
  }),
  'POST /schools/{schoolId}/capacity': () => ({ perDay: 6 }),
  'POST /trial-alerts/confirm': () => ({ alertIds: [target.seatId] }),
  'POST /sessions/{sessionId}/plan': () => ({ place: '302 教室' }),
  'POST /classes/{classId}/consent-links': consentLinks,
  'POST /notices': () => ({ schoolId: target.schoolId, purpose: 'research', party: null, texts: emptyNotice() }),
  'POST /notices/{noticeId}/texts': () => ({ texts: emptyNotice() }),
  'POST /notices/{noticeId}/publish': () => ({ renews: false }),
  'POST /guardian/look': () => ({ token }),
  'POST /guardian/confirm': () => ({ token, code: 'AAAAAA' }),
  'POST /guardian/answers': () => ({
    token,
    code: 'AAAAAA',
    name: 'x',
    relationship: 'parent',
    answers: [{ noticeId: target.noticeId, decision: 'given' }],
  }),
  'POST /sessions': () => ({ classId: target.classId, studyId: target.studyId, wave: 'post' }),
  'POST /flags/{flagId}/review': () => ({ decision: 'confirmed', reason: 'talked with her today' }),
  'POST /screenings': () => ({
    title: '测',
    wave: '测',
    language: 'zh-CN',
    instruments: [{ instrument: 'who-5', version: '1.0.0' }],
    schoolIds: [target.schoolId],
  }),
  'POST /studies': () => ({ protocol: protocol(`s${fresh()}`) }),
  'POST /studies/{studyId}/schools': () => ({ schoolIds: [target.schoolId] }),
  'POST /studies/{studyId}/allocation': () => ({ seed: 1 }),
  'POST /kits': () => ({ schoolId: target.schoolId }),
  'POST /kit-uploads': () => ({ fileHash: 'd'.repeat(64), size: 9 }),
  'POST /kit-uploads/{uploadId}/pieces': () => ({ offset: 1, hash: 'a'.repeat(64), content: 'AAAA' }),
  'POST /kit-conflicts/{conflictId}/decision': () => ({ decision: 'ours', reason: 'seen' }),
  'POST /studies/{studyId}/reports': () => ({ exportId: target.exportId }),
}

/** A stream that ends with its first picture. */
const queries: Readonly<Record<string, string>> = { 'GET /sessions/{sessionId}/events': '?seconds=0' }

const call = (route: string, person: Person): Promise<Answer> => {
  const [method, pattern] = route.split(' ') as [string, string]
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => target[name] ?? name)
  if (method === 'GET') return person.get(`${path}${queries[route] ?? ''}`)
  return person.post(path, bodies[route]?.(), { 'idempotency-key': fresh().repeat(2) })
}

const verdictOf = ({ status, body }: Answer): Verdict => {
  if (status >= 500) return 'broken'
  if (['account.sign-in-needed', 'session.seat-unknown'].includes(body?.code)) return 'sign in'
  if (['account.role-missing', 'account.county-role-needed'].includes(body?.code)) return 'role'
  return status === 404 && !['invitation.not-valid', 'link.not-valid'].includes(body.code) ? 'absent' : 'in'
}

const expected = ({ who, reach }: Rule, { role, distance }: Actor): Verdict => {
  if (who === 'everyone') return 'in'
  if (who === 'pupil') return role === 'pupil' ? 'in' : 'sign in'
  if (role === null || role === 'pupil' || distance === null) return 'sign in'
  if (!who.includes(role)) return 'role'
  if (reach === 'own') return 'in'
  if (reach === 'school') return distance === 'own school' || distance === 'county' ? 'in' : 'absent'
  if (distance === 'own school' || distance === 'other school') return 'role'
  return reach === 'own county' || distance === 'county' ? 'in' : 'absent'
}

test('SEC-02: the table lists every route of the API and nothing else', () => {
  const document = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')) as { paths: Record<string, object> }
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
  )
  expect(Object.keys(access).sort()).toEqual(routes.sort())
})

test.each(Object.keys(access))('SEC-02: %s lets in exactly whom the table names, from near and far', async (route) => {
  const rule = access[route]!
  const found: Record<string, Verdict> = {}
  for (const actor of actors) {
    const answer = await call(route, actor.person)
    found[actor.name] = verdictOf(answer)
    if (actor.distance === 'other school' || actor.distance === 'other county' || actor.role === null) {
      const told = JSON.stringify(answer.body)
      expect({ actor: actor.name, told: secrets.filter((secret) => told.includes(secret)) }).toEqual({ actor: actor.name, told: [] })
    }
  }
  expect(found).toEqual(Object.fromEntries(actors.map((actor) => [actor.name, expected(rule, actor)])))
})

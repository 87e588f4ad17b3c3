// PRIV-13: a walk with failures of every kind, and then a search for what must never have been said.
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  type Answer,
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  consent,
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

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: World
let owner: Client
let counsellor: Person
let walked: { readonly school: School; readonly session: OpenSession; readonly next: string }
const lines: string[] = []
const problems: Answer[] = []
const canaries = new Map<string, string>([
  ['a name', '金丝雀'],
  ['a student number', 'CANARY4711'],
  ['a birth date', '2013-07-11'],
  ['a password', 'canary in the coal mine'],
  ['a reason', '金丝雀说她不想上学'],
])

const failing = async (answer: Promise<Answer>, status: number) => {
  const got = await answer
  expect(got.status).toBe(status)
  problems.push(got)
}

/** Runs with a table that takes no new row: what the database says then repeats the row. */
const broken = async (table: string, work: () => Promise<unknown>) => {
  await owner.query(`alter table ${table} add constraint broken check (false) not valid`)
  await work().finally(() => owner.query(`alter table ${table} drop constraint broken`))
}

beforeAll(async () => {
  world = await buildWorld({ log: { write: (line) => lines.push(line) } })
  owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

test('PRIV-13: a walk with its failures', async () => {
  const school = await addSchool(world, '甲校', 3)
  const other = await addSchool(world, '乙校', 3)
  const path = `/classes/${school.classId}/participants`
  const bird = { name: canaries.get('a name'), studentNumber: canaries.get('a student number'), sex: 'female', birthDate: '2013-07-11' }
  const add = (...participants: unknown[]) => world.管理员.post(path, { participants })
  const { participantIds } = (await add(bird)).body
  await failing(add(bird), 409)
  await failing(add({ ...bird, birthDate: '1913-07-11' }), 400)
  await failing(add({ ...bird, sex: '金丝雀', name: { 金丝雀: 1 } }), 400)
  await failing(add({ ...bird, name: '金丝雀\0' }), 400)
  await failing(world.管理员.post(`${path}?name=CANARY4711`, { participants: [bird] }), 400)
  await broken('identity.person', () => failing(add({ ...bird, studentNumber: 'N2' }), 500))

  const roster = {
    file: Buffer.from('姓名,学号,性别,出生日期\n金丝雀,CANARY4711,不详,2013-07-11\n').toString('base64'),
    sheets: [{ sheet: 0, headerRow: 1, columns: ['name', 'studentNumber', 'sex', 'birthDate'], className: '七年级1班' }],
    createClasses: false,
  }
  const rosterOf = (step: string, body: object) => world.管理员.post(`/units/${school.schoolId}/roster/${step}`, body)
  const { planHash } = (await rosterOf('plan', roster)).body
  await failing(rosterOf('import', { ...roster, planHash, decisions: [], left: [], leaveOutInvalid: false }), 409)
  await failing(rosterOf('plan', { ...roster, sheets: ['金丝雀'] }), 400)
  await failing(rosterOf('file', { file: Buffer.from('姓名,"金丝雀\nCANARY4711').toString('base64') }), 400)
  await broken('screening.audit_event', () => failing(rosterOf('plan', roster), 500))

  await consent(world, school.classId, participantIds, 'screening')
  const session = await openSession(world, school, await addStudy(world, [school, other]))
  const seat = session.codes.findIndex((card) => card.name === '金丝雀')
  const { code } = session.codes[seat]!
  const { token } = await sit(world, session, seat)
  canaries.set('a seat code', code).set('a locator', session.locator).set('a seat token', token)
  const typing = (locator: string, typed: string) => world.person().post('/pupil/sign-in', { locator, code: typed })
  await failing(typing('ZZZZZ', code), 401)
  await failing(typing(session.locator, code.split('').reverse().join('') === code ? 'AAAAAA' : code.split('').reverse().join('')), 401)
  await broken('screening.audit_event', () => failing(typing(session.locator, code), 500))

  const risk = sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 3 } })
  await failing(handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { phq9_9: '金丝雀' } })), 400)
  await failing(handIn(world, token, { ...risk, startedAt: '金丝雀' }), 400)
  await broken('screening.submission', () => failing(handIn(world, token, risk), 500))
  await broken('screening.flag', () => failing(handIn(world, token, risk), 500))
  expect((await handIn(world, token, risk)).status).toBe(201)
  await failing(handIn(world, token, risk), 409)

  walked = { school, session, next: session.codes[(seat + 1) % session.codes.length]!.seatId }

  counsellor = await colleague(world, 'lin', 'counsellor', school.schoolId)
  const { caseId } = (await counsellor.get('/cases')).body.cases[0]
  const { flagId } = (await counsellor.get(`/cases/${caseId}`)).body.flags[0]
  const review = (reason: unknown) => counsellor.post(`/flags/${flagId}/review`, { decision: 'confirmed', reason })
  await failing(review(['金丝雀']), 400)
  await broken('screening.flag_review', () => failing(review(canaries.get('a reason')), 500))
  expect((await review(canaries.get('a reason'))).status).toBe(201)
  await failing(review(canaries.get('a reason')), 409)

  const { invitationUrl } = (
    await world.管理员.post('/accounts', { username: 'bird', displayName: 'x', roles: [{ role: 'proctor', unitId: school.schoolId }] })
  ).body
  const link = invitationUrl.split('#')[1] as string
  canaries.set('a link', link)
  const accept = (word: unknown) =>
    world.person().post('/invitations/accept', { token: link, username: 'bird', displayName: 'x', password: word })
  await failing(accept('canary'), 400)
  await broken('identity.account', () => failing(accept(canaries.get('a password')), 500))
  const { totpSecret } = (await accept(canaries.get('a password'))).body
  canaries.set('a one-time-code secret', totpSecret)
  await failing(world.person().post('/invitations/confirm', { token: link, totp: '000000' }), 400)
  await failing(world.person().post('/sign-in', { username: 'bird', password: canaries.get('a password'), totp: '000000' }), 401)
  await failing(world.person('tongxing_session=CANARY4711').get('/me'), 401)
})

test('PRIV-13: a paper sheet with its failures', async () => {
  const { school, session, next } = walked
  const paper = `/sessions/${session.sessionId}/seats/${next}/paper`
  const reading = (answer: unknown) => ({
    answeredOn: '2026-03-02',
    language: 'zh-CN',
    sheets: sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: answer } }).sheets,
  })
  const clerk = await colleague(world, 'clerk', 'proctor', school.schoolId)
  await failing(clerk.post(paper, reading('金丝雀')), 400)
  await broken('screening.paper_entry', () => failing(clerk.post(paper, reading(3)), 500))
  expect((await clerk.post(paper, reading(3))).status).toBe(201)
  await failing(clerk.post(paper, reading(2)), 409)
  const { conflictId } = (await world.管理员.post(paper, reading(2))).body.conflicts[0]
  const decide = (answer: unknown) =>
    clerk.post(`${paper}/decisions`, { decisions: [{ conflictId, answer }], basis: 'paper', reason: canaries.get('a reason') })
  await failing(decide('金丝雀'), 400)
  await broken('screening.paper_decision', () => failing(decide(2), 500))
  await broken('screening.submission_past', () => failing(decide(2), 500))
  expect((await decide(2)).status).toBe(201)
})

test('PRIV-13: a consent link with its failures', async () => {
  const { school } = walked
  const noticeId = await publishNotice(world, { schoolId: school.schoolId, purpose: 'follow-up' })
  const wish = { participantIds: [school.participantIds[0]], asks: [{ purpose: 'follow-up', party: null }], days: 7 }
  const making = () => world.管理员.post(`/classes/${school.classId}/consent-links`, wish)
  await broken('screening.consent_link', () => failing(making(), 500))
  const [{ token, code }] = (await making()).body.links
  canaries.set('a consent link', token).set('a consent code', code).set('a guardian', '金丝雀的妈妈')
  const guardian = (step: string, body: object) => world.person().post(`/guardian/${step}`, { token, ...body })
  const answer = { code, name: '金丝雀的妈妈', relationship: 'parent', answers: [{ noticeId, decision: 'given' }] }
  await failing(guardian('look', { extra: code }), 400)
  await failing(guardian('confirm', { code: code === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA' }), 401)
  await failing(guardian('answers', { ...answer, relationship: '金丝雀' }), 400)
  await failing(guardian('answers', { ...answer, relationship: 'caregiver' }), 409)
  await broken('identity.consent_signature', () => failing(guardian('answers', answer), 500))
  await broken('screening.consent', () => failing(guardian('answers', answer), 500))
  expect((await guardian('answers', answer)).status).toBe(201)
})

test('PRIV-13: no log line says a name, number, date, code, token, password or reason', () => {
  expect(lines.length).toBeGreaterThanOrEqual(6) // each failure of ours was recorded
  for (const [what, canary] of canaries) expect({ what, said: lines.filter((line) => line.includes(canary)) }).toEqual({ what, said: [] })
  expect(lines.join()).not.toMatch(/Failing row|phq9_9|\bkey\b.*金/i)
})

test('PRIV-13: no error says them either, not even to the one who sent them', () => {
  expect(problems.length).toBeGreaterThan(20)
  for (const [what, canary] of canaries) {
    const said = problems.filter(({ body, headers }) => JSON.stringify([body, headers]).includes(canary))
    expect({ what, said }).toEqual({ what, said: [] })
  }
})

test('PRIV-13: the audit log holds them nowhere', async () => {
  const { rows } = await owner.query('select * from screening.audit_event')
  expect(rows.length).toBeGreaterThan(20)
  const text = JSON.stringify(rows)
  for (const [what, canary] of canaries) expect({ what, said: text.includes(canary) }).toEqual({ what, said: false })
})

test('PRIV-13: no address of the API has a place for them: only ids, numbers of seats, languages and the library', async () => {
  const { openApiDocument } = await import('./openapi.ts')
  const { paths } = JSON.parse(await openApiDocument()) as {
    paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>
  }
  const named = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ parameters = [] }) => parameters.filter((one) => one.in !== 'header').map((one) => one.name)),
  )
  const allowed =
    /^(kitId|uploadId|conflictId|noticeId|linkId|participantId|unitId|schoolId|classId|sessionId|seatId|seats|seconds|caseId|flagId|studyId|exportId|reportId|accountId|name|instrument|version|language|state)$/
  expect(named.filter((name) => !allowed.test(name))).toEqual([])
})

// Notices, the answers of guardians to them, and what follows when one is withdrawn.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noticeFields } from '../src/consents/notice.ts'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  consent,
  handIn,
  openSession,
  type Person,
  publishNotice,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

let world: World
let school: School
let studyId: string
let 林老师: Person
let 赵老师: Person

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 8)
  for (const number of Array(13).keys()) pool.push(await addSchool(world, `${number}号学校`, 4))
  studyId = await addStudy(world, [school, ...pool])
  林老师 = await colleague(world, 'lin', 'counsellor', school.schoolId)
  赵老师 = await colleague(world, 'zhao', 'proctor', school.schoolId)
})
afterAll(() => world.close())

const tick = (minutes = 1) => {
  world.now.value = new Date(world.now.value.getTime() + minutes * 60_000)
}
const said = (title: string) => ({ title, fields: Object.fromEntries(noticeFields.map((field) => [field, `${field} of ${title}`])) })
/** A school of four pupils that nothing has happened to yet. */
const pool: School[] = []
const fresh = () => pool.pop()!
const standing = async ({ classId }: School, who: Person = world.管理员) =>
  (await who.get(`/classes/${classId}/participants`)).body.participants.map((p: { consent: Record<string, unknown> | null }) => p.consent)
const onPaper = (participantIds: readonly string[], noticeId: string, part: object = {}) => ({
  purpose: 'screening',
  givenBy: 'guardian',
  decision: 'given',
  notice: { noticeId },
  evidence: { form: 'paper', place: '档案柜 3' },
  relationship: 'parent',
  participantIds,
  ...part,
})
const linkFor = async (of: School, participantId: string, asks: readonly object[], days = 7) => {
  const made = await world.管理员.post(`/classes/${of.classId}/consent-links`, { participantIds: [participantId], asks, days })
  return made.body.links[0] as { linkId: string; token: string; code: string; name: string; initial: string }
}
const ask = (purpose: string, party: string | null = null) => ({ purpose, party })
const guardian = (step: string, body: object) => world.person().post(`/guardian/${step}`, body)

test('PRIV-03: a notice is published only with every field that the law asks, and never changes again', async () => {
  const { schoolId } = fresh()
  const half = { ...said('半份'), fields: { ...said('半份').fields, refusal: ' ' } }
  const draft = { schoolId, purpose: 'screening', party: null, texts: { 'zh-CN': half, en: null } }
  const { noticeId } = (await world.管理员.post('/notices', draft)).body
  const publish = () => world.管理员.post(`/notices/${noticeId}/publish`, { renews: false })
  expect(await publish()).toMatchObject({ status: 409, body: { code: 'notice.incomplete', parameters: { what: 'zh-CN refusal' } } })
  const whole = { 'zh-CN': said('全份'), en: null }
  expect((await world.管理员.post(`/notices/${noticeId}/texts`, { texts: whole })).status).toBe(204)
  const first = await publish()
  expect(first).toMatchObject({ status: 200, body: { version: 1, state: 'published', current: true } })
  expect(first.body.hash).toMatch(/^[0-9a-f]{64}$/)
  for (const again of [publish(), world.管理员.post(`/notices/${noticeId}/texts`, { texts: draft.texts })])
    expect(await again).toMatchObject({ status: 409, body: { code: 'notice.published-already' } })
  const second = await publishNotice(world, { schoolId })
  expect((await world.管理员.get(`/notices/${second}`)).body).toMatchObject({ version: 2, current: true })
  expect((await world.管理员.get(`/notices/${noticeId}`)).body).toMatchObject({ version: 1, current: false, hash: first.body.hash })
})

test('what changed is asked from the second text on: a first one renews nothing unless told to, a later one does unless told not to', async () => {
  const { schoolId } = fresh()
  const texts = { 'zh-CN': said('研究'), en: null }
  const drawn = async () =>
    (await world.管理员.post('/notices', { schoolId, purpose: 'research', party: null, texts })).body.noticeId as string
  const [one, two, three] = [await drawn(), await drawn(), await drawn()]
  const isFirst = async (noticeId: string) => (await world.管理员.get(`/notices/${noticeId}`)).body.first
  const publish = async (noticeId: string, body: object) => (await world.管理员.post(`/notices/${noticeId}/publish`, body)).body.renews
  expect(await isFirst(one)).toBe(true)
  expect(await publish(one, {})).toBe(false)
  expect(await isFirst(two)).toBe(false)
  expect(await publish(two, {})).toBe(true)
  expect(await publish(three, { renews: false })).toBe(false)
})

test('a notice for all schools needs a role for the county, and one of another school does not exist', async () => {
  const keeper = await colleague(world, 'keeper', 'administrator', school.schoolId)
  const texts = { 'zh-CN': said('县'), en: null }
  const write = (schoolId: string | null, part: object = {}) =>
    keeper.post('/notices', { schoolId, purpose: 'research', party: null, texts, ...part })
  expect(await write(null)).toMatchObject({ status: 403, body: { code: 'account.county-role-needed' } })
  expect(await write(school.schoolId, { party: '医院' })).toMatchObject({ status: 400, body: { code: 'notice.party-wrong' } })
  expect((await write(school.schoolId)).status).toBe(201)
  const elsewhere = fresh()
  const theirs = await publishNotice(world, { schoolId: elsewhere.schoolId })
  expect((await keeper.get(`/notices/${theirs}`)).status).toBe(404)
  expect((await keeper.get('/notices')).body.notices.some(({ id }: { id: string }) => id === theirs)).toBe(false)
})

test('PRIV-03: a consent with a published notice says how it was given, and an entrusted caregiver cannot give it', async () => {
  const place = fresh()
  const [anyone] = place.participantIds
  const noticeId = await publishNotice(world, { schoolId: place.schoolId })
  const recording = (part: object) => 林老师县.post(`/classes/${place.classId}/consents`, onPaper([anyone!], noticeId, part))
  const 林老师县 = world.管理员
  expect(await recording({ relationship: 'caregiver' })).toMatchObject({ status: 409, body: { code: 'consent.caregiver-is-no-guardian' } })
  expect(await recording({ evidence: undefined })).toMatchObject({ status: 400, body: { code: 'consent.ground-needed' } })
  expect(await recording({ evidence: { form: 'spoken' } })).toMatchObject({ status: 409, body: { code: 'consent.paper-needed' } })
  expect((await consent(world, place.classId, [anyone!], 'screening')).body.code).toBe('consent.notice-needed')
  expect((await recording({})).status).toBe(201)
  expect((await recording({ decision: 'withdrawn', evidence: { form: 'spoken' } })).status).toBe(201)
  const { decisions } = (await world.管理员.get(`/participants/${anyone}/consents`)).body
  expect(decisions.slice(0, 2)).toMatchObject([
    { decision: 'withdrawn', evidence: 'spoken', relationship: 'parent' },
    { decision: 'given', evidence: 'paper', evidencePlace: '档案柜 3', noticeVersion: '1', signedBy: null },
  ])
  expect(decisions[2]).toMatchObject({ noticeName: 'n', noticeVersion: '1', evidence: null }) // written down before there were notices
})

test('consents that were written down before there were notices stay valid until a text asks anew', async () => {
  const place = fresh()
  tick()
  await publishNotice(world, { schoolId: place.schoolId })
  expect((await standing(place))[0]).toMatchObject({ screening: 'given', older: ['screening'], anew: [] })
  const planned = await world.管理员.post('/sessions', { classId: place.classId, studyId, wave: 'baseline' })
  expect(planned.body.codes).toHaveLength(4)
  tick()
  const renewed = await publishNotice(world, { schoolId: place.schoolId, renews: true })
  expect((await standing(place))[0]).toMatchObject({ screening: 'given', older: ['screening'], anew: ['screening'] })
  const board = async () => (await 看(planned.body.id)).body.seats.length
  const 看 = (id: string) => world.管理员.get(`/sessions/${id}`)
  expect(await board()).toBe(0)
  const [first] = place.participantIds
  await world.管理员.post(`/classes/${place.classId}/consents`, onPaper([first!], renewed))
  expect((await standing(place))[0]).toMatchObject({ screening: 'given', older: [], anew: [] })
  expect(await board()).toBe(1)
  tick()
  await publishNotice(world, { schoolId: place.schoolId }) // corrects a word and asks nobody anew
  expect((await standing(place))[0]).toMatchObject({ older: ['screening'], anew: [] })
  const { classes } = (await world.管理员.get(`/notices/${renewed}/standing`)).body
  expect(classes).toMatchObject([{ classId: place.classId, pupils: 4, onThis: 1, older: 3, none: 0, against: 0 }])
  const later = await world.管理员.post('/sessions', { classId: place.classId, studyId, wave: 'post' })
  expect(later.body.codes).toHaveLength(1)
})

test('PRIV-03: a guardian who works away reads the notice, confirms by the code and decides each purpose by itself', async () => {
  const place = fresh()
  const [child] = place.participantIds
  const screening = await publishNotice(world, { schoolId: place.schoolId, title: '筛查告知书' })
  const sharing = await publishNotice(world, { schoolId: place.schoolId, purpose: 'sharing', party: '县医院' })
  const { token, code, initial, name } = await linkFor(place, child!, [ask('screening'), ask('sharing', '县医院')])
  const look = await guardian('look', { token })
  expect(look.body).toMatchObject({
    className: '七年级1班',
    initial,
    notices: [{ noticeId: screening }, { noticeId: sharing, party: '县医院' }],
  })
  expect(JSON.stringify(look.body)).not.toContain(name)
  expect(Object.keys(look.body.notices[0].texts['zh-CN'].fields)).toEqual([...noticeFields])
  expect(await guardian('confirm', { token, code: 'ZZZZZZ' })).toMatchObject({ status: 401, body: { code: 'link.code-wrong' } })
  const confirmed = await guardian('confirm', { token, code: ` ${code.toLowerCase().slice(0, 3)}-${code.slice(3)}` })
  expect(confirmed.body.name).toBe(name)
  expect(confirmed.body.decisions).toContainEqual({ purpose: 'screening', party: null, decision: 'given' })
  const answers = [
    { noticeId: screening, decision: 'given' },
    { noticeId: sharing, decision: 'refused' },
  ]
  const answer = { token, code, name: '测爸爸', relationship: 'parent', answers }
  expect((await guardian('answers', { ...answer, relationship: 'caregiver' })).body.code).toBe('consent.caregiver-is-no-guardian')
  const receipt = await guardian('answers', answer)
  expect(receipt.status).toBe(201)
  expect((await standing(place))[0]).toMatchObject({ screening: 'given', sharing: [{ party: '县医院', decision: 'refused' }] })
  const { decisions } = (await world.管理员.get(`/participants/${child}/consents`)).body
  const remote = decisions.filter((one: { evidence: string }) => one.evidence === 'remote')
  expect(remote).toHaveLength(2)
  expect(remote[0]).toMatchObject({ signedBy: '测爸爸', relationship: 'parent', givenBy: 'guardian' })
  const audit = await rowsOf<{ action: string; actor: string }>(
    world.administratorUrl,
    'select action, actor from screening.audit_event where $1 = any (subject_ids) and actor = $2 order by occurred_at, id',
    [child, 'guardian'],
  )
  expect(audit.map(({ action }) => action)).toEqual([
    'participant.names-read',
    'consent-link.confirmed',
    'consent.recorded',
    'consent.recorded',
  ])
  tick()
  const away = await guardian('answers', { ...answer, answers: [{ noticeId: screening, decision: 'withdrawn' }] })
  expect(away.status).toBe(201) // by the same link, while it is valid
  expect((await standing(place))[0]).toMatchObject({ screening: 'withdrawn' })
})

test('a consent link ends with its time, when it is revoked, with the next one, and with too many wrong codes', async () => {
  const place = fresh()
  const [child, other] = place.participantIds
  await publishNotice(world, { schoolId: place.schoolId })
  const first = await linkFor(place, child!, [ask('screening')], 1)
  const second = await linkFor(place, child!, [ask('screening')], 1)
  const seen = async ({ token }: { token: string }) => (await guardian('look', { token })).status
  expect([await seen(first), await seen(second)]).toEqual([404, 200])
  tick(24 * 60)
  expect(await seen(second)).toBe(404)
  tick(-24 * 60)
  const third = await linkFor(place, child!, [ask('screening')])
  expect((await world.管理员.post(`/consent-links/${third.linkId}/revoke`)).status).toBe(204)
  expect(await guardian('confirm', { token: third.token, code: third.code })).toMatchObject({
    status: 404,
    body: { code: 'link.not-valid' },
  })
  const guessed = await linkFor(place, other!, [ask('screening')])
  const wrong = guessed.code === 'AAAAAA' ? 'BBBBBB' : 'AAAAAA'
  const guesses = await Promise.all(Array.from({ length: 14 }, () => guardian('confirm', { token: guessed.token, code: wrong })))
  expect(guesses.map(({ status }) => status).toSorted()).toEqual([...Array(9).fill(401), ...Array(5).fill(429)])
  expect((await guardian('confirm', { token: guessed.token, code: guessed.code })).body.code).toBe('link.blocked')
  const { links } = (await world.管理员.get(`/classes/${place.classId}/consent-links`)).body
  expect(links.map(({ state }: { state: string }) => state)).toEqual(['blocked', 'revoked', 'revoked', 'revoked'])
  expect(await guardian('look', { token: 'x'.repeat(43) })).toMatchObject({ status: 404, body: { code: 'link.not-valid' } })
})

test('a consent link and its code are kept as hashes only, and a link answers for its one pupil', async () => {
  const place = fresh()
  const [child, other] = place.participantIds
  const noticeId = await publishNotice(world, { schoolId: place.schoolId })
  const foreign = await publishNotice(world, { schoolId: place.schoolId, purpose: 'follow-up' })
  const { token, code } = await linkFor(place, child!, [ask('screening')])
  const rows = await rowsOf(world.administratorUrl, 'select * from screening.consent_link')
  expect([token, code].filter((secret) => JSON.stringify(rows).includes(secret))).toEqual([])
  const answer = (noticeId: string) =>
    guardian('answers', { token, code, name: '测妈妈', relationship: 'parent', answers: [{ noticeId, decision: 'refused' }] })
  expect(await answer(foreign)).toMatchObject({ status: 409, body: { code: 'link.asks-else' } })
  tick()
  await publishNotice(world, { schoolId: place.schoolId })
  expect((await answer(noticeId)).body.code).toBe('link.asks-else') // the text of yesterday is not answered
  const { decisions } = (await world.管理员.get(`/participants/${other}/consents`)).body
  expect(decisions.every(({ evidence }: { evidence: string | null }) => evidence === null)).toBe(true)
})

test('PRIV-04: a class teacher sees no seat for a pupil without consent, and nowhere why', async () => {
  const place = fresh()
  const teacher = await colleague(world, 'qian', 'proctor', place.schoolId)
  const [refused, withdrawn] = place.participantIds
  await consent(world, place.classId, [refused!], 'screening', 'refused')
  const session = await openSession(world, place, studyId)
  expect(session.codes).toHaveLength(3)
  await consent(world, place.classId, [withdrawn!], 'screening', 'withdrawn')
  const path = `/sessions/${session.sessionId}`
  const answers = [
    await teacher.get(`/classes/${place.classId}/participants`),
    await teacher.get(`/classes/${place.classId}/sessions`),
    await teacher.get(path),
    await teacher.get(`${path}/events?seconds=0`),
    await teacher.get(`${path}/reconciliation`),
    await teacher.get('/sessions'),
    await teacher.get(`${path}/opening`),
    await teacher.get(`${path}/left-out`),
    await teacher.get(`${path}/paper`),
    await teacher.get(`${path}/paper/forms`),
    await teacher.post(`${path}/seats`),
    await teacher.post(`${path}/codes`),
    await teacher.post(`${path}/notes`, { seatId: null, kind: 'noise', words: '' }),
    await teacher.post(`${path}/close`),
    await teacher.post(`${path}/open`),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 201, 200, 200])
  const [roster, , board, , reconciliation] = answers
  expect(roster!.body.participants).toHaveLength(4)
  expect(roster!.body.participants.map(({ consent: told }: { consent: unknown }) => told)).toEqual([null, null, null, null])
  expect(board!.body.counts.seats).toBe(2)
  expect(reconciliation!.body).toMatchObject({ counts: { seats: 2 } })
  expect(reconciliation!.body.missing).toHaveLength(2)
  const lone = fresh()
  await consent(world, lone.classId, lone.participantIds, 'screening', 'refused')
  const other = await colleague(world, 'sun', 'proctor', lone.schoolId)
  answers.push(await other.post('/sessions', { classId: lone.classId, studyId, wave: 'baseline' }))
  expect(answers.at(-1)!.body.code).toBe('session.no-seats')
  const told = JSON.stringify(answers.map(({ body }) => body).filter((body) => typeof body !== 'string' || !body.startsWith('<!')))
  expect(told).not.toMatch(/withdrawn|refused|guardian|consents?["a-z]*":[^n]|监护人|撤回|不同意/i)
  for (const path of [
    '/notices',
    `/classes/${place.classId}/notices`,
    `/classes/${place.classId}/consent-links`,
    `/participants/${refused}/consents`,
  ])
    expect(await teacher.get(path)).toMatchObject({ status: 403 })
})

test('PRIV-05: withdrawing takes the seat that has not begun, at once, and consent brings it back', async () => {
  const place = fresh()
  const session = await openSession(world, place, studyId)
  const [child] = place.participantIds
  const card = session.codes[0]!
  await consent(world, place.classId, [child!], 'screening', 'withdrawn')
  const board = async () =>
    (await world.管理员.get(`/sessions/${session.sessionId}`)).body.seats.map(({ seatId }: { seatId: string }) => seatId)
  expect(await board()).not.toContain(card.seatId)
  const sitting = () => world.person().post('/pupil/sign-in', { locator: session.locator, code: card.code })
  expect(await sitting()).toMatchObject({ status: 409, body: { code: 'session.seat-withdrawn' } })
  expect((await world.管理员.post(`/sessions/${session.sessionId}/seats`)).body.codes).toEqual([])
  expect((await world.管理员.post(`/sessions/${session.sessionId}/codes`)).body.codes).toHaveLength(3)
  const noticeId = await publishNotice(world, { schoolId: place.schoolId })
  const { token, code } = await linkFor(place, place.participantIds[1]!, [ask('screening')])
  const answers = [{ noticeId, decision: 'withdrawn' }]
  await guardian('answers', { token, code, name: '测妈妈', relationship: 'parent', answers })
  expect(await board()).not.toContain(session.codes[1]!.seatId) // by the link it is the same
  await world.管理员.post(`/classes/${place.classId}/consents`, onPaper([child!], noticeId))
  expect(await board()).toContain(card.seatId)
  expect((await sitting()).status).toBe(200)
})

test('PRIV-05: a sheet that arrives after consent was withdrawn raises its flag and is no datum', async () => {
  const place = fresh()
  const session = await openSession(world, place, studyId)
  const [child] = place.participantIds
  const { token } = await sit(world, session)
  const researcher = await colleague(world, `gu${place.classId.slice(0, 8)}`, 'researcher', world.countyId)
  const counsellor = await colleague(world, 'wu', 'counsellor', place.schoolId)
  for (const seat of [1, 2]) await handIn(world, (await sit(world, session, seat)).token, sheetBody(quietSheets()))
  await consent(world, place.classId, [child!], 'screening', 'withdrawn')
  const risk = sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } })
  const stored = await handIn(world, token, risk)
  expect(stored.status).toBe(201)
  const { cases } = (await counsellor.get('/cases')).body
  expect(cases).toHaveLength(1)
  const found = (await counsellor.get(`/cases/${cases[0].caseId}`)).body
  expect(found.flags.length).toBeGreaterThan(0)
  expect(found.scores).toEqual([])
  const [row] = await rowsOf<{ restricted_at: Date | null }>(
    world.administratorUrl,
    'select restricted_at from screening.submission where id = $1',
    [stored.body.submissionId],
  )
  expect(row!.restricted_at).toEqual(world.now.value)
  const exported = async () => (await researcher.post(`/studies/${studyId}/exports`)).body.participants
  expect(await exported()).toBe(2)
  await consent(world, place.classId, [child!], 'screening') // consenting again makes no datum of it
  expect(await exported()).toBe(2)
})

test('research: a sheet that came in while the text of the consent counted no more is in no dataset', async () => {
  const researcher = await colleague(world, 'he', 'researcher', world.countyId)
  const before = (await researcher.post(`/studies/${studyId}/exports`)).body.participants
  const place = fresh()
  tick()
  const noticeId = await publishNotice(world, { schoolId: place.schoolId, purpose: 'research', renews: true })
  const [first] = place.participantIds
  await world.管理员.post(`/classes/${place.classId}/consents`, onPaper([first!], noticeId, { purpose: 'research' }))
  const session = await openSession(world, place, studyId)
  for (const seat of [0, 1]) await handIn(world, (await sit(world, session, seat)).token, sheetBody(quietSheets()))
  expect((await researcher.post(`/studies/${studyId}/exports`)).body.participants).toBe(before + 1)
  tick()
  await publishNotice(world, { schoolId: place.schoolId, purpose: 'research', renews: true })
  expect((await researcher.post(`/studies/${studyId}/exports`)).body.participants).toBe(before + 1) // what came in under it stays
})

test('a counsellor reads notices and a class teacher does not', async () => {
  expect((await 林老师.get('/notices')).status).toBe(200)
  expect((await 赵老师.get('/notices')).status).toBe(403)
})

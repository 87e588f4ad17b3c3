import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  handIn,
  type OpenSession,
  openSession,
  type Person,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

let world: World
let owner: Client
let session: OpenSession
let school: School
let other: School
let studyId: string
let 林老师: Person

beforeAll(async () => {
  world = await buildWorld()
  owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  school = await addSchool(world, '甲校', 8)
  other = await addSchool(world, '乙校', 1)
  studyId = await addStudy(world, [school, other])
  session = await openSession(world, school, studyId)
  林老师 = await colleague(world, 'lin', 'counsellor', school.schoolId)
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const phq = (answers: Record<string, unknown>) => sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], ...answers } })
const submit = async (seat: number, answers: Record<string, unknown>) =>
  handIn(world, (await sit(world, session, seat)).token, phq(answers))
const looks = async (action: string) =>
  (await owner.query('select count(*)::int as n from screening.audit_event where action = $1', [action])).rows[0].n as number
const distress = (value: number) => Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`phq9_${index + 1}`, value]))

test('SAF-17: the queue ranks by urgency, then age', async () => {
  await submit(0, distress(2)) // 16 points: routine
  world.now.value = new Date(world.now.value.getTime() + 60_000)
  await submit(1, { phq9_9: 'declined' }) // prompt
  world.now.value = new Date(world.now.value.getTime() + 60_000)
  await submit(2, { phq9_9: 1 }) // immediate
  const { cases } = (await 林老师.get('/cases')).body
  expect(cases.map((row: { urgency: string }) => row.urgency)).toEqual(['immediate', 'prompt', 'routine'])
  expect(cases[0]).toMatchObject({ initial: '丙＊', flags: { open: 1, total: 1 }, overdue: false })
  expect(cases[0].reasons[0]['zh-CN']).toEqual(expect.any(String))
})

test('SAF-06: an immediate flag raised in school hours is due in 30 minutes, and is overdue afterwards', async () => {
  const [first] = (await 林老师.get('/cases')).body.cases
  expect(new Date(first.dueAt).getTime() - new Date(first.openedAt).getTime()).toBe(30 * 60_000)
  world.now.value = new Date(world.now.value.getTime() + 31 * 60_000)
  expect((await 林老师.get('/cases')).body.cases[0].overdue).toBe(true)
})

test('a case names the pupil, tells why in words, and shows what was answered', async () => {
  const [first] = (await 林老师.get('/cases')).body.cases
  const { body } = await 林老师.get(`/cases/${first.caseId}`)
  expect(body.participant).toMatchObject({ name: '测丙2', className: '七年级1班', schoolName: '甲校', age: 12 })
  expect(body.flags[0]).toMatchObject({ rule: 'item9-endorsed', value: '1', review: null })
  expect(body.flags[0].valueText['zh-CN']).toEqual(expect.any(String))
  expect(body.scores).toContainEqual(expect.objectContaining({ scale: 'phq9_total', direction: 'higher-is-worse' }))
})

test('SAF-20: each reading of a case and of a name is in the audit log', async () => {
  const before = { read: await looks('case.read'), names: await looks('participant.names-read') }
  const [first] = (await 林老师.get('/cases')).body.cases
  await 林老师.get(`/cases/${first.caseId}`)
  expect(await looks('case.read')).toBe(before.read + 1)
  expect(await looks('participant.names-read')).toBe(before.names + 2)
})

test('SAF-20: no audit, no read: when the audit row cannot be written nothing is shown', async () => {
  const [first] = (await 林老师.get('/cases')).body.cases
  await owner.query('alter table screening.audit_event add constraint broken check (false) not valid')
  try {
    const answer = await 林老师.get(`/cases/${first.caseId}`)
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(JSON.stringify(answer.body)).not.toMatch(/测丙/)
  } finally {
    await owner.query('alter table screening.audit_event drop constraint broken')
  }
})

test('a review needs a reason, is done once, and names who did it', async () => {
  const [first] = (await 林老师.get('/cases')).body.cases
  const flagId = (await 林老师.get(`/cases/${first.caseId}`)).body.flags[0].flagId
  expect(await 林老师.post(`/flags/${flagId}/review`, { decision: 'confirmed', reason: '  ' })).toMatchObject({
    status: 400,
    body: { code: 'request.invalid' },
  })
  const review = { decision: 'confirmed', reason: '当天已与学生面谈' }
  expect(await 林老师.post(`/flags/${flagId}/review`, review)).toMatchObject({ status: 201, body: { review: { ...review, by: 'lin' } } })
  expect(await 林老师.post(`/flags/${flagId}/review`, { ...review, decision: 'dismissed' })).toMatchObject({
    status: 409,
    body: { code: 'flag.already-reviewed' },
  })
})

test('a case whose flags are all reviewed moves to the reviewed list and does not vanish; a new flag opens a new case', async () => {
  const reviewed = (await 林老师.get('/cases?state=reviewed')).body.cases
  expect(reviewed).toHaveLength(1)
  expect((await 林老师.get('/cases')).body.cases.map((row: { urgency: string }) => row.urgency)).toEqual(['prompt', 'routine'])
})

test('flags of one pupil gather in one open case', async () => {
  await submit(3, { ...distress(3), phq9_9: 3 })
  const all = (await 林老师.get('/cases')).body.cases
  expect(all[0]).toMatchObject({ urgency: 'immediate', flags: { open: 2, total: 2 } })
  expect(all[0].reasons).toHaveLength(2)
})

test('a flag is reviewed once, however many try at the same moment', async () => {
  const { flags } = (await 林老师.get(`/cases/${(await 林老师.get('/cases')).body.cases[0].caseId}`)).body
  const review = { decision: 'confirmed', reason: '当天已与学生面谈' }
  const answers = await Promise.all(Array.from({ length: 6 }, () => 林老师.post(`/flags/${flags[0].flagId}/review`, review)))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409])
})

test('a flag that is raised while the case is being closed stands in an open case', async () => {
  const post = await openSession(world, school, studyId, 'post')
  for (const seat of [0, 1, 2, 4, 5, 6]) {
    if (seat > 3) await submit(seat, { phq9_9: 1 })
    const { token } = await sit(world, post, seat)
    const { rows } = await owner.query(
      'select f.id from screening.flag f join screening.seat t on t.participant_id = f.participant_id left join screening.flag_review r on r.flag_id = f.id where t.id = $1 and r.id is null',
      [post.codes[seat]!.seatId],
    )
    const reviews = rows.map((row) => 林老师.post(`/flags/${row.id}/review`, { decision: 'dismissed', reason: '与学生谈过，没有危险' }))
    await Promise.all([...reviews, handIn(world, token, phq({ phq9_9: 2 }))])
  }
  const { rows: hidden } = await owner.query(
    "select f.id from screening.flag f left join screening.flag_review r on r.flag_id = f.id left join screening.care_case c on c.id = f.case_id where r.id is null and c.state is distinct from 'open'",
  )
  expect(hidden).toEqual([])
})

test('nothing is dropped from a queue of more than a thousand, and the most urgent stands on top', async () => {
  const before = (await 林老师.get('/cases')).body.cases
  const { flagId } = (await 林老师.get(`/cases/${before[0].caseId}`)).body.flags[0]
  await owner.query(
    `with new as (select gen_random_uuid() as id, gen_random_uuid() as case_id, gen_random_uuid() as flag_id, n from generate_series(1, 1200) n),
      like_this as (select f.*, p.class_id from screening.flag f join screening.participant p on p.id = f.participant_id where f.id = $1),
      pupils as (insert into screening.participant select l.county_id, new.id, l.school_id, l.class_id, 'male', '2013-05-01', null, now() from new, like_this l),
      cases as (insert into screening.care_case select l.county_id, new.case_id, l.school_id, new.id, 'open', now() + n * interval '1 s' from new, like_this l)
    insert into screening.flag select l.county_id, new.flag_id, l.school_id, l.submission_id, new.id, new.case_id, l.study_id, l.wave, l.instrument,
      l.version, 'rule ' || n, l.kind, case when n = 1200 then 'immediate' else 'routine' end, l.subject, l.value, now(), now(), now(), l.seat_id from new, like_this l`,
    [flagId],
  )
  const urgencies = (await 林老师.get('/cases')).body.cases.map((row: { urgency: string }) => row.urgency)
  const immediate = urgencies.filter((urgency: string) => urgency === 'immediate').length
  expect(urgencies).toHaveLength(before.length + 1200)
  expect(immediate).toBe(before.filter((row: { urgency: string }) => row.urgency === 'immediate').length + 1)
  expect(urgencies.slice(0, immediate)).toEqual(Array(immediate).fill('immediate'))
})

test('SAF-03: the mark of the queue changes with each flag and each review, tells no name and is no look', async () => {
  const mark = async (who: Person) => (await who.get('/cases/mark')).body.mark as string
  const 乙老师 = await colleague(world, 'yi', 'counsellor', other.schoolId)
  const [before, elsewhere, audited] = [await mark(林老师), await mark(乙老师), await looks('case.listed')]
  await submit(7, { phq9_9: 2 })
  const raised = await mark(林老师)
  expect(raised).not.toBe(before)
  expect(await mark(林老师)).toBe(raised)
  const { cases } = (await 林老师.get('/cases')).body
  const { flags } = (await 林老师.get(`/cases/${cases[0].caseId}`)).body
  const open = flags.find((flag: { review: unknown }) => flag.review === null)
  await 林老师.post(`/flags/${open.flagId}/review`, { decision: 'dismissed', reason: '面谈后了解到误读了题目' })
  expect(await mark(林老师)).not.toBe(raised)
  expect(await mark(乙老师)).toBe(elsewhere)
  expect(await looks('case.listed')).toBe(audited + 1)
})

// A school year turns: everybody goes on, nobody is lost, last year stays readable, and it can be taken back until something was done.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
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
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }) // a busy machine is no failure

let world: World
let mine: School
let theirs: School
let studyId: string
let 林老师: Person
const pupils: Record<string, string> = {}

const addClass = async (schoolId: string, name: string, names: readonly string[]) => {
  const { id } = (await world.管理员.post('/units', { kind: 'class', parentId: schoolId, name })).body
  const participants = names.map((own) => ({ name: own, studentNumber: `N${own}`, sex: 'female', birthDate: '2012-05-09' }))
  const { participantIds } = (await world.管理员.post(`/classes/${id}/participants`, { participants })).body
  for (const [at, own] of names.entries()) pupils[own] = participantIds[at]
  return id as string
}
const wish = (more: object = {}) => ({ label: '2026-2027', lastGrade: 9, classes: [], pupils: [], ...more })
const year = (step: string, body: unknown, person = world.管理员, school = mine) =>
  person.post(`/units/${school.schoolId}/school-year${step}`, body)
const turn = async (wished: object, person = world.管理员, school = mine) => {
  const { planHash } = (await year('/plan', wished, person, school)).body
  return year('', { ...wished, planHash, confirm: '2026-2027' }, person, school)
}
const namesIn = async (classId: string) =>
  ((await world.管理员.get(`/classes/${classId}/participants`)).body.participants as { name: string }[]).map(({ name }) => name).sort()
const classesOf = async (schoolId: string) =>
  new Map(
    ((await world.管理员.get('/units')).body.units as { id: string; name: string; schoolId: string; kind: string }[]).flatMap((unit) =>
      unit.kind === 'class' && unit.schoolId === schoolId ? [[unit.name, unit.id]] : [],
    ),
  )
const everything = () =>
  rowsOf(
    world.administratorUrl,
    `select p.id, p.class_id, p.left_at, c.retired_at from screening.participant p join screening.unit c on c.id = p.class_id order by p.id`,
  )

let eight: string
let nine: string
let far: string
beforeAll(async () => {
  world = await buildWorld()
  mine = await addSchool(world, '甲校') // 七年级1班: 测甲0 测乙1 测丙2
  theirs = await addSchool(world, '乙校')
  eight = await addClass(mine.schoolId, '八年级1班', ['周一', '周二', '周三'])
  nine = await addClass(mine.schoolId, '九年级1班', ['毕一', '毕二'])
  far = await addClass(theirs.schoolId, '九年级3班', ['远一'])
  studyId = await addStudy(world, [mine, theirs])
  const session = await openSession(world, mine, studyId)
  const { token } = await sit(world, session)
  await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 2 } }))
  await world.管理员.post(`/sessions/${session.sessionId}/close`)
  林老师 = await colleague(world, 'lin', 'counsellor', mine.schoolId)
})
afterAll(() => world.close())

test('a preview says what becomes of each class and changes nothing', async () => {
  const before = await everything()
  const { status, body } = await year('/plan', wish())
  expect(status).toBe(200)
  expect(body.classes.map((own: Record<string, unknown>) => [own.name, own.becomes, own.newName, own.pupils])).toEqual([
    ['七年级1班', 'promoted', '八年级1班', 3],
    ['八年级1班', 'promoted', '九年级1班', 3],
    ['九年级1班', 'graduates', null, 2],
  ])
  expect(body.counts).toEqual({ promoted: 6, graduated: 2, repeated: 0, moved: 0, transferred: 0, left: 0 })
  expect(await everything()).toEqual(before)
})

test('nothing happens without the typed year, with another preview, or for a class that nobody decided about', async () => {
  const before = await everything()
  const { planHash } = (await year('/plan', wish())).body
  expect((await year('', { ...wish(), planHash, confirm: 'yes' })).body.code).toBe('year.not-confirmed')
  const other = wish({ pupils: [{ participantId: pupils.周一, does: 'leaves' }] })
  expect((await year('', { ...other, planHash, confirm: '2026-2027' })).body.code).toBe('year.changed-since')
  expect((await year('/plan', wish({ label: '2026-2028' }))).body.code).toBe('year.label-wrong')
  const odd = await addClass(mine.schoolId, '2024级3班', ['单一'])
  expect((await turn(wish())).body).toMatchObject({ code: 'year.class-undecided' })
  expect(await everything()).toHaveLength(before.length + 1)
  expect(await year('/plan', wish({ classes: [{ classId: odd, becomes: 'promoted', name: '八年级1班' }] }))).toMatchObject({
    status: 409,
    body: { code: 'year.name-twice' },
  })
})

test('a session that is still open holds the year back', async () => {
  const { sessionId } = await openSession(world, mine, studyId, 'post')
  const odd = (await classesOf(mine.schoolId)).get('2024级3班')
  const decided = wish({ classes: [{ classId: odd, becomes: 'graduates' }] })
  expect((await turn(decided)).body).toMatchObject({ code: 'year.session-open', parameters: { name: '七年级1班' } })
  await world.管理员.post(`/sessions/${sessionId}/close`)
})

const exceptions = () => [
  { participantId: mine.participantIds[1], does: 'repeats' },
  { participantId: mine.participantIds[2], does: 'moves', classId: eight },
  { participantId: pupils.周一, does: 'transfers', classId: far },
  { participantId: pupils.周二, does: 'leaves' },
]
const decided = async () => {
  const odd = (await classesOf(mine.schoolId)).get('2024级3班')
  return wish({ classes: [{ classId: odd, becomes: 'promoted' }], pupils: exceptions() })
}

test('the year turns whole: each pupil is where she was asked to be, and the same year twice is refused', async () => {
  const before = (await everything()).length
  const wished = await decided()
  const done = await turn(wished)
  expect(done).toMatchObject({
    status: 201,
    body: { counts: { promoted: 3, graduated: 2, repeated: 1, moved: 1, transferred: 1, left: 1 } },
  })
  const classes = await classesOf(mine.schoolId)
  expect([...classes.keys()].sort()).toEqual(['2024级3班', '七年级1班', '九年级1班', '八年级1班'].sort())
  expect(await namesIn(classes.get('七年级1班')!)).toEqual(['测乙1'])
  expect(await namesIn(classes.get('八年级1班')!)).toEqual(['测甲0'])
  expect(await namesIn(classes.get('九年级1班')!)).toEqual(['周三', '测丙2'].sort())
  expect(await namesIn(far)).toEqual(['周一', '远一'].sort())
  expect(await everything()).toHaveLength(before + 1) // a new entry in the other school, which names the old one
  expect((await year('/plan', wished)).body.code).toBe('year.turned-already')
  expect((await year('/plan', wish({ label: '2025-2026' }))).body.code).toBe('year.turned-already')
})

test('last year stays what it was: its class, its sessions, and where everybody went', async () => {
  const { body } = await world.管理员.get(`/classes/${mine.classId}/enrolments`)
  expect(body).toMatchObject({ name: '七年级1班', retired: true })
  expect(body.pupils.map((own: Record<string, unknown>) => [own.name, own.came, own.went])).toEqual([
    ['测甲0', 'enrolled', 'promoted'],
    ['测乙1', 'enrolled', 'repeated'],
    ['测丙2', 'enrolled', 'moved'],
  ])
  const { sessions } = (await world.管理员.get(`/classes/${mine.classId}/sessions`)).body
  expect(sessions).toHaveLength(2)
  expect((await world.管理员.get(`/sessions/${sessions[0].id}`)).body.className).toBe('七年级1班')
  expect((await world.管理员.get(`/classes/${eight}/enrolments`)).body.pupils[0]).toMatchObject({
    name: '周一',
    went: 'transferred',
    wentTo: '乙校',
  })
  const past = (await world.管理员.get(`/units/${mine.schoolId}/school-year`)).body
  expect(past).toMatchObject({ label: '2027-2028', years: [{ label: '2026-2027', mayUndo: true }] })
  expect(past.past).toHaveLength(4)
})

test('a class of last year gets nothing new, and who left gets no seat', async () => {
  expect((await world.管理员.post('/sessions', { classId: eight, studyId, wave: 'baseline' })).body.code).toBe('unit.retired')
  const participants = [{ name: '新', sex: 'male', birthDate: '2013-01-01' }]
  expect((await world.管理员.post(`/classes/${eight}/participants`, { participants })).body.code).toBe('unit.retired')
})

test('law 2: the case that was open stays open, with the counsellor who knows it, and says where the child is now', async () => {
  const { cases } = (await 林老师.get('/cases')).body
  expect(cases).toHaveLength(1)
  expect(cases[0]).toMatchObject({ className: '八年级1班' })
  const { body } = await 林老师.get(`/cases/${cases[0].caseId}`)
  expect(body.whereabouts.map((own: Record<string, unknown>) => [own.className, own.went])).toEqual([
    ['七年级1班', 'promoted'],
    ['八年级1班', null],
  ])
})

test('it can be taken back whole as long as nothing was done, and then turned again', async () => {
  expect((await year('/undo', { label: '2025-2026' })).body.code).toBe('year.not-the-latest')
  expect(await year('/undo', { label: '2026-2027' })).toMatchObject({ status: 200, body: { undone: true } })
  const classes = await classesOf(mine.schoolId)
  expect(classes.get('七年级1班')).toBe(mine.classId)
  expect(await namesIn(mine.classId)).toEqual(['测丙2', '测乙1', '测甲0'].sort())
  expect(await namesIn(eight)).toEqual(['周一', '周三', '周二'].sort())
  expect(await namesIn(nine)).toEqual(['毕一', '毕二'].sort())
  expect(await namesIn(far)).toEqual(['远一'])
  expect((await year('/undo', { label: '2026-2027' })).body.code).toBe('year.not-the-latest')
  const again = wish({ classes: [{ classId: classes.get('2024级3班'), becomes: 'graduates' }] })
  const { planHash } = (await year('/plan', again)).body
  const twice = await Promise.all([1, 2].map(() => year('', { ...again, planHash, confirm: '2026-2027' })))
  expect(twice.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(twice.find(({ status }) => status === 201)).toMatchObject({
    status: 201,
    body: { counts: { promoted: 6, graduated: 3, repeated: 0, moved: 0, transferred: 0, left: 0 } },
  })
})

test('it cannot be taken back once a session of the new year is planned', async () => {
  const classes = await classesOf(mine.schoolId)
  const ids = (await world.管理员.get(`/classes/${classes.get('八年级1班')}/participants`)).body.participants.map(
    (own: { participantId: string }) => own.participantId,
  )
  await consent(world, classes.get('八年级1班')!, ids, 'screening')
  expect((await world.管理员.post('/sessions', { classId: classes.get('八年级1班'), studyId, wave: 'baseline' })).status).toBe(201)
  expect((await year('/undo', { label: '2026-2027' })).body.code).toBe('year.session-planned')
})

test('an administrator of one school cannot send a pupil to another, and sees nothing of it', async () => {
  const own = await colleague(world, 'head', 'administrator', theirs.schoolId)
  const away = wish({ pupils: [{ participantId: theirs.participantIds[0], does: 'transfers', classId: mine.classId }] })
  expect((await year('/plan', away, own, theirs)).body.code).toBe('year.not-another-school')
  expect((await year('/plan', wish(), own, mine)).status).toBe(404)
  expect(await turn(wish(), own, theirs)).toMatchObject({ status: 201 })
  const late = await world.管理员.post(`/classes/${(await classesOf(theirs.schoolId)).get('八年级1班')}/participants`, {
    participants: [{ name: '新生', sex: 'male', birthDate: '2013-01-01' }],
  })
  expect(late.status).toBe(201)
  expect((await year('/undo', { label: '2026-2027' }, own, theirs)).body.code).toBe('year.pupils-changed')
})

test('PRIV-05: it cannot be taken back past what a guardian decided in the new school: the older consent would count again', async () => {
  const third = await addSchool(world, '丙校', 2)
  const there = (await classesOf(mine.schoolId)).get('八年级1班')!
  const gone = wish({ pupils: [{ participantId: third.participantIds[0], does: 'transfers', classId: there }] })
  expect(await turn(gone, world.管理员, third)).toMatchObject({ status: 201, body: { counts: { transferred: 1 } } })
  const [came] = await rowsOf<{ id: string }>(world.administratorUrl, 'select id from screening.participant where transferred_from = $1', [
    third.participantIds[0],
  ])
  expect((await consent(world, there, [came!.id], 'screening', 'refused')).status).toBe(201)
  expect((await year('/undo', { label: '2026-2027' }, world.管理员, third)).body.code).toBe('year.pupils-changed')
})

test('everything that moved a pupil is in the audit log and in her history, without a gap', async () => {
  const gaps = await rowsOf(
    world.administratorUrl,
    `select p.id from screening.participant p where (select count(*) from screening.enrolment e where e.participant_id = p.id and e.to_at is null)
      <> (case when p.left_at is null then 1 else 0 end)
      or exists (select from screening.enrolment e where e.participant_id = p.id and e.to_at is null and e.class_id <> p.class_id)`,
  )
  expect(gaps).toEqual([])
  const acts = await rowsOf<{ action: string }>(
    world.administratorUrl,
    `select distinct action from screening.audit_event where action like 'year.%' order by 1`,
  )
  expect(acts.map(({ action }) => action)).toEqual(['year.turned', 'year.undone'])
})

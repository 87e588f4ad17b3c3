// What must hold before a class is asked, condition by condition, on the real server and its database.
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  confirmTrials,
  consent,
  ensureDuty,
  handIn,
  type Person,
  protocol,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

/** Moves what is stored into the past: a person's sign-in would not outlive the days that pass here. */
const past = async (world: World, statement: string) => {
  const owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  await owner.query(statement).finally(() => owner.end())
}
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 }) // a busy machine is no failure

const idOf = async (person: Person) => (await person.get('/me')).body.account.id as string
const plan = async (by: Person, school: School, studyId: string, more: object = {}, wave = 'baseline') =>
  by.post('/sessions', { classId: school.classId, studyId, wave, ...more })
const open = (by: Person, sessionId: string, ...confirmed: string[]) => by.post(`/sessions/${sessionId}/open`, { confirmed })
const conditions = async (by: Person, sessionId: string) => (await by.get(`/sessions/${sessionId}/opening`)).body

const addBattery = async (world: World, id: string, battery: readonly string[], scale: string, schools: readonly School[]) => {
  const made = { ...protocol(id, [...battery]), primary: { scale, wave: 'post', baselineWave: 'baseline' } }
  const studyId = (await world.管理员.post('/studies', { protocol: made })).body.id
  await world.管理员.post(`/studies/${studyId}/schools`, { schoolIds: schools.map(({ schoolId }) => schoolId) })
  await world.管理员.post(`/studies/${studyId}/allocation`, { seed: 1 })
  return studyId as string
}

describe('who looks at the answers', () => {
  let world: World
  let schools: School[]
  let sessionId: string
  let lin: Person
  let zhou: Person
  const [first, later] = ['2026-03-02', '2026-03-20']
  const rota = async (body: object, school = schools[0]!) => world.管理员.post(`/schools/${school.schoolId}/duty`, body)
  const call = () => world.管理员.post(`/schools/${schools[0]!.schoolId}/trial-alerts`)

  beforeAll(async () => {
    world = await buildWorld()
    schools = [await addSchool(world, '甲校'), await addSchool(world, '乙校')]
    sessionId = (await plan(world.管理员, schools[0]!, await addStudy(world, schools))).body.id
  })
  afterAll(() => world.close())

  test('SAF-08: without an owner on duty today a session with risk items is not opened', async () => {
    expect(await open(world.管理员, sessionId)).toMatchObject({
      status: 409,
      body: { code: 'session.no-owner', parameters: { day: first } },
    })
    expect(await call()).toMatchObject({ status: 409, body: { code: 'duty.nobody' } })
    lin = await colleague(world, 'lin', 'counsellor', schools[0]!.schoolId)
    zhou = await colleague(world, 'zhou', 'counsellor', world.countyId)
    expect((await open(world.管理员, sessionId)).body.code, 'counsellors alone are nobody on duty').toBe('session.no-owner')
  })

  test('SAF-04: a day has one owner and one deputy, two different counsellors of that school', async () => {
    const elsewhere = await colleague(world, 'sun', 'counsellor', schools[1]!.schoolId)
    const proctor = await colleague(world, 'he', 'proctor', schools[0]!.schoolId)
    const [ownerId, deputyId] = [await idOf(lin), await idOf(zhou)]
    const days = { fromDay: first, toDay: later }
    for (const wrong of [ownerId, await idOf(elsewhere), await idOf(proctor)])
      expect(await rota({ ...days, ownerId, deputyId: wrong })).toMatchObject({ status: 409, body: { code: 'duty.person-wrong' } })
    expect(await rota({ fromDay: later, toDay: first, ownerId, deputyId })).toMatchObject({
      status: 400,
      body: { code: 'duty.days-wrong' },
    })
    expect((await rota({ ...days, ownerId, deputyId })).body.days.slice(0, 1)).toEqual([
      { day: first, owner: { accountId: ownerId, displayName: 'lin' }, deputy: { accountId: deputyId, displayName: 'zhou' } },
    ])
    const swapped = await rota({ fromDay: '2026-03-05', toDay: '2026-03-05', ownerId: deputyId, deputyId: ownerId })
    expect(swapped.body.days.slice(2, 5).map((one: { owner: { displayName: string } }) => one.owner.displayName)).toEqual([
      'lin',
      'zhou',
      'lin',
    ])
    expect((await proctor.post(`/schools/${schools[0]!.schoolId}/duty`, days)).body.code).toBe('account.role-missing')
  })

  test('SAF-08: a channel is proven by a trial alert that each of them confirmed, and for seven days', async () => {
    const silent = { status: 409, body: { code: 'session.channel-unproven', parameters: { who: 'lin / zhou', days: 7 } } }
    expect(await open(world.管理员, sessionId)).toMatchObject(silent)
    await call()
    await call()
    expect(await open(world.管理员, sessionId), 'an alert that nobody answered proves nothing').toMatchObject(silent)
    expect((await lin.get('/trial-alerts')).body.alerts, 'one waits, however often it is sent').toMatchObject([
      { schoolName: '甲校', sentBy: '管理员' },
    ])
    const { alerts } = (await zhou.get('/trial-alerts')).body
    expect((await lin.post('/trial-alerts/confirm', { alertIds: [alerts[0].id] })).body, 'nobody confirms for another').toEqual({
      confirmed: 0,
    })
    await confirmTrials(lin)
    expect((await open(world.管理员, sessionId)).body.parameters.who).toBe('zhou')
    await confirmTrials(zhou)
    expect((await lin.get('/trial-alerts')).body.alerts).toEqual([])

    await past(world, "update screening.trial_alert set confirmed_at = confirmed_at - interval '7 days'")
    expect((await open(world.管理员, sessionId)).body.parameters.who).toBe('lin / zhou')
    await past(world, "update screening.trial_alert set confirmed_at = confirmed_at + interval '1 second'")
    expect(await open(world.管理员, sessionId)).toMatchObject({ status: 200, body: { state: 'open' } })
  })

  test('SAF-04: a flag belongs to who was on duty when it was raised; a later change of the rota moves nothing', async () => {
    const codes = (await world.管理员.post(`/sessions/${sessionId}/codes`)).body
    const { token } = await sit(world, { sessionId, ...codes })
    await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { phq9_9: 2 } }))
    expect((await lin.get('/cases')).body.cases).toMatchObject([{ owner: 'lin', deputy: 'zhou' }])
    world.now.value = new Date(world.now.value.getTime() + 60_000)
    await rota({ fromDay: first, toDay: first, ownerId: await idOf(zhou), deputyId: await idOf(lin) })
    expect((await lin.get('/cases')).body.cases).toMatchObject([{ owner: 'lin', deputy: 'zhou' }])
    await handIn(world, (await sit(world, { sessionId, ...codes }, 1)).token, sheetBody({ ...quietSheets(), 'phq-9': { phq9_9: 2 } }))
    expect((await lin.get('/cases')).body.cases.map((one: { owner: string }) => one.owner)).toEqual(['lin', 'zhou'])
  })

  test('SAF-08: whoever left the school is on duty no longer; and a closed session is held to the same', async () => {
    await world.管理员.post(`/sessions/${sessionId}/close`)
    await past(world, "update identity.account set state = 'disabled' where username = 'lin'")
    expect(await open(world.管理员, sessionId)).toMatchObject({ status: 409, body: { code: 'session.no-deputy' } })
    expect((await conditions(world.管理员, sessionId)).duty).toMatchObject({ owner: { displayName: 'zhou' }, deputy: null })
    const answering = (await zhou.get('/cases')).body.cases.map((one: { owner: string; deputy: string }) => [one.owner, one.deputy])
    expect(answering, 'nobody waits for one who cannot see it any more').toEqual([
      [null, 'zhou'],
      ['zhou', null],
    ])
  })

  test('a session without a risk item needs nobody on duty', async () => {
    const esteem = await addBattery(world, 'esteem', ['rses'], 'rses_total', schools)
    const { id } = (await plan(world.管理员, schools[1]!, esteem)).body
    expect(await conditions(world.管理员, id)).toMatchObject({ risk: false, load: { expected: 0 } })
    expect((await open(world.管理员, id)).status).toBe(200)
  })

  test('each trial alert and each confirmation is on record, with who did it', async () => {
    const owner = new Client({ connectionString: world.administratorUrl })
    await owner.connect()
    const { rows } = await owner.query(
      "select action, count(*)::int as rows, count(distinct account_id)::int as people from screening.audit_event where action ~ '^(trial|duty)' group by 1 order by 1",
    )
    await owner.end()
    expect(rows).toEqual([
      { action: 'duty.set', rows: 3, people: 1 },
      { action: 'trial-alert.confirmed', rows: 2, people: 2 },
      { action: 'trial-alert.sent', rows: 2, people: 1 },
    ])
  })
})

describe('what is asked, of whom, and how often', () => {
  let world: World
  let school: School
  let other: School
  beforeAll(async () => {
    world = await buildWorld()
    school = await addSchool(world, '甲校', 4)
    other = await addSchool(world, '乙校', 130)
    for (const { schoolId } of [school, other]) await ensureDuty(world, schoolId)
  })
  afterAll(() => world.close())

  /** One more pupil of a class, born then, whose guardian consented unless said otherwise. */
  const join = async (birthDate: string, name: string, consented = true) => {
    const participants = [{ name, sex: 'female', birthDate }]
    const { participantIds } = (await world.管理员.post(`/classes/${school.classId}/participants`, { participants })).body
    if (consented) await consent(world, school.classId, participantIds, 'screening')
  }

  test('a session has an hour, a place, a proctor and its minutes; they change until it is opened', async () => {
    const studyId = await addStudy(world, [school, other])
    const proctor = await colleague(world, 'he', 'proctor', school.schoolId)
    const stranger = await colleague(world, 'wu', 'proctor', other.schoolId)
    const plannedFor = '2026-03-03T06:30:00.000Z'
    expect((await plan(proctor, school, studyId, { proctorId: await idOf(stranger) })).body.code).toBe('session.proctor-wrong')
    const made = (await plan(proctor, school, studyId, { plannedFor, place: '302 教室' })).body
    expect(made).toMatchObject({ plannedFor, place: '302 教室', proctor: { displayName: 'he' }, estimatedMinutes: 5 })
    const change = (body: object) => proctor.post(`/sessions/${made.id}/plan`, body)
    expect((await change({ place: '机房', proctorId: await idOf(world.管理员) })).body).toMatchObject({
      plannedFor,
      place: '机房',
      proctor: { displayName: '管理员' },
    })
    expect((await proctor.get('/sessions')).body.sessions).toMatchObject([{ id: made.id, place: '机房' }])
    expect((await stranger.get('/sessions')).body.sessions).toEqual([])
    expect((await open(proctor, made.id)).status).toBe(200)
    expect((await change({ place: '操场' })).body.code).toBe('session.wrong-state')
    await proctor.post(`/sessions/${made.id}/close`)
    expect((await proctor.get('/sessions')).body.sessions, 'closed today, and still to be found').toHaveLength(1)
    await past(world, "update screening.session set closed_at = closed_at - interval '8 days'")
    expect((await proctor.get('/sessions')).body.sessions).toEqual([])
  })

  test('seats are for the ages of every instrument, in completed years; who is too young is named, consent or not', async () => {
    await join('2014-03-01', '测十二')
    await join('2014-04-01', '测十一')
    await join('2015-01-01', '测未', false)
    const studyId = await addStudy(world, [school, other], 'ages')
    const made = (await plan(world.管理员, school, studyId)).body
    expect(made.codes.map((card: { name: string }) => card.name)).toEqual(['测甲0', '测乙1', '测丙2', '测丁3', '测十二'])
    const left = (await world.管理员.get(`/sessions/${made.id}/left-out`)).body.pupils
    expect(left).toMatchObject([
      { name: '测十一', age: 11, instruments: ['PHQ-9', 'GAD-7'] },
      { name: '测未', age: 11, instruments: ['PHQ-9', 'GAD-7'] },
    ])
    expect((await conditions(world.管理员, made.id)).outside).toEqual([
      { instrument: 'PHQ-9', ages: '12+', pupils: 2, seated: 0 },
      { instrument: 'GAD-7', ages: '12+', pupils: 2, seated: 0 },
    ])
    await world.管理员.post(`/sessions/${made.id}/plan`, { plannedFor: '2026-04-01T02:00:00.000Z' })
    const { codes } = (await world.管理员.post(`/sessions/${made.id}/seats`)).body
    expect(
      codes.map((card: { name: string }) => card.name),
      'twelve on the new day',
    ).toEqual(['测十一'])
    expect(await open(world.管理员, made.id), 'but not today').toMatchObject({
      status: 409,
      body: { code: 'session.ages-wrong', parameters: { pupils: 1, instrument: 'PHQ-9', ages: '12+' } },
    })
    await world.管理员.post(`/sessions/${made.id}/seats/${codes[0].seatId}/absence`, { absence: 'absent' })
    expect((await open(world.管理员, made.id)).status).toBe(200)
  })

  test('law 6: a session whose instrument lost its permission after the planning is not opened', async () => {
    const { id } = (await plan(world.管理员, school, await addStudy(world, [school, other], 'licensed'))).body
    await past(world, `update screening.session set battery = '[{"instrument":"isi","version":"1.0.0"}]' where id = '${id}'`)
    expect((await conditions(world.管理员, id)).unlicensed).toEqual(['ISI'])
    expect(await open(world.管理员, id, 'capacity')).toMatchObject({ status: 403, body: { code: 'instrument.permission-needed' } })
  })

  test('a battery that is for nobody of the class is not planned', async () => {
    const { id: classId } = (await world.管理员.post('/units', { kind: 'class', parentId: other.schoolId, name: '三年级1班' })).body
    const participants = [{ name: '测小', sex: 'female', birthDate: '2016-05-09' }]
    const { participantIds } = (await world.管理员.post(`/classes/${classId}/participants`, { participants })).body
    await consent(world, classId, participantIds, 'screening')
    const little = await plan(world.管理员, { ...other, classId }, await addStudy(world, [school, other], 'little'))
    expect(little).toMatchObject({ status: 409, body: { code: 'session.ages-wrong', parameters: { pupils: 1 } } })
  })

  test('SAF-17: expected flags beside what the school can see that day; more than that is opened only by who confirms it', async () => {
    const studyId = await addStudy(world, [school, other], 'many')
    const { id } = (await plan(world.管理员, other, studyId)).body
    expect((await conditions(world.管理员, id)).load).toEqual({
      expected: 7,
      expectedToday: 7,
      otherSessions: 0,
      perDay: 6,
      stated: false,
      exceeds: true,
    })
    expect(await open(world.管理员, id)).toMatchObject({ status: 409, body: { code: 'session.capacity-exceeded' } })
    await world.管理员.post(`/schools/${other.schoolId}/capacity`, { perDay: 7 })
    const small = await addStudy(world, [school, other], 'more')
    await plan(world.管理员, other, small)
    expect((await conditions(world.管理员, id)).load, 'another session of that day counts too').toMatchObject({
      expected: 7,
      expectedToday: 13,
      otherSessions: 1,
      perDay: 7,
      stated: true,
      exceeds: true,
    })
    expect((await open(world.管理员, id, 'capacity')).status).toBe(200)
    expect(await confirmedFor(id)).toBe('capacity')
  })

  const confirmedFor = async (sessionId: string) => {
    const owner = new Client({ connectionString: world.administratorUrl })
    await owner.connect()
    const { rows } = await owner.query(
      "select details ->> 'confirmed' as confirmed from screening.audit_event where action = 'session.opened' and $1 = any (subject_ids)",
      [sessionId],
    )
    await owner.end()
    return rows[0]?.confirmed
  }

  test('the same instrument within fourteen days is asked again only by who confirms it, and that is on record', async () => {
    const third = await addSchool(world, '丙校', 3)
    await ensureDuty(world, third.schoolId)
    const studyId = await addStudy(world, [school, third], 'again')
    const before = (await plan(world.管理员, third, studyId)).body
    await open(world.管理员, before.id)
    const session = { sessionId: before.id, locator: before.locator, codes: before.codes }
    await handIn(world, (await sit(world, session)).token, sheetBody(quietSheets()))
    const { id } = (await plan(world.管理员, third, studyId, {}, 'post')).body
    const again = {
      days: 14,
      instruments: [
        { instrument: 'PHQ-9', pupils: 1 },
        { instrument: 'GAD-7', pupils: 1 },
      ],
    }
    expect(await conditions(world.管理员, id)).toMatchObject({ again, confirm: ['again'] })
    expect(await open(world.管理员, id, 'capacity')).toMatchObject({ status: 409, body: { code: 'session.asked-recently' } })
    await past(world, "update screening.submission set received_at = received_at - interval '14 days'")
    expect((await conditions(world.管理员, id)).again.instruments).toEqual([])
    await past(world, "update screening.submission set received_at = received_at + interval '1 second'")
    expect((await open(world.管理员, id, 'again')).status).toBe(200)
    expect(await confirmedFor(id)).toBe('again')
  })
})

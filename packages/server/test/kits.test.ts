// Offline kits between two servers, each on a database of its own: the county's, and a laptop that nobody has an account on yet.
import { createHash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { carried, notCarried } from '../src/db/carried.ts'
import { knownMigrations } from '../src/db/migrate.ts'
import { type Part, pack, unpack } from '../src/kits/file.ts'
import { writeDay } from '../src/kits/home.ts'
import { makeKit } from '../src/kits/make.ts'
import { receiveDay } from '../src/kits/receive.ts'
import { openWith, sealTo } from '../src/kits/sealing.ts'
import { takeKit } from '../src/kits/take.ts'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  confirmTrials,
  handIn,
  type OpenSession,
  open,
  type Person,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

type Kit = Awaited<ReturnType<typeof makeKit>>
type Known = { readonly username: string; readonly totpSecret: string }

const password = 'correct horse battery staple'
let county: World
let laptop: World
let mine: School
let theirs: School
let studyId: string
let sessionId: string
let kit: Kit
const people: Known[] = []

/** An account whose one-time-code secret the test knows, so that it can sign in on another machine. */
const staff = async (username: string, role: string, unitId: string): Promise<void> => {
  const { invitationUrl } = (await county.管理员.post('/accounts', { username, displayName: `${username}老师`, roles: [{ role, unitId }] }))
    .body
  const token = invitationUrl.split('#')[1]
  const accepted = await county.person().post('/invitations/accept', { token, username, displayName: `${username}老师`, password })
  const { totpSecret } = accepted.body
  const totp = codeOf(totpSecret, county)
  await county.person().post('/invitations/confirm', { token, totp })
  people.push({ username, totpSecret })
}
const codeOf = (secret: string, world: World) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.now.value.getTime() })

const minutesPass = (world: World, minutes = 1) => {
  world.now.value = new Date(world.now.value.getTime() + minutes * 60_000)
}

const signedIn = async (world: World, username: string): Promise<Person> => {
  minutesPass(world)
  const { totpSecret } = people.find((one) => one.username === username)!
  const answer = await world.person().post('/sign-in', { username, password, totp: codeOf(totpSecret, world) })
  expect(answer.status).toBe(200)
  return world.person(String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!)
}

const risky = () => sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 3 } })
const by = (world: World, accountId: string | null = null) => ({ countyId: county.countyId, accountId, world })
const home = async () => writeDay(laptop.context, by(laptop), mine.schoolId, kit.kitId)
const receive = (file: Uint8Array) => receiveDay(county.context, by(county), file)
const counted = async (world: World, table: string) =>
  Number((await rowsOf<{ n: string }>(world.administratorUrl, `select count(*) n from ${table}`))[0]!.n)

beforeAll(async () => {
  county = await buildWorld()
  laptop = await buildWorld({ settled: false })
  mine = await addSchool(county, '甲校', 6)
  theirs = await addSchool(county, '乙校', 2)
  studyId = await addStudy(county, [mine, theirs])
  await staff('proctor', 'proctor', mine.schoolId)
  await staff('lin', 'counsellor', mine.schoolId)
  await staff('boss', 'administrator', mine.schoolId)
  await staff('elsewhere', 'proctor', theirs.schoolId)
  await staff('wei', 'counsellor', mine.schoolId)
  const [lin, wei] = [await signedIn(county, 'lin'), await signedIn(county, 'wei')]
  const [ownerId, deputyId] = await Promise.all([lin, wei].map(async (one) => (await one.get('/me')).body.account.id))
  await county.管理员.post(`/schools/${mine.schoolId}/duty`, { fromDay: '2026-03-02', toDay: '2026-03-30', ownerId, deputyId })
  await county.管理员.post(`/schools/${mine.schoolId}/trial-alerts`)
  for (const one of [lin, wei]) await confirmTrials(one)
  sessionId = (await county.管理员.post('/sessions', { classId: mine.classId, studyId, wave: 'baseline' })).body.id
})
afterAll(async () => {
  await county.close()
  await laptop.close()
})

describe('a kit for one school', () => {
  test('is sealed: nothing of a pupil or a person of the staff can be read in the file', async () => {
    kit = await makeKit(county.context, by(county), mine.schoolId)
    expect(kit.administrator).toBe(true)
    expect((await makeKit(county.context, by(county), theirs.schoolId)).administrator).toBe(false)
    const text = Buffer.from(kit.file).toString('latin1')
    expect(text.startsWith('age-encryption.org/v1\n-> scrypt ')).toBe(true)
    const names = Buffer.from('测甲0').toString('latin1')
    for (const canary of ['甲校', '测甲0', 'proctor', mine.schoolId, ...mine.participantIds, '2013-05']) {
      expect({ canary, found: text.includes(canary) || text.includes(names) }).toEqual({ canary, found: false })
    }
    expect(kit.passphrase).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/)
  })

  test('opens with its passphrase alone, says so otherwise, and leaves the laptop empty', async () => {
    const wrong = `${kit.passphrase.slice(0, -1)}${kit.passphrase.endsWith('A') ? 'B' : 'A'}`
    await expect(takeKit(laptop.context, kit.file, wrong)).rejects.toMatchObject({ code: 'kit.passphrase-wrong' })
    await expect(takeKit(laptop.context, kit.file.subarray(0, kit.file.length - 9), kit.passphrase)).rejects.toMatchObject({
      code: 'kit.file-damaged',
    })
    await expect(takeKit(laptop.context, Buffer.from('a letter'), kit.passphrase)).rejects.toMatchObject({ code: 'kit.not-a-kit' })
    expect(await counted(laptop, 'screening.unit')).toBe(0)
  })

  test('gives an empty laptop this school and nothing of another; typed in small letters, and twice, it is the same as once', async () => {
    expect(await takeKit(laptop.context, kit.file, kit.passphrase.toLowerCase().replaceAll('-', ' '))).toMatchObject({ already: false })
    expect(await counted(laptop, 'screening.participant')).toBe(6)
    expect(await counted(laptop, 'identity.person')).toBe(6)
    const names = await rowsOf<{ username: string }>(laptop.administratorUrl, 'select username from identity.account order by 1')
    expect(names.map(({ username }) => username)).toEqual(['boss', 'lin', 'proctor', 'wei'])
    const schools = await rowsOf<{ name: string }>(laptop.administratorUrl, "select name from screening.unit where kind = 'school'")
    expect(schools).toEqual([{ name: '甲校' }])
    expect(await takeKit(laptop.context, kit.file, kit.passphrase)).toMatchObject({ already: true })
    expect(await counted(laptop, 'screening.participant')).toBe(6)
  })

  test('is refused by a house that holds another county, and after its last day', async () => {
    await expect(takeKit(county.context, (await makeKit(county.context, by(county), theirs.schoolId)).file, 'x')).rejects.toMatchObject({
      code: 'kit.passphrase-wrong',
    })
    const other = await buildWorld()
    await expect(takeKit(other.context, kit.file, kit.passphrase)).rejects.toMatchObject({ code: 'kit.house-in-use' })
    await other.close()
    const late = await buildWorld({ settled: false })
    late.now.value = new Date(kit.validUntil.getTime() + 1)
    await expect(takeKit(late.context, kit.file, kit.passphrase)).rejects.toMatchObject({ code: 'kit.expired' })
    await late.close()
  })
})

describe('a day on the laptop', () => {
  let day: Awaited<ReturnType<typeof home>>
  let session: OpenSession

  test('SAF-08: who was reached at the county was not reached on the laptop: no session is opened there before a trial alert of its own', async () => {
    expect(await counted(laptop, 'screening.trial_alert')).toBe(0)
    const proctor = await signedIn(laptop, 'proctor')
    expect(await open(proctor, sessionId)).toMatchObject({ status: 409, body: { code: 'session.channel-unproven' } })
    await proctor.post(`/schools/${mine.schoolId}/trial-alerts`)
    for (const name of ['lin', 'wei']) await confirmTrials(await signedIn(laptop, name))
  })

  test('staff sign in with the password and the one-time code that they have at the county; a class is screened; a counsellor reviews', async () => {
    const proctor = await signedIn(laptop, 'proctor')
    const codes = (await proctor.post(`/sessions/${sessionId}/codes`)).body.codes
    const opened = await open(proctor, sessionId)
    expect(opened.status).toBe(200)
    session = { sessionId, locator: (await proctor.get(`/sessions/${sessionId}`)).body.locator, codes }
    for (const seat of [0, 1]) {
      const { token } = await sit(laptop, session, seat)
      expect((await handIn(laptop, token, seat === 0 ? risky() : sheetBody(quietSheets()))).status).toBe(201)
    }
    const lin = await signedIn(laptop, 'lin')
    expect((await lin.get('/cases')).body.cases).toHaveLength(1)
  })

  test('is written for the county alone, and nothing in the file can be read', async () => {
    day = await home()
    expect(day.counts).toMatchObject({ 'screening.submission': 2, 'screening.flag': 1 })
    const text = Buffer.from(day.file).toString('latin1')
    expect(text.startsWith('age-encryption.org/v1\n-> X25519 ')).toBe(true)
    for (const canary of ['phq9_9', mine.schoolId, sessionId, 'proctor']) expect(text.includes(canary)).toBe(false)
  })

  test('that is cut short, changed, for another county, or made by somebody without the kit is a sentence, and nothing is half done', async () => {
    const before = await counted(county, 'screening.audit_event')
    const file = Buffer.from(day.file)
    const changed = Buffer.from(file)
    changed[file.length - 40]! ^= 1
    for (const broken of [file.subarray(0, file.length - 1), file.subarray(0, 300), changed])
      await expect(receive(broken)).rejects.toMatchObject({ code: 'kit.file-damaged' })
    await expect(receive(kit.file)).rejects.toMatchObject({ code: 'kit.for-another-county' })
    const other = await buildWorld()
    await expect(receiveDay(other.context, { countyId: other.countyId, accountId: null }, day.file)).rejects.toMatchObject({
      code: 'kit.for-another-county',
    })
    await other.close()
    expect(await counted(county, 'screening.submission')).toBe(0)
    expect(await counted(county, 'screening.audit_event')).toBe(before)
  })

  test('comes home whole: sheets, receipts, the state of the seats, flags in a case of the queue, and who did what', async () => {
    const report = await receive(day.file)
    expect(report).toMatchObject({
      already: false,
      changedNothing: false,
      submissions: { inBundle: 2, stored: 2, known: 0, conflicts: 0 },
      flagsRaised: 1,
      conflictsFound: 0,
    })
    expect(await counted(county, 'screening.receipt')).toBe(2)
    expect(await counted(county, 'screening.trial_alert')).toBe(2) // its own: those of the laptop stay there
    const states = await rowsOf(county.administratorUrl, 'select state, count(*)::int n from screening.seat group by 1 order by 1')
    expect(states).toEqual([
      { state: 'not-started', n: 4 },
      { state: 'submitted', n: 2 },
    ])
    const counsellor = await signedIn(county, 'lin')
    expect((await counsellor.get('/cases')).body.cases).toHaveLength(1)
    const same = (world: World) =>
      rowsOf(world.administratorUrl, 'select id, sheets, scores, finished_at from screening.submission order by id')
    expect(await same(county)).toEqual(await same(laptop))
    const audit = await rowsOf(
      county.administratorUrl,
      "select details, actor from screening.audit_event where action = 'kit.day-received'",
    )
    expect(audit).toEqual([{ actor: 'command', details: expect.objectContaining({ fileHash: day.fileHash, inBundle: 2, stored: 2 }) }])
  })

  test('the same day again changes nothing and says so', async () => {
    expect(await receive(day.file)).toMatchObject({
      already: true,
      changedNothing: true,
      submissions: { inBundle: 2, stored: 0, known: 2, conflicts: 0 },
      flagsRaised: 0,
    })
    expect(await counted(county, 'screening.submission')).toBe(2)
    expect(await counted(county, 'screening.flag')).toBe(1)
  })

  test('the next day holds the earlier one, and days may come home in any order', async () => {
    const { token } = await sit(laptop, session, 2)
    expect((await handIn(laptop, token, risky())).status).toBe(201)
    const lin = await signedIn(laptop, 'lin')
    const { caseId } = (await lin.get('/cases')).body.cases[0]
    const { flags } = (await lin.get(`/cases/${caseId}`)).body
    await lin.post(`/flags/${flags[0].flagId}/review`, { decision: 'confirmed', reason: 'talked with her the same day' })
    const second = await home()
    const proctor = await signedIn(laptop, 'proctor')
    await proctor.post(`/sessions/${sessionId}/close`)
    const third = await home()
    expect(await receive(third.file)).toMatchObject({ submissions: { inBundle: 3, stored: 1, known: 2, conflicts: 0 }, flagsRaised: 1 })
    expect(await receive(second.file)).toMatchObject({ changedNothing: true, submissions: { inBundle: 3, known: 3 }, conflictsFound: 0 })
    expect(await rowsOf(county.administratorUrl, 'select state from screening.session')).toEqual([{ state: 'closed' }])
    const counsellor = await signedIn(county, 'lin')
    expect((await counsellor.get('/cases')).body.cases).toHaveLength(1)
    expect((await counsellor.get('/cases?state=reviewed')).body.cases).toHaveLength(1)
  })
})

describe('what was found on both sides', () => {
  let second: OpenSession
  let elsewhere: OpenSession
  let day: Awaited<ReturnType<typeof home>>

  test('law 2: a pupil who was asked on both has one sheet that stands and one that is kept, and what the other says of risk is a flag', async () => {
    const { body } = await county.管理员.post('/sessions', { classId: mine.classId, studyId, wave: 'post' })
    await open(county.管理员, body.id)
    second = { sessionId: body.id, locator: body.locator, codes: body.codes }
    for (const seat of [0, 1]) await handIn(county, (await sit(county, second, seat)).token, sheetBody(quietSheets()))
    const proctor = await signedIn(laptop, 'proctor')
    const there = (await proctor.post('/sessions', { classId: mine.classId, studyId, wave: 'post' })).body
    expect((await open(proctor, there.id)).status).toBe(200)
    elsewhere = { sessionId: there.id, locator: there.locator, codes: there.codes }
    for (const seat of [0, 3]) await handIn(laptop, (await sit(laptop, elsewhere, seat)).token, risky())
    const flags = await counted(county, 'screening.flag')
    day = await home()
    const report = await receive(day.file)
    expect(report.submissions).toEqual({ inBundle: 5, stored: 1, known: 3, conflicts: 1 })
    expect(report).toMatchObject({ flagsRaised: 2, conflictsFound: 1 })
    expect(await counted(county, 'screening.flag')).toBe(flags + 2)
    const [kept] = await rowsOf<{ ours: { sheets: unknown[] }; theirs: { sheets: unknown[] } }>(
      county.administratorUrl,
      "select ours, theirs from screening.kit_conflict where table_name = 'screening.submission'",
    )
    expect(JSON.stringify(kept!.ours.sheets)).toContain('"phq9_9":0')
    expect(JSON.stringify(kept!.theirs.sheets)).toContain('"phq9_9":3')
    expect(await rowsOf(county.administratorUrl, "select count(*)::int n from screening.session where wave = 'post'")).toEqual([{ n: 1 }])
    const counsellor = await signedIn(county, 'lin')
    const { cases } = (await counsellor.get('/cases')).body
    expect(cases.length).toBeGreaterThanOrEqual(2)
  })

  test('SAF-14: a pupil who was looked at and then asks to talk has one case that is closed and one that waits, here as there', async () => {
    const { token } = await sit(laptop, elsewhere, 4)
    await handIn(laptop, token, risky())
    const lin = await signedIn(laptop, 'lin')
    const participant = mine.participantIds[4]!
    const ofHer = (world: World) =>
      rowsOf<{ state: string; flags: number }>(
        world.administratorUrl,
        `select k.id, k.state, (select count(*)::int from screening.flag f where f.case_id = k.id) flags
         from screening.care_case k where k.participant_id = $1 order by k.state`,
        [participant],
      )
    const [own] = await rowsOf<{ id: string; case_id: string }>(
      laptop.administratorUrl,
      'select id, case_id from screening.flag where participant_id = $1',
      [participant],
    )
    expect((await lin.post(`/flags/${own!.id}/review`, { decision: 'confirmed', reason: 'talked with her' })).status).toBe(201)
    const asked = await laptop
      .person()
      .post('/pupil/talk', { askedAt: laptop.now.value.toISOString() }, { authorization: `Bearer ${token}` })
    expect(asked.status).toBeLessThan(300)
    expect((await ofHer(laptop)).map(({ state, flags }) => [state, flags])).toEqual([
      ['open', 1],
      ['reviewed', 1],
    ])
    day = await home()
    expect(await receive(day.file)).toMatchObject({ flagsRaised: 2, submissions: { inBundle: 6, stored: 1, conflicts: 1 } })
    expect(await ofHer(county)).toEqual(await ofHer(laptop))
  })

  test('SAF-12: what a pupil had answered so far comes home to her seat, and gives way to a sheet that is handed in', async () => {
    const soFar = (seat: number, answered: number) =>
      rowsOf(
        laptop.administratorUrl,
        `insert into screening.so_far values ($1, $2, $3, 1, $4, '{"phq9_1": 2}', $4, 16, now(), now(), now())
         on conflict (county_id, seat_id) do update set answered = $4, revision = $4`,
        [county.countyId, elsewhere.codes[seat]!.seatId, mine.schoolId, answered],
      )
    await soFar(5, 3)
    await soFar(4, 9)
    await receive((await home()).file)
    await soFar(5, 7)
    expect(await receive((await home()).file)).toMatchObject({ conflictsFound: 0 })
    const kept = await rowsOf(
      county.administratorUrl,
      'select s.participant_id, f.answered from screening.so_far f join screening.seat s on s.id = f.seat_id',
    )
    expect(kept).toEqual([{ participant_id: mine.participantIds[5], answered: 7 }])
  })

  test('the same day again finds nothing new, and every sheet of it is accounted for', async () => {
    const report = await receive(day.file)
    expect(report).toMatchObject({ already: true, changedNothing: true, flagsRaised: 0, conflictsFound: 0 })
    const { inBundle, stored, known, conflicts } = report.submissions
    expect({ inBundle, sum: stored + known + conflicts }).toEqual({ inBundle: 6, sum: 6 })
  })

  test('a pupil who was changed on both sides stands as the county has her; a change on one side alone is taken over', async () => {
    const [both, one] = [mine.participantIds[0]!, mine.participantIds[1]!]
    const change = (world: World, id: string, sex: string) =>
      rowsOf(world.administratorUrl, 'update screening.participant set sex = $2, left_behind = not left_behind where id = $1', [id, sex])
    await change(county, both, 'male')
    await rowsOf(laptop.administratorUrl, 'update screening.participant set left_behind = null where id = $1', [both])
    await rowsOf(laptop.administratorUrl, 'update identity.person set name = $2 where participant_id = $1', [both, '测改'])
    await rowsOf(county.administratorUrl, 'update identity.person set name = $2 where participant_id = $1', [both, '测县'])
    await rowsOf(laptop.administratorUrl, "update identity.person set name = '测新' where participant_id = $1", [one])
    expect(await receive((await home()).file)).toMatchObject({ conflictsFound: 2 })
    const name = async (id: string) =>
      (await rowsOf<{ name: string }>(county.administratorUrl, 'select name from identity.person where participant_id = $1', [id]))[0]!.name
    expect([await name(both), await name(one)]).toEqual(['测县', '测新'])
    const kept = await rowsOf<{ theirs: { name: string } }>(county.administratorUrl, 'select theirs from identity.kit_conflict')
    expect(kept.map(({ theirs: { name: other } }) => other)).toEqual(['测改'])
    expect(await rowsOf(county.administratorUrl, "select 1 from screening.kit_conflict where theirs::text like '%测%'")).toEqual([])
  })

  test('a change after a day that came home is taken over too: the laptop knows what the county has had', async () => {
    await rowsOf(laptop.administratorUrl, "update identity.person set name = '测再' where participant_id = $1", [mine.participantIds[1]])
    expect(await receive((await home()).file)).toMatchObject({ conflictsFound: 0, changedNothing: false })
    const names = await rowsOf(county.administratorUrl, 'select name from identity.person where participant_id = $1', [
      mine.participantIds[1],
    ])
    expect(names).toEqual([{ name: '测再' }])
  })
})

describe('what was made on both sides', () => {
  const addClass = async (by: Person) => (await by.post('/units', { kind: 'class', parentId: mine.schoolId, name: '八年级2班' })).body.id
  const pupil = (name: string, studentNumber: string) => ({ name, studentNumber, sex: 'female', birthDate: '2012-04-01', leftBehind: true })

  test('a class of one name is one class, a pupil with one number, name and birth date one pupil; another keeps her name without the number', async () => {
    const boss = await signedIn(laptop, 'boss')
    const [here, there] = [await addClass(county.管理员), await addClass(boss)]
    const add = (by: Person, classId: string, ...participants: object[]) => by.post(`/classes/${classId}/participants`, { participants })
    expect((await add(county.管理员, here, pupil('测同', 'S1'), pupil('测县人', 'S2'))).status).toBe(201)
    expect((await add(boss, there, pupil('测同', 'S1'), pupil('测机人', 'S2'), pupil('测独', 'S3'))).status).toBe(201)
    const { file } = await home()
    expect(await receive(file)).toMatchObject({ changedNothing: false, conflictsFound: 1 })
    const inClass = await rowsOf<{ name: string; student_number: string | null }>(
      county.administratorUrl,
      `select n.name, n.student_number from identity.person n join screening.participant p on p.id = n.participant_id
       where p.class_id = $1 order by n.name collate "C"`,
      [here],
    )
    expect(inClass).toEqual([
      { name: '测县人', student_number: 'S2' },
      { name: '测同', student_number: 'S1' },
      { name: '测机人', student_number: null },
      { name: '测独', student_number: 'S3' },
    ])
    expect(await receive(file)).toMatchObject({ changedNothing: true, conflictsFound: 0 })
  })
})

test('a school year that was turned on the laptop comes home: last year’s class is retired, and the new one of that name is another', async () => {
  const owner = <Row>(text: string, ...values: unknown[]) => rowsOf<Row>(laptop.administratorUrl, text, values)
  const [year] = await owner<{ id: string }>(
    `insert into screening.school_year values ($1, gen_random_uuid(), $2, '2026-2027', '{}', $1, now()) returning id`,
    ...[county.countyId, mine.schoolId],
  )
  await owner('update screening.unit set retired_by = $1, retired_at = now() where id = $2', year!.id, mine.classId)
  const [fresh] = await owner<{ id: string }>(
    `insert into screening.unit (county_id, id, parent_id, school_id, kind, name, created_at, made_by)
     values ($1, gen_random_uuid(), $2, $2, 'class', '七年级1班', now(), $3) returning id`,
    ...[county.countyId, mine.schoolId, year!.id],
  )
  await owner('update screening.participant set class_id = $1 where id = $2', fresh!.id, mine.participantIds[3])
  const { file } = await home()
  expect(await receive(file)).toMatchObject({ conflictsFound: 0, changedNothing: false })
  const [pupil] = await rowsOf<{ class_id: string }>(county.administratorUrl, 'select class_id from screening.participant where id = $1', [
    mine.participantIds[3],
  ])
  expect(pupil!.class_id).toBe(fresh!.id)
  const [old] = await rowsOf<{ retired_by: string }>(county.administratorUrl, 'select retired_by from screening.unit where id = $1', [
    mine.classId,
  ])
  expect(old!.retired_by).toBe(year!.id)
  expect(await receive(file)).toMatchObject({ changedNothing: true, conflictsFound: 0 })
})

test('a row that the county’s database does not take is a conflict, and keeps nothing else from coming home', async () => {
  const named = (world: World, id: string, name: string) =>
    rowsOf(world.administratorUrl, 'update identity.person set student_number = $2 where participant_id = $1', [id, name])
  await named(county, mine.participantIds[4]!, 'TAKEN')
  await named(laptop, mine.participantIds[5]!, 'TAKEN')
  const [session] = await rowsOf<{ id: string }>(laptop.administratorUrl, 'select id from screening.session limit 1')
  await rowsOf(
    laptop.administratorUrl,
    `insert into screening.session_note values ($1, gen_random_uuid(), $2, $3, null, 'noise', 'a drill next door', $1, now())`,
    [county.countyId, mine.schoolId, session!.id],
  )
  const { file } = await home()
  expect(await receive(file)).toMatchObject({ conflictsFound: 1, changedNothing: false })
  expect(await counted(county, 'screening.session_note')).toBe(1)
  expect(await receive(file)).toMatchObject({ conflictsFound: 0, changedNothing: true })
})

describe('a day that somebody else made', () => {
  const forged = async (change: (parts: Map<string, Part>) => void, secret?: string) => {
    const { manifest, parts } = unpack(await openWith((await home()).file, county.context.secrets.kitKey), 'day', await knownMigrations())
    const [own] = await rowsOf<{ secret: string; recipient: string }>(
      laptop.administratorUrl,
      'select secret, recipient from screening.kit',
    )
    const altered = new Map(parts)
    change(altered)
    const { format: _, formatVersion: __, columns: ___, counts: ____, rowsHash: _____, proof: ______, ...heading } = manifest
    return sealTo(pack(heading, altered, secret ?? own!.secret), own!.recipient)
  }

  test('with the public key alone is not taken: it does not prove that it holds the kit', async () => {
    await expect(receive(await forged(() => {}, 'b'.repeat(64)))).rejects.toMatchObject({ code: 'kit.file-damaged' })
  })

  test('that speaks of another school is not taken, not even in part', async () => {
    const before = await counted(county, 'screening.audit_event')
    const strange = await forged((parts) => {
      const notes = parts.get('screening.unit')!
      const row = { county_id: county.countyId, id: theirs.classId, school_id: theirs.schoolId, name: '改名' }
      parts.set('screening.unit', { ...notes, rows: [...notes.rows, { row, seen: [] }] })
    })
    await expect(receive(strange)).rejects.toMatchObject({ code: 'kit.file-damaged' })
    expect(await counted(county, 'screening.audit_event')).toBe(before)
  })

  test('that claims a row of another school as its own changes nothing there', async () => {
    const strange = await forged((parts) => {
      const units = parts.get('screening.unit')!
      const row = {
        county_id: county.countyId,
        id: theirs.classId,
        school_id: mine.schoolId,
        parent_id: mine.schoolId,
        kind: 'class',
        name: '改名',
      }
      parts.set('screening.unit', { ...units, rows: [...units.rows, { row, seen: [] }] })
    })
    await receive(strange).catch(() => {})
    const names = await rowsOf(county.administratorUrl, 'select name, school_id from screening.unit where id = $1', [theirs.classId])
    expect(names).toEqual([{ name: '七年级1班', school_id: theirs.schoolId }])
  })
})

describe('a day over a bad line', () => {
  const pieceOf = (file: Buffer, offset: number, size = 700) => {
    const content = file.subarray(offset, offset + size)
    return { offset, hash: createHash('sha256').update(content).digest('hex'), content: content.toString('base64') }
  }

  test('REL-08: goes on where it stopped, piece by piece, and a damaged, repeated or early piece changes nothing', async () => {
    const { file, fileHash } = await home()
    const whole = Buffer.from(file)
    const begin = async () => (await county.管理员.post('/kit-uploads', { fileHash, size: whole.length })).body
    const { uploadId, received } = await begin()
    expect(received).toBe(0)
    const send = (piece: object) => county.管理员.post(`/kit-uploads/${uploadId}/pieces`, piece)
    expect((await send(pieceOf(whole, 0))).body).toEqual({ received: 700 })
    expect(await send({ ...pieceOf(whole, 700), hash: 'a'.repeat(64) })).toMatchObject({ status: 400, body: { code: 'kit.piece-damaged' } })
    expect((await send(pieceOf(whole, 0))).body).toEqual({ received: 700 })
    expect((await send(pieceOf(whole, 1400))).body).toEqual({ received: 700 })
    expect(await county.管理员.post(`/kit-uploads/${uploadId}/finish`)).toMatchObject({
      status: 409,
      body: { code: 'kit.upload-unfinished' },
    })
    // the browser was closed: the same file asks where to go on
    const again = await begin()
    expect(again).toEqual({ uploadId, received: 700 })
    for (let at = again.received; at < whole.length; ) at = (await send(pieceOf(whole, at, 9000))).body.received
    const taken = await county.管理员.post(`/kit-uploads/${uploadId}/finish`)
    expect(taken).toMatchObject({
      status: 200,
      body: { schoolName: '甲校', already: false, submissions: { inBundle: 6, known: 5, conflicts: 1 } },
    })
    expect(await county.管理员.post(`/kit-uploads/${uploadId}/finish`)).toMatchObject({
      status: 404,
      body: { code: 'kit.upload-not-found' },
    })
    expect([await counted(county, 'screening.kit_upload'), await counted(county, 'screening.kit_upload_piece')]).toEqual([0, 0])
  })

  test('a file that is no day is refused when it is whole, and not kept', async () => {
    const letter = Buffer.from('a letter')
    const { fileHash, size } = { fileHash: createHash('sha256').update(letter).digest('hex'), size: letter.length }
    const { uploadId } = (await county.管理员.post('/kit-uploads', { fileHash, size })).body
    await county.管理员.post(`/kit-uploads/${uploadId}/pieces`, pieceOf(letter, 0))
    expect(await county.管理员.post(`/kit-uploads/${uploadId}/finish`)).toMatchObject({ status: 400, body: { code: 'kit.not-a-kit' } })
    expect(await counted(county, 'screening.kit_upload')).toBe(0)
  })
})

describe('the page', () => {
  test('says which kits are out, and what came home last', async () => {
    const { kits, undecided } = (await county.管理员.get('/kits')).body
    const mineOut = kits.filter((one: { schoolName: string }) => one.schoolName === '甲校')
    expect(mineOut).toMatchObject([{ side: 'made', pupils: 6, accounts: 4, isValid: true, day: { sheets: 6 } }])
    expect(undecided).toBe(6)
    const boss = await signedIn(laptop, 'boss')
    const onLaptop = (await boss.get('/kits')).body.kits
    expect(onLaptop).toMatchObject([{ side: 'taken', schoolName: '甲校' }])
    const written = await boss.post(`/kits/${onLaptop[0].kitId}/days`)
    expect(written).toMatchObject({ status: 201, body: { sheets: 6 } })
    expect(await receive(Buffer.from(written.body.file, 'base64'))).toMatchObject({ conflictsFound: 0 })
  })

  test('a kit that is made there opens with the passphrase that is shown there', async () => {
    const made = await county.管理员.post('/kits', { schoolId: theirs.schoolId })
    expect(made).toMatchObject({
      status: 201,
      body: { schoolName: '乙校', pupils: 2, fileName: expect.stringMatching(/^tongxing-kit-乙校-[0-9a-f]{8}\.age$/) },
    })
    const other = await buildWorld({ settled: false })
    other.now.value = county.now.value
    expect(await takeKit(other.context, Buffer.from(made.body.file, 'base64'), made.body.passphrase)).toMatchObject({ schoolName: '乙校' })
    await other.close()
  })

  test('a school whose year has turned goes out with the classes of last year, whatever they are called', async () => {
    const third = await addSchool(county, '丙校', 2)
    await staff('third', 'proctor', third.schoolId)
    const owner = <Row>(text: string, ...values: unknown[]) => rowsOf<Row>(county.administratorUrl, text, values)
    const [year] = await owner<{ id: string }>(
      `insert into screening.school_year values ($1, gen_random_uuid(), $2, '2026-2027', '{}', $3, now()) returning id`,
      ...[county.countyId, third.schoolId, county.countyId],
    )
    await owner('update screening.unit set retired_by = $1, retired_at = now() where id = $2', year!.id, third.classId)
    await owner(
      `insert into screening.unit (county_id, id, parent_id, school_id, kind, name, created_at, made_by)
       values ($1, gen_random_uuid(), $2, $2, 'class', '七年级1班', now(), $3)`,
      ...[county.countyId, third.schoolId, year!.id],
    )
    const made = await makeKit(county.context, by(county), third.schoolId)
    const other = await buildWorld({ settled: false })
    other.now.value = county.now.value
    expect(await takeKit(other.context, made.file, made.passphrase)).toMatchObject({ schoolName: '丙校' })
    const classes = await rowsOf(
      other.administratorUrl,
      "select name, retired_at is not null as retired from screening.unit where kind = 'class' order by 2",
    )
    expect(classes).toEqual([
      { name: '七年级1班', retired: false },
      { name: '七年级1班', retired: true },
    ])
    await other.close()
  })

  test('law 5: a conflict is shown with its pupil and without an answer, and a named person decides it once, with a reason', async () => {
    const { conflicts } = (await county.管理员.get('/kit-conflicts')).body
    expect(conflicts).toHaveLength(6)
    expect(JSON.stringify(conflicts)).not.toMatch(/phq9|answers/)
    const named = conflicts.find((one: { pupil: string; what: string }) => one.what === 'person' && one.pupil === '测县')
    expect(named).toMatchObject({ pupil: '测县', choosable: true, differences: [{ column: 'name', ours: '测县', theirs: '测改' }] })
    const decide = (id: string, decision: string) =>
      county.管理员.post(`/kit-conflicts/${id}/decision`, { decision, reason: 'asked her mother' })
    expect(await decide(named.conflictId, 'theirs')).toMatchObject({ status: 200, body: { undecided: 5 } })
    expect(await decide(named.conflictId, 'ours')).toMatchObject({ status: 409, body: { code: 'kit.conflict-decided' } })
    const [row] = await rowsOf<{ name: string }>(county.administratorUrl, 'select name from identity.person where participant_id = $1', [
      mine.participantIds[0],
    ])
    expect(row!.name).toBe('测改')
    const number = conflicts.find((one: { differences: { theirs: string }[] }) => one.differences[0]?.theirs === 'TAKEN')
    expect(await decide(number.conflictId, 'theirs')).toMatchObject({ status: 409, body: { code: 'kit.both-are-kept' } })
    const sheet = conflicts.find((one: { what: string }) => one.what === 'submission')
    expect(sheet).toMatchObject({ choosable: false, differences: [] })
    expect(await decide(sheet.conflictId, 'theirs')).toMatchObject({ status: 409, body: { code: 'kit.both-are-kept' } })
    expect(await decide(sheet.conflictId, 'ours')).toMatchObject({ status: 200, body: { undecided: 4 } })
    const looks = await rowsOf(county.administratorUrl, "select 1 from screening.audit_event where action = 'kit.conflicts-read'")
    expect(looks).toHaveLength(6)
  })
})

test('every table of the database travels, or says why it does not', async () => {
  const tables = await rowsOf<{ name: string }>(
    county.administratorUrl,
    "select schemaname || '.' || tablename as name from pg_tables where schemaname in ('identity', 'screening', 'tongxing')",
  )
  const told = [...carried.map(({ table }) => table), ...Object.keys(notCarried)]
  expect([...told].sort()).toEqual(tables.map(({ name }) => name).sort())
})

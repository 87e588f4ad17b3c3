// Law 2 between two houses: a flag that a laptop raised waits at the county in an open case of a named child, or the day is refused and says so.
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { writeDay } from '../src/kits/home.ts'
import { makeKit } from '../src/kits/make.ts'
import { receiveDay } from '../src/kits/receive.ts'
import { takeKit } from '../src/kits/take.ts'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  ensureDuty,
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

let county: World
let laptop: World
let lin: Person
let linThere: Person
let mine: School
let kit: Awaited<ReturnType<typeof makeKit>>
let session: OpenSession

const password = 'correct horse battery staple'
const risky = (value = 3) => sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: value } })
const by = () => ({ countyId: county.countyId, accountId: null })
const home = () => writeDay(laptop.context, by(), mine.schoolId, kit.kitId)
const receive = (file: Uint8Array) => receiveDay(county.context, by(), file)
const owner = <Row = unknown>(world: World, text: string, ...values: unknown[]) => rowsOf<Row>(world.administratorUrl, text, values)
const pass = (world: World) => {
  world.now.value = new Date(world.now.value.getTime() + 60_000)
}

/** Somebody of the school who signs in on both machines. */
const known = async (username: string, role: string): Promise<(world: World) => Promise<Person>> => {
  const wish = { username, displayName: `${username}老师`, roles: [{ role, unitId: mine.schoolId }] }
  const token = (await county.管理员.post('/accounts', wish)).body.invitationUrl.split('#')[1]
  const who = { token, username, displayName: wish.displayName, password }
  const { totpSecret } = (await county.person().post('/invitations/accept', who)).body
  const totp = (world: World) => new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: world.now.value.getTime() })
  await county.person().post('/invitations/confirm', { token, totp: totp(county) })
  return async (world) => {
    pass(world)
    const { headers } = await world.person().post('/sign-in', { username, password, totp: totp(world) })
    return world.person(String([headers['set-cookie']].flat()[0]).split(';')[0]!)
  }
}

beforeAll(async () => {
  county = await buildWorld()
  laptop = await buildWorld({ settled: false })
  mine = await addSchool(county, '甲校', 6)
  const studyId = await addStudy(county, [mine, await addSchool(county, '乙校')])
  const [boss, counsellor] = [await known('boss', 'administrator'), await known('lin', 'counsellor')]
  await ensureDuty(county, mine.schoolId)
  await owner(county, "update identity.role_grant set unit_id = $1 where role = 'counsellor'", mine.schoolId)
  const { id } = (await county.管理员.post('/sessions', { classId: mine.classId, studyId, wave: 'baseline' })).body
  kit = await makeKit(county.context, by(), mine.schoolId)
  await takeKit(laptop.context, kit.file, kit.passphrase)
  const proctor = await boss(laptop)
  await proctor.post(`/schools/${mine.schoolId}/trial-alerts`)
  await owner(laptop, 'update screening.trial_alert set confirmed_at = sent_at')
  const { codes } = (await proctor.post(`/sessions/${id}/codes`)).body
  expect((await open(proctor, id)).status).toBe(200)
  session = { sessionId: id, locator: (await proctor.get(`/sessions/${id}`)).body.locator, codes }
  ;[lin, linThere] = [await counsellor(county), await counsellor(laptop)]
})
afterAll(async () => {
  await county.close()
  await laptop.close()
})

const seatId = (seat: number) => session.codes[seat]!.seatId
const flagsOf = (seat: number) =>
  owner<{ id: string; value: string; state: string; decision: string | null; on_sheet: boolean; case_id: string }>(
    county,
    `select f.id, f.value, k.state, r.decision, f.submission_id is not null on_sheet, k.id case_id
     from screening.flag f left join screening.care_case k on k.id = f.case_id
     left join screening.flag_review r on r.flag_id = f.id where f.seat_id = $1 order by f.answered_at, f.raised_at`,
    seatId(seat),
  )
const standing = async () => (await owner(county, 'select count(*)::int n from screening.submission'))[0]

test.each([
  ['screening.flag', "value <> '3'", 0],
  ['identity.person', "name <> '测不收'", 1],
  ['screening.care_case', "state <> 'open'", 2],
])(
  'law 2: where %s cannot be written for a flag the whole day is refused with a sentence, and comes home once it can',
  async (table, rule, seat) => {
    if (table === 'identity.person') {
      const [{ participant_id: pupil }] = (await owner<{ participant_id: string }>(
        laptop,
        'select participant_id from screening.seat where id = $1',
        seatId(seat),
      )) as [{ participant_id: string }]
      await owner(county, 'delete from identity.person where participant_id = $1', pupil)
      await owner(laptop, "update identity.person set name = '测不收' where participant_id = $1", pupil)
    }
    const before = await standing()
    expect((await handIn(laptop, (await sit(laptop, session, seat)).token, risky())).status).toBe(201)
    const { file } = await home()
    await owner(county, `alter table ${table} add constraint closed check (${rule}) not valid`)
    await expect(receive(file)).rejects.toMatchObject({ code: 'kit.flag-not-taken', parameters: { count: 1 } })
    expect([await standing(), await flagsOf(seat)]).toEqual([before, []])
    await owner(county, `alter table ${table} drop constraint closed`)
    expect(await receive(file)).toMatchObject({ flagsRaised: 1, submissions: { stored: 1 } })
    expect(await flagsOf(seat)).toMatchObject([{ value: '3', state: 'open', decision: null }])
  },
)

test('law 2: a later flag of a sheet that was erased here waits on the seat; what was heard before does not come back, nor does the sheet', async () => {
  const [sheet] = await owner<{ id: string }>(county, 'select id from screening.submission where seat_id = $1', seatId(0))
  await owner(county, 'delete from screening.flag where submission_id = $1', sheet!.id)
  await owner(county, 'update screening.receipt set erased_at = now() where submission_id = $1', sheet!.id)
  await owner(county, 'delete from screening.submission where id = $1', sheet!.id)
  await owner(
    laptop,
    `insert into screening.flag select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'value', '2'))).*
     from screening.flag f where seat_id = $1 and value = '3'`,
    seatId(0),
  )
  const { file } = await home()
  expect(await receive(file)).toMatchObject({ flagsRaised: 1 })
  expect(await flagsOf(0)).toMatchObject([{ value: '2', state: 'open', on_sheet: false }])
  expect(await receive(file)).toMatchObject({ flagsRaised: 0, changedNothing: true })
  expect(await owner(county, 'select 1 from screening.submission where id = $1', sheet!.id)).toEqual([])
})

const review = (who: Person, flagId: string, decision: string, reason: string) => who.post(`/flags/${flagId}/review`, { decision, reason })
const cardsOf = async (caseId: string) =>
  (await lin.get(`/cases/${caseId}`)).body.flags.map(
    ({
      review: own,
      otherReviews,
      before,
    }: {
      review: { reason: string } | null
      otherReviews: { reason: string }[]
      before: unknown
    }) => ({
      own: own?.reason ?? null,
      others: otherReviews.map(({ reason }) => reason),
      before,
    }),
  )

test('SAF-14: a flag that was dismissed here and confirmed on the laptop waits again in an open case, and both reasons stand on its card', async () => {
  expect((await handIn(laptop, (await sit(laptop, session, 3)).token, risky())).status).toBe(201)
  await receive((await home()).file)
  const [flag] = await flagsOf(3)
  expect((await review(lin, flag!.id, 'dismissed', 'county: a slip')).status).toBe(201)
  expect((await review(linThere, flag!.id, 'confirmed', 'laptop: she means it')).status).toBe(201)
  const { file } = await home()
  expect(await receive(file)).toMatchObject({ conflictsFound: 1, flagsRaised: 1 })
  const [first, again, ...more] = await flagsOf(3)
  expect(first).toMatchObject({ state: 'reviewed', decision: 'dismissed' })
  expect(again).toMatchObject({ value: '3', state: 'open', decision: null })
  expect(more).toEqual([])
  expect(await cardsOf(again!.case_id)).toEqual([{ own: null, others: ['county: a slip', 'laptop: she means it'], before: null }])
  expect(await cardsOf(first!.case_id)).toEqual([{ own: 'county: a slip', others: ['laptop: she means it'], before: null }])
  expect(await receive(file)).toMatchObject({ changedNothing: true, flagsRaised: 0 })
  expect((await review(lin, again!.id, 'confirmed', 'talked with both')).body.otherReviews).toHaveLength(2)
  expect((await flagsOf(3)).map(({ state }) => state)).toEqual(['reviewed', 'reviewed'])
})

test('what was confirmed here and dismissed there stays confirmed, and the other reason stands beside it', async () => {
  expect((await handIn(laptop, (await sit(laptop, session, 4)).token, risky())).status).toBe(201)
  await receive((await home()).file)
  const [flag] = await flagsOf(4)
  await review(lin, flag!.id, 'confirmed', 'county: talked with her')
  await review(linThere, flag!.id, 'dismissed', 'laptop: a slip')
  expect(await receive((await home()).file)).toMatchObject({ conflictsFound: 1, flagsRaised: 0 })
  expect(await flagsOf(4)).toMatchObject([{ state: 'reviewed', decision: 'confirmed' }])
  expect(await cardsOf(flag!.case_id)).toEqual([{ own: 'county: talked with her', others: ['laptop: a slip'], before: null }])
})

/** The session goes on at the county, with cards of its own. */
const opened = async () => {
  const { codes } = (await county.管理员.post(`/sessions/${session.sessionId}/codes`)).body
  await open(county.管理员, session.sessionId)
  return {
    codes: codes as OpenSession['codes'],
    locator: (await county.管理员.get(`/sessions/${session.sessionId}`)).body.locator as string,
  }
}

test('SAF-12: a risk answer that a laptop heard is not raised again by the sheet that its pupil hands in here, which it then belongs to', async () => {
  const { token } = await sit(laptop, session, 5)
  const { ended: _, ...soFar } = { ...sheetBody({ 'phq-9': { phq9_9: 3 } }), turn: 1, revision: 1 }
  expect((await laptop.person().post('/pupil/so-far', soFar, { authorization: `Bearer ${token}` })).status).toBe(201)
  expect(await receive((await home()).file)).toMatchObject({ flagsRaised: 1 })
  expect(await flagsOf(5)).toMatchObject([{ value: '3', state: 'open', on_sheet: false }])
  const { codes, locator } = await opened()
  const seat = codes.findIndex((code) => code.seatId === seatId(5))
  const here = await sit(county, { ...session, codes, locator }, seat)
  expect((await handIn(county, here.token, { ...risky(), finishedAt: '2026-03-02T01:30:00.000Z' })).status).toBe(201)
  expect(await flagsOf(5)).toMatchObject([{ value: '3', state: 'open', on_sheet: true }])
  expect(await owner(county, 'select 1 from screening.so_far where seat_id = $1', seatId(5))).toEqual([])
})

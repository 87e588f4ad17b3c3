// PRIV-05 between two houses: a laptop asks nobody whose guardian withdrew, and what came in there all the same is restricted here too.
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
  consent,
  ensureDuty,
  handIn,
  type OpenSession,
  open,
  type Person,
  quietSheets,
  type School,
  sheetBody,
  type World,
} from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let county: World
let laptop: World
let boss: Person
let mine: School
let kit: Awaited<ReturnType<typeof makeKit>>
let session: OpenSession
let planned: OpenSession
let studyId: string

const password = 'correct horse battery staple'
const risky = () => sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 3 } })
const by = () => ({ countyId: county.countyId, accountId: null })
const bringHome = async () => receiveDay(county.context, by(), (await writeDay(laptop.context, by(), mine.schoolId, kit.kitId)).file)
const withdraw = (world: World, person: Person, seat: number) =>
  consent({ ...world, 管理员: person }, mine.classId, [mine.participantIds[seat]!], 'screening', 'withdrawn')
const seatsOf = (seat: number) =>
  rowsOf<{ state: string; gone: boolean; restricted: boolean | null }>(
    county.administratorUrl,
    `select t.state, t.withdrawn_at is not null gone, case when b.id is not null then b.restricted_at is not null end restricted
     from screening.seat t left join screening.submission b on b.seat_id = t.id where t.participant_id = $1 order by t.id`,
    [mine.participantIds[seat]],
  )
/** Born on 9 May, as everybody here; asked where the school wants it. */
const sit = async (world: World, { locator, codes }: OpenSession, seat: number) =>
  (await world.person().post('/pupil/sign-in', { locator, code: codes[seat]!.code, factor: '5-9' })).body
const seatAt = ({ codes }: OpenSession, seat: number) => codes.findIndex(({ name }) => name.endsWith(String(seat)))

/** An administrator of the school, who signs in on the laptop as at the county. */
const administrator = async (): Promise<() => Promise<Person>> => {
  const wish = { username: 'boss', displayName: '主任', roles: [{ role: 'administrator', unitId: mine.schoolId }] }
  const token = (await county.管理员.post('/accounts', wish)).body.invitationUrl.split('#')[1]
  const who = { token, username: 'boss', displayName: '主任', password }
  const { totpSecret } = (await county.person().post('/invitations/accept', who)).body
  const totp = (world: World) => new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: world.now.value.getTime() })
  await county.person().post('/invitations/confirm', { token, totp: totp(county) })
  return async () => {
    laptop.now.value = new Date(laptop.now.value.getTime() + 60_000)
    const { headers } = await laptop.person().post('/sign-in', { username: 'boss', password, totp: totp(laptop) })
    return laptop.person(String([headers['set-cookie']].flat()[0]).split(';')[0]!)
  }
}

beforeAll(async () => {
  county = await buildWorld()
  laptop = await buildWorld({ settled: false })
  mine = await addSchool(county, '甲校', 6)
  studyId = await addStudy(county, [mine, await addSchool(county, '乙校')])
  const signIn = await administrator()
  for (const name of ['lin', 'wei']) {
    const wish = { username: name, displayName: name, roles: [{ role: 'counsellor', unitId: mine.schoolId }] }
    await county.管理员.post('/accounts', wish)
  }
  await ensureDuty(county, mine.schoolId)
  // the guards hold their role in the county, which is not of the kit: here they are of the school as well
  await rowsOf(county.administratorUrl, "update identity.role_grant set unit_id = $1 where role = 'counsellor'", [mine.schoolId])
  const {
    id,
    locator,
    codes: cards,
  } = (await county.管理员.post('/sessions', { classId: mine.classId, studyId, wave: 'baseline', secondFactor: 'birth-day' })).body
  planned = { sessionId: id, locator, codes: cards }
  await withdraw(county, county.管理员, 5)
  kit = await makeKit(county.context, by(), mine.schoolId)
  await takeKit(laptop.context, kit.file, kit.passphrase)
  boss = await signIn()
  await boss.post(`/schools/${mine.schoolId}/trial-alerts`)
  await rowsOf(laptop.administratorUrl, 'update screening.trial_alert set confirmed_at = sent_at')
  const { codes } = (await boss.post(`/sessions/${id}/codes`)).body
  expect((await open(boss, id)).status).toBe(200)
  session = { sessionId: id, locator: (await boss.get(`/sessions/${id}`)).body.locator, codes }
})
afterAll(async () => {
  await county.close()
  await laptop.close()
})

test('PRIV-04: a pupil who was withdrawn before the kit was made has no seat and no card on the laptop', async () => {
  expect(session.codes).toHaveLength(5)
  expect((await boss.get(`/sessions/${session.sessionId}`)).body.seats).toHaveLength(5)
})

test('PRIV-05: a sheet that was restricted on the laptop is restricted here, its flag waits, and a seat that was withdrawn there is none here', async () => {
  const { token } = await sit(laptop, session, seatAt(session, 0))
  for (const seat of [0, 1]) expect((await withdraw(laptop, boss, seat)).status).toBe(201)
  expect((await handIn(laptop, token, risky())).status).toBe(201)
  expect(await bringHome()).toMatchObject({ submissions: { stored: 1 }, flagsRaised: 1, conflictsFound: 0 })
  expect(await seatsOf(0)).toMatchObject([{ state: 'submitted', restricted: true }])
  expect(await seatsOf(1)).toEqual([{ state: 'not-started', gone: true, restricted: null }])
})

test('PRIV-05: a seat that the laptop made for a pupil who was withdrawn here meanwhile is no seat, and its sheet is restricted', async () => {
  await withdraw(county, county.管理员, 2)
  const { body } = await boss.post('/sessions', { classId: mine.classId, studyId, wave: 'post' })
  expect((await open(boss, body.id)).status).toBe(200)
  const made: OpenSession = { sessionId: body.id, locator: body.locator, codes: body.codes }
  for (const seat of [2, 3]) await handIn(laptop, (await sit(laptop, made, seatAt(made, seat))).token, risky())
  const { token, turn } = await sit(laptop, session, seatAt(session, 2))
  const { ended: _, ...soFar } = { ...sheetBody({ 'phq-9': { phq9_9: 1 } }), turn, revision: 1 }
  expect((await laptop.person().post('/pupil/so-far', soFar, { authorization: `Bearer ${token}` })).status).toBe(201)
  expect(await bringHome()).toMatchObject({ submissions: { stored: 2 }, flagsRaised: 3 }) // heard, and not kept
  expect(await rowsOf(county.administratorUrl, 'select 1 from screening.so_far')).toEqual([])
  expect((await seatsOf(2)).map(({ gone, restricted }) => [gone, restricted])).toEqual([
    [true, null],
    [true, true],
  ])
  expect((await seatsOf(3)).map(({ gone, restricted }) => [gone, restricted])).toEqual([
    [false, null],
    [false, false],
  ])
})

test('a laptop that was put back to an earlier day counts anew: what was handed in there since has its seat and its sheet', async () => {
  for (const table of ['kit_version', 'kit_day']) await rowsOf(laptop.administratorUrl, `delete from screening.${table} where counter > 0`)
  await handIn(laptop, (await sit(laptop, session, seatAt(session, 4))).token, risky())
  expect(await bringHome()).toMatchObject({ counter: 1, submissions: { stored: 1 }, flagsRaised: 1 })
  expect((await seatsOf(4))[0]).toEqual({ state: 'submitted', gone: false, restricted: false })
})

test('cards and what is asked besides them stay with the house that gave them out', async () => {
  expect((await boss.post(`/sessions/${session.sessionId}/codes`)).status).toBe(200)
  await bringHome()
  expect((await sit(county, planned, seatAt(planned, 3))).className).toBe('七年级1班')
})

// What comes of one seat at the same moment: one sheet with one receipt, each flag once, in an open case, and an audit row for what is there.
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  consent,
  type OpenSession,
  openSession,
  quietSheets,
  type School,
  sheetBody,
  type World,
} from './world.ts'

let world: World
let school: School
let session: OpenSession
let nextSeat = 0

beforeAll(async () => {
  world = await buildWorld({ connections: 3 })
  school = await addSchool(world, '甲校', 70)
  session = await openSession(world, school, await addStudy(world, [school, await addSchool(world, '乙校')]))
})
afterAll(() => world.close())

const rows = <Row>(statement: string, ...values: readonly unknown[]) => rowsOf<Row>(world.administratorUrl, statement, values)
const newKey = () => randomBytes(12).toString('hex')
const risky = (value = 3) => sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: value } })
const stopped = () => sheetBody({ 'phq-9': { phq9_9: 3 } }, 'stopped')

/** A pupil at a seat of her own. */
const sitDown = async () => {
  const { seatId, code } = session.codes[nextSeat++]!
  const signIn = () => world.person().post('/pupil/sign-in', { locator: session.locator, code })
  const headers = { authorization: `Bearer ${(await signIn()).body.token}` }
  const send = (path: string, body: unknown, more: Record<string, string> = {}) =>
    world.person().post(`/pupil/${path}`, body, { ...headers, ...more })
  return {
    ...{ seatId, signIn, send },
    handIn: (body: unknown, key = newKey(), turn = 1) => send('submissions', body, { 'idempotency-key': key, 'x-turn': String(turn) }),
    say: (value: number, revision = 1) => {
      const { ended: _, ...body } = sheetBody({ 'phq-9': { phq9_9: value } })
      return send('so-far', { ...body, turn: 1, revision })
    },
    flags: async () =>
      (await rows<{ value: string }>('select value from screening.flag where seat_id = $1 order by value', seatId)).map(
        ({ value }) => value,
      ),
    pupil: async () =>
      (await rows<{ participant_id: string }>('select participant_id from screening.seat where id = $1', seatId))[0]!.participant_id,
  }
}
const pupils = (count: number) => Promise.all(Array.from({ length: count }, sitDown))
const statuses = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status)

/** How much there is that must not be. */
const wrong = async () =>
  Object.entries(
    (
      await rows<Record<string, number>>(`select
    (select count(*)::int from screening.submission s full join screening.receipt r on r.submission_id = s.id
      where s.id is null or r.seat_id is distinct from s.seat_id) as receipts,
    (select count(*)::int from screening.seat t full join screening.submission s on s.seat_id = t.id
      where (t.state in ('submitted', 'stopped')) <> (s.id is not null)) as seats,
    (select count(*)::int from screening.flag f left join screening.care_case k on k.id = f.case_id and k.state = 'open' where k.id is null) as cases,
    (select count(*)::int from screening.care_case k where not exists (select from screening.flag where case_id = k.id)) as empty,
    (select count(*)::int from screening.flag f join screening.submission s on s.seat_id = f.seat_id
      where f.submission_id is null and f.kind <> 'request') as unlinked,
    (select count(*)::int from (select from screening.flag where kind <> 'request' group by seat_id, rule, value having count(*) > 1) d) as doubled,
    (select count(*)::int from screening.so_far f join screening.submission s on s.seat_id = f.seat_id) as left_over,
    (select count(*)::int from (select unnest(subject_ids) as id from screening.audit_event where action = 'submission.stored') a
      full join screening.submission s on s.id = a.id where s.id is null or a.id is null) as audited,
    (select count(*)::int from (select unnest(subject_ids) as id from screening.audit_event where action = 'flag.raised') a
      full join screening.flag f on f.id = a.id where f.id is null or a.id is null) as audited_flags`)
    )[0]!,
  ).filter(([, count]) => count > 0)

test('REL-02: of two sheets of one seat, each sent four times at once, one is stored, and its flag once', async () => {
  const she = await sitDown()
  const keys = [newKey(), newKey()]
  const answers = await Promise.all([0, 1, 0, 1, 0, 1, 0, 1].map((which) => she.handIn(risky(), keys[which])))
  expect(statuses(answers).toSorted()).toEqual([201, 201, 201, 201, 409, 409, 409, 409])
  expect(new Set(answers.flatMap(({ status, body }) => (status === 201 ? [JSON.stringify(body)] : []))).size).toBe(1)
  expect(await she.flags()).toEqual(['3'])
  expect(await wrong()).toEqual([])
})

test('SAF-12: what she has answered so far and her finished sheet, at the same moment, raise each flag once', async () => {
  for (const [round, she] of (await pupils(12)).entries()) {
    const later = (step: number) => delay(step * (round % 4))
    const said = (round % 3) + 1
    const key = newKey()
    const answers = await Promise.all([
      she.say(said),
      later(1).then(() => she.handIn(risky(), key)),
      later(2).then(() => she.say(said, 2)),
      later(3).then(() => she.handIn(risky(), key)),
    ])
    expect(statuses(answers)).toEqual([201, 201, 201, 201])
    expect(answers[3]!.body).toEqual(answers[1]!.body)
    expect(await she.flags()).toEqual([...new Set([String(said), '3'])])
  }
  expect(await wrong()).toEqual([])
})

test('law 2: two machines that come too late with the same risk at the same moment are one flag', async () => {
  const [done, gone] = (await pupils(2)) as [Awaited<ReturnType<typeof sitDown>>, Awaited<ReturnType<typeof sitDown>>]
  const at = (second: number) => ({ finishedAt: `2026-03-02T00:59:0${second}.000Z` })
  await done.handIn(sheetBody(quietSheets()))
  expect(statuses(await Promise.all([1, 2].map((second) => done.handIn({ ...risky(), ...at(second) }))))).toEqual([409, 409])
  for (const _ of [2, 3]) await gone.signIn()
  const left = await Promise.all([1, 2].map((turn) => gone.handIn({ ...stopped(), ...at(turn) }, newKey(), turn)))
  expect(left.map(({ body }) => body.code)).toEqual(['session.went-on-elsewhere', 'session.went-on-elsewhere'])
  expect((await gone.handIn(risky(), newKey(), 3)).status).toBe(201)
  expect([await done.flags(), await gone.flags()]).toEqual([['3'], ['3']])
  expect(await wrong()).toEqual([])
})

test('PRIV-05: a sheet that comes with a withdrawal is restricted when the seat was withdrawn first; of a batch only hers is', async () => {
  const batch = await pupils(8)
  const withdraw = async (pupil: string) => consent(world, school.classId, [pupil], 'screening', 'withdrawn')
  await withdraw(await batch[0]!.pupil())
  const last = await batch[7]!.pupil()
  const [answer, ...answers] = await Promise.all([withdraw(last), ...batch.map((she) => delay(5).then(() => she.handIn(risky())))])
  expect(statuses([answer!, ...answers])).toEqual([201, ...batch.map(() => 201)])
  const restricted = async (column: string) =>
    (
      await rows<{ seat: string }>(
        `select t.id as seat from screening.seat t join screening.submission s on s.seat_id = t.id where ${column} is not null order by 1`,
      )
    ).map(({ seat }) => seat)
  expect(await restricted('restricted_at')).toContain(batch[0]!.seatId)
  expect(await restricted('restricted_at')).toEqual(await restricted('withdrawn_at'))
  expect(await rows('select 1 from screening.submission_past')).toEqual([])
  expect(await wrong()).toEqual([])
})

test('a class that hands in, stops, declines, signs in again and asks to talk at the same moment loses and doubles nothing', async () => {
  const answers = await Promise.all(
    (await pupils(40)).flatMap((she, place) => {
      const every = (nth: number, ...calls: readonly (() => ReturnType<typeof she.say>)[]) =>
        place % nth === 0 ? calls.map((call) => call()) : []
      const key = newKey()
      const sheet = () => she.handIn(risky(place % 4), key)
      return [
        ...every(1, sheet),
        ...every(2, sheet, () => she.send('progress', { at: 3, of: 9, now: 'answering' })),
        ...every(3, () => she.say((place % 3) + 1)),
        ...every(4, she.signIn),
        ...every(5, () => she.handIn(stopped())),
        ...every(7, () => she.send('decline', { turn: 1 })),
        ...every(8, () => she.send('talk', { askedAt: '2026-03-02T00:59:00.000Z' })),
      ]
    }),
  )
  expect(statuses(answers).filter((status) => status >= 500)).toEqual([])
  const [stored] = await rows<{ count: number }>('select count(*)::int as count from screening.submission')
  expect(stored!.count).toBe(nextSeat)
  expect(await wrong()).toEqual([])
})

test.each(['flag', 'care_case', 'audit_event', 'receipt', 'submission', 'seat'])(
  'SAF-01: while the database takes nothing into %s no sheet is acknowledged, and afterwards the same connections store it',
  async (table) => {
    const she = await sitDown()
    const key = newKey()
    await rows(`create function public.broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`)
    await rows(`create trigger broken before insert or update on screening.${table} for each row execute function public.broken()`)
    try {
      expect(statuses(await Promise.all([1, 2].map(() => she.handIn(risky(), key))))).toEqual([500, 500])
    } finally {
      await rows('drop function public.broken cascade')
    }
    const [stored, again] = [await she.handIn(risky(), key), await she.handIn(risky(), key)]
    expect([stored.status, again.body]).toEqual([201, stored.body])
    expect(await she.flags()).toEqual(['3'])
    expect(await wrong()).toEqual([])
  },
)

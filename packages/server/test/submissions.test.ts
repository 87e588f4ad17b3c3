import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inScope } from '../src/db/scope.ts'
import { type Sheet, storeFresh, storeSheets } from '../src/sessions/intake.ts'
import { isStale } from '../src/sessions/intake-queries.ts'
import { storeInBatches } from '../src/sessions/storing.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  handIn,
  type OpenSession,
  openSession,
  quietSheets,
  type School,
  sheetBody,
  sit,
  type World,
} from './world.ts'

let world: World
let owner: Client
let school: School
let other: School
let studyId: string

beforeAll(async () => {
  world = await buildWorld()
  owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
  school = await addSchool(world, '甲校', 40)
  other = await addSchool(world, '乙校', 3)
  studyId = await addStudy(world, [school, other])
  session = await openSession(world, school, studyId)
  otherSession = await openSession(world, other, studyId)
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

let session: OpenSession
let otherSession: OpenSession
let nextSeat = 0
let token = ''
beforeEach(async () => {
  token = (await sit(world, session, nextSeat++)).token
})

const count = async (table: string) => (await owner.query(`select count(*)::int as n from screening.${table}`)).rows[0].n as number
const flagsOf = async (submissionId: string) =>
  (
    await owner.query(
      'select instrument, rule, kind, urgency, subject, value, case_id from screening.flag where submission_id = $1 order by instrument, rule',
      [submissionId],
    )
  ).rows

describe('REL-02: the same key', () => {
  test('with the same body is stored once and gets the same receipt', async () => {
    const key = randomBytes(16).toString('hex')
    const before = await count('submission')
    const first = await handIn(world, token, sheetBody(quietSheets()), key)
    world.now.value = new Date(world.now.value.getTime() + 60_000)
    const second = await handIn(world, token, sheetBody(quietSheets()), key)
    expect(first.status).toBe(201)
    expect(second).toMatchObject({ status: 201, body: first.body })
    expect(await count('submission')).toBe(before + 1)
  })

  test('with another body is refused with 409 and changes nothing', async () => {
    const key = randomBytes(16).toString('hex')
    const first = await handIn(world, token, sheetBody(quietSheets()), key)
    const changed = quietSheets()
    changed['phq-9']!.phq9_1 = 1
    const second = await handIn(world, token, sheetBody(changed), key)
    expect(second).toMatchObject({ status: 409, body: { code: 'submission.key-reused' } })
    expect(await handIn(world, token, sheetBody(quietSheets()), key)).toMatchObject({ status: 201, body: first.body })
  })

  test('eight times at once gets eight equal receipts and one row', async () => {
    const key = randomBytes(16).toString('hex')
    const before = await count('submission')
    const answers = await Promise.all(Array.from({ length: 8 }, () => handIn(world, token, sheetBody(quietSheets()), key)))
    expect(new Set(answers.map((answer) => `${answer.status} ${JSON.stringify(answer.body)}`)).size).toBe(1)
    expect(answers[0]!.status).toBe(201)
    expect(await count('submission')).toBe(before + 1)
  })
})

test('REL-02: the key of an erased sheet is answered with 410 for ever', async () => {
  const key = randomBytes(16).toString('hex')
  await handIn(world, token, sheetBody(quietSheets()), key)
  await owner.query('update screening.receipt set erased_at = now() where idempotency_key = $1', [key])
  expect(await handIn(world, token, sheetBody(quietSheets()), key)).toMatchObject({ status: 410, body: { code: 'submission.erased' } })
})

test('another key for a seat that has handed in is refused, and the first sheet stays', async () => {
  await handIn(world, token, sheetBody(quietSheets()))
  expect(await handIn(world, token, sheetBody(quietSheets()))).toMatchObject({ status: 409, body: { code: 'session.already-submitted' } })
})

test('law 2: a second sheet of a seat is refused, and what it says of risk surfaces beside the first, once', async () => {
  const { body } = await handIn(world, token, sheetBody(quietSheets()))
  expect(await flagsOf(body.submissionId)).toEqual([])
  const risky = sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 3 } })
  for (const _ of [1, 2])
    expect(await handIn(world, token, risky)).toMatchObject({ status: 409, body: { code: 'session.already-submitted' } })
  const raised = (await flagsOf(body.submissionId)).filter(({ kind }) => kind === 'item')
  expect(raised).toEqual([expect.objectContaining({ subject: 'phq9_9', value: '3', urgency: 'immediate', case_id: expect.any(String) })])
  expect(
    (await owner.query('select sheets from screening.submission where id = $1', [body.submissionId])).rows[0].sheets[0].answers.phq9_9,
  ).toBe(0)
})

test('a second sheet that leaves everything open raises nothing: the first has said it', async () => {
  const { body } = await handIn(world, token, sheetBody(quietSheets()))
  await handIn(world, token, sheetBody({ 'phq-9': {}, 'gad-7': {} }, 'stopped'))
  expect(await flagsOf(body.submissionId)).toEqual([])
})

test('SAF-02: item 9 raises an immediate flag even when the total cannot be scored', async () => {
  const sheets = { ...quietSheets(), 'phq-9': { phq9_9: 1, phq9_1: 'skipped', phq9_2: 'declined' } }
  const { status, body } = await handIn(world, token, sheetBody(sheets))
  expect(status).toBe(201)
  const stored = (await owner.query('select scores from screening.submission where id = $1', [body.submissionId])).rows[0].scores
  expect(stored.find((score: { scale: string }) => score.scale === 'phq9_total')).toMatchObject({ kind: 'unscorable' })
  expect(await flagsOf(body.submissionId)).toMatchObject([
    { instrument: 'phq-9', rule: 'item9-endorsed', urgency: 'immediate', subject: 'phq9_9', value: '1' },
  ])
})

test('SAF-02: a skipped, a declined and an unreached item 9 are each a flag of their own class', async () => {
  for (const answers of [{ phq9_9: 'skipped' }, { phq9_9: 'declined' }, {}]) {
    const seat = await sit(world, session, nextSeat++)
    const { phq9_9: _, ...rest } = quietSheets()['phq-9']!
    const { body } = await handIn(world, seat.token, sheetBody({ ...quietSheets(), 'phq-9': { ...rest, ...answers } }))
    expect(await flagsOf(body.submissionId)).toMatchObject([
      { rule: 'item9-unanswered', kind: 'unanswered', value: Object.values(answers)[0] ?? 'not_reached' },
    ])
  }
})

test('REL-07: a device whose clock was set back while the pupil answered is not refused, and its risk answer is flagged', async () => {
  const body = { ...sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 3 } }), finishedAt: '1970-01-01T00:00:07Z' }
  const { status, body: receipt } = await handIn(world, token, body)
  expect(status).toBe(201)
  expect(await flagsOf(receipt.submissionId)).toMatchObject([{ rule: 'item9-endorsed' }])
})

test('a pupil who stops early is stored with what she answered, and what she did not reach speaks', async () => {
  const { status, body } = await handIn(world, token, sheetBody({ 'gad-7': { gad7_1: 3 } }, 'stopped'))
  expect(status).toBe(201)
  expect(await flagsOf(body.submissionId)).toMatchObject([{ rule: 'item9-unanswered', value: 'not_reached' }])
})

const refused: readonly [string, (sheets: ReturnType<typeof quietSheets>) => unknown, string][] = [
  ['an unknown item id', (sheets) => sheetBody({ ...sheets, 'phq-9': { ...sheets['phq-9'], phq9_10: 0 } }), 'submission.answers-wrong'],
  ['an out-of-range value', (sheets) => sheetBody({ ...sheets, 'phq-9': { ...sheets['phq-9'], phq9_1: 4 } }), 'submission.answers-wrong'],
  ['a fraction', (sheets) => sheetBody({ ...sheets, 'phq-9': { ...sheets['phq-9'], phq9_1: 1.5 } }), 'submission.answers-wrong'],
  ['a number as text', (sheets) => sheetBody({ ...sheets, 'phq-9': { ...sheets['phq-9'], phq9_1: '1' } }), 'submission.answers-wrong'],
  ['null for an answer', (sheets) => sheetBody({ ...sheets, 'phq-9': { ...sheets['phq-9'], phq9_1: null } }), 'submission.answers-wrong'],
  [
    'answers as a list',
    (sheets) => ({ ...sheetBody(sheets), sheets: [{ instrument: 'phq-9', version: '1.0.0', answers: [0, 1] }] }),
    'request.invalid',
  ],
  ['an instrument outside the battery', (sheets) => sheetBody({ ...sheets, k6: {} }), 'submission.instruments-wrong'],
  ['a missing instrument in a finished sheet', (sheets) => sheetBody({ 'phq-9': sheets['phq-9']! }), 'submission.instruments-wrong'],
  [
    'an instrument twice',
    (sheets) => ({ ...sheetBody(sheets), sheets: [...sheetBody(sheets).sheets, sheetBody(sheets).sheets[0]] }),
    'submission.instruments-wrong',
  ],
  ['an unknown field', (sheets) => ({ ...sheetBody(sheets), score: 3 }), 'request.invalid'],
  [
    'a time in the year 0, which the database does not know',
    (sheets) => ({ ...sheetBody(sheets), startedAt: '0000-01-01T00:00:00Z' }),
    'request.invalid',
  ],
  ['a time that is none', (sheets) => ({ ...sheetBody(sheets), startedAt: 'yesterday' }), 'request.invalid'],
]

test.each(refused)('%s gets 400 with a problem, and nothing is stored', async (_, make, code) => {
  const before = [await count('submission'), await count('receipt'), await count('flag')]
  const answer = await handIn(world, token, make(quietSheets()))
  expect(answer).toMatchObject({ status: 400, body: { code, status: 400 } })
  expect(answer.headers['content-type']).toMatch('application/problem+json')
  expect([await count('submission'), await count('receipt'), await count('flag')]).toEqual(before)
})

test('a problem is told in the language of the caller', async () => {
  const zh = await world
    .person()
    .post(
      '/pupil/submissions',
      {},
      { authorization: `Bearer ${token}`, 'idempotency-key': 'x'.repeat(16), 'accept-language': 'zh-CN,zh;q=0.9' },
    )
  expect(zh.body.detail).toMatch(/请求内容不符合要求/)
})

test('REL-08: a body over 20 kB is refused with 413', async () => {
  const big = { ...sheetBody(quietSheets()), language: 'x'.repeat(25_000) }
  expect(await handIn(world, token, big)).toMatchObject({ status: 413, body: { code: 'request.too-large' } })
})

test('a missing or odd idempotency key is refused', async () => {
  for (const key of ['', 'short', 'ü'.repeat(20).slice(0, 16)].map((raw) => encodeURIComponent(raw).slice(0, 12)))
    expect(await handIn(world, token, sheetBody(quietSheets()), key)).toMatchObject({
      status: 400,
      body: { code: 'submission.key-missing' },
    })
})

test('no token, a made-up token and a token of a replaced code are refused with 401', async () => {
  expect((await world.person().post('/pupil/submissions', sheetBody(quietSheets()))).status).toBe(401)
  expect((await handIn(world, 'x'.repeat(107), sheetBody(quietSheets()))).status).toBe(401)
  await world.管理员.post(`/sessions/${session.sessionId}/codes`)
  expect(await handIn(world, token, sheetBody(quietSheets()))).toMatchObject({ status: 401, body: { code: 'session.seat-unknown' } })
  session = { ...session, codes: (await world.管理员.post(`/sessions/${session.sessionId}/codes`)).body.codes }
  nextSeat = 0
})

describe('sheets of many schools in one transaction', () => {
  const sheetFor = async (place: School, from: OpenSession, seat: number): Promise<Sheet> => {
    const row = (
      await owner.query('select id, participant_id from screening.seat where session_id = $1 and number = $2', [from.sessionId, seat])
    ).rows[0]
    const now = world.now.value
    return {
      submissionId: world.context.ids(),
      seatId: row.id,
      sessionId: from.sessionId,
      schoolId: place.schoolId,
      participantId: row.participant_id,
      studyId,
      wave: 'baseline',
      idempotencyKey: randomBytes(16).toString('hex'),
      bodyHash: 'h',
      language: 'zh-CN',
      ended: 'finished',
      startedAt: now,
      finishedAt: now,
      receivedAt: now,
      scored: [],
      quality: null,
      tokenHash: null,
    }
  }

  const withoutFlags = { store: async () => [], reread: async () => [] } // these sheets have no answers

  test('are stored when the scope names exactly their schools', async () => {
    const sheets = [await sheetFor(school, session, 39), await sheetFor(other, otherSession, 2)]
    const scope = { countyId: world.countyId, schoolIds: [school.schoolId, other.schoolId], accountId: null }
    const { outcomes } = await inScope(world.db, scope, 'app', (trx) => storeSheets(trx, world.countyId, sheets, withoutFlags))
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['stored', 'stored'])
  })

  test('of seats that were heard or have handed in since their pupils were let in are looked at like any other', async () => {
    const store = storeInBatches(world.context, withoutFlags)
    const sheet = { ...(await sheetFor(school, session, 36)), fresh: true }
    const first = await store(world.countyId, sheet)
    expect(first.kind).toBe('stored')
    expect(await store(world.countyId, sheet)).toEqual({ ...first, kind: 'replayed', receipt: expect.objectContaining({ bodyHash: 'h' }) })
    const heard = { ...(await sheetFor(school, session, 35)), fresh: true }
    await owner.query('update screening.seat set heard = true where id = $1', [heard.seatId])
    const scope = { countyId: world.countyId, schoolIds: [school.schoolId], accountId: null }
    const before = await count('submission')
    const unasked = inScope(world.db, scope, 'app', (trx) => storeFresh(trx, world.countyId, [heard], withoutFlags))
    await expect(unasked).rejects.toSatisfy(isStale)
    expect(await count('submission')).toBe(before)
    expect((await store(world.countyId, heard)).kind).toBe('stored')
  })

  test('SEC-03: a seat of a school outside the scope is no seat: unasked none of its batch is stored, and asked it alone is refused', async () => {
    const before = await count('submission')
    const sheets = [await sheetFor(school, session, 38), await sheetFor(other, otherSession, 3)]
    const scope = { countyId: world.countyId, schoolIds: [school.schoolId], accountId: null }
    const store = (how: typeof storeSheets) => inScope(world.db, scope, 'app', (trx) => how(trx, world.countyId, sheets, withoutFlags))
    await expect(store(storeFresh)).rejects.toSatisfy(isStale)
    expect(await count('submission')).toBe(before)
    const { outcomes } = await store(storeSheets)
    expect(outcomes).toMatchObject([{ kind: 'stored' }, { kind: 'refused', problem: 'session.seat-unknown' }])
    expect(await count('submission')).toBe(before + 1)
  })

  test('SEC-03: a sheet lies with the school, session and pupil of its seat, whatever it says itself', async () => {
    const own = await sheetFor(school, session, 37)
    const { schoolId, sessionId, participantId } = await sheetFor(other, otherSession, 3)
    const scope = { countyId: world.countyId, schoolIds: [school.schoolId, other.schoolId], accountId: null }
    await inScope(world.db, scope, 'app', (trx) =>
      storeSheets(trx, world.countyId, [{ ...own, schoolId, sessionId, participantId }], withoutFlags),
    )
    const { rows } = await owner.query(
      'select b.school_id, b.session_id, b.participant_id, r.school_id as receipt from screening.submission b join screening.receipt r on r.submission_id = b.id where b.id = $1',
      [own.submissionId],
    )
    expect(rows).toEqual([{ school_id: own.schoolId, session_id: own.sessionId, participant_id: own.participantId, receipt: own.schoolId }])
  })
})

test('SAF-01: when a flag cannot be written, the sheet is not acknowledged and not stored', async () => {
  const before = await count('submission')
  await owner.query('alter table screening.flag add constraint broken check (false) not valid')
  try {
    const answer = await handIn(world, token, sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 3 } }))
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(await count('submission')).toBe(before)
  } finally {
    await owner.query('alter table screening.flag drop constraint broken')
  }
})

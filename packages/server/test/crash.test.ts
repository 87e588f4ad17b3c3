// REL-04. Real processes, a durable database, thirty kills at random moments of a class handing in its sheets.
import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { evaluateRisk, scoreAnswers, seededRandom } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import { Client } from 'pg'
import { expect, test, vi } from 'vitest'
import { killed, temporaryFolder } from './processes.ts'
import { databaseOf, databaseUrl, personAt, type ServerProcess, startServer } from './server-process.ts'
import { type Answer, addSchool, addStudy, type OpenSession, openSession, type Settled, settle, sheetBody } from './world.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 })

const kills = 30
const targets = ['the server', 'the whole database', 'one backend'] as const
const random = seededRandom(20260401)
const pick = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))

type Pupil = { readonly locator: string; readonly code: string; readonly key: string; readonly body: unknown; readonly givesUp: boolean }
type Receipt = { readonly submissionId: string; readonly bodyHash: string; readonly receivedAt: string }

const answersOf = (short: string, items: number) =>
  Object.fromEntries(
    Array.from({ length: items }, (_, index) => [`${short}_${index + 1}`, random() < 0.1 ? 'skipped' : Math.max(0, pick(-3, 3))]),
  )

const pupilsOf = ({ locator, codes }: OpenSession): Pupil[] =>
  codes.map(({ code }) => ({
    locator,
    code,
    key: randomBytes(12).toString('hex'),
    body: sheetBody({ 'phq-9': answersOf('phq9', 9), 'gad-7': answersOf('gad7', 7) }),
    givesUp: random() < 0.3,
  }))

/** A device tries until it has an answer; one that gives up does so at the first failure of handing in and never comes back. */
const untilAnswered = async (attempt: () => Promise<Answer>, givesUp: boolean, failures: Set<string>): Promise<Answer | null> => {
  for (;;) {
    const answer = await attempt().catch(() => null)
    if (answer && answer.status !== 503) return answer
    failures.add(answer ? `${answer.status} ${answer.body.code} retry after ${answer.headers['retry-after']}` : 'no answer')
    if (givesUp) return null
    await delay(30)
  }
}

/** One that is in the middle of a transaction, where there is one. */
const busyBackend = async (folder: string): Promise<number> => {
  const client = new Client({ connectionString: databaseUrl(folder) })
  client.on('error', () => {}) // the statement that fails with it says so
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where usename like 'tongxing_login%' order by (state = 'idle'), query_start limit 4",
    )
    return rows[pick(0, rows.length - 1)]!.pid
  } finally {
    await client.end().catch(() => {})
  }
}

const kill: Readonly<Record<(typeof targets)[number], (current: { server: ServerProcess }, folder: string) => Promise<unknown>>> = {
  'the server': async (current, folder) => {
    await killed(current.server.child)
    current.server = await startServer({ TONGXING_DATA: folder })
  },
  'the whole database': async (_, folder) => process.kill(await patiently(async () => databaseOf(folder)!.pid), 'SIGKILL'),
  'one backend': async (_, folder) => process.kill(await patiently(() => busyBackend(folder)), 'SIGKILL'),
}
const patiently = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 60_000, interval: 5 }) // the last kill may still be mended

test('REL-04: thirty kills under load, and what was acknowledged is what is stored', async () => {
  const folder = temporaryFolder()
  const current = { server: await startServer({ TONGXING_DATA: folder }) }
  const address = () => current.server.address
  const person = (cookie?: string) => personAt(address, cookie)
  const world: Settled = await settle({ now: { value: new Date() }, person }, current.server.setUpToken!)
  const schools = [await addSchool(world, '甲校', 200), await addSchool(world, '乙校', 200)]
  const studyId = await addStudy(world, schools)
  const sessions: OpenSession[] = []
  for (const wave of ['baseline', 'post']) for (const school of schools) sessions.push(await openSession(world, school, studyId, wave))
  const waiting = sessions.flatMap(pupilsOf)

  const receipts = new Map<string, Receipt>()
  const unanswered: { token: string; pupil: Pupil }[] = []
  const strange: string[] = []
  const failures = new Set<string>()
  const calm = new AbortController()
  const handIn = async (pupil: Pupil) => {
    const seated = await untilAnswered(() => person().post('/pupil/sign-in', { locator: pupil.locator, code: pupil.code }), false, failures)
    if (seated?.status !== 200) return void strange.push(`sign-in ${seated?.status} ${JSON.stringify(seated?.body)}`)
    const headers = { authorization: `Bearer ${seated.body.token}`, 'idempotency-key': pupil.key }
    const answer = await untilAnswered(() => person().post('/pupil/submissions', pupil.body, headers), pupil.givesUp, failures)
    if (answer === null) unanswered.push({ token: seated.body.token, pupil })
    else if (answer.status === 201) receipts.set(pupil.key, answer.body)
    else strange.push(`submission ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  const device = async () => {
    while (!calm.signal.aborted && waiting.length > 0) await handIn(waiting.pop()!)
  }
  const devices = Array.from({ length: 16 }, device)

  const made = new Map<string, number>()
  for (let round = 0; round < kills; round += 1) {
    const target = targets[round % targets.length]!
    const before = receipts.size
    await vi.waitUntil(() => receipts.size >= before + 10 || waiting.length === 0, { timeout: 60_000, interval: 2 })
    await delay(pick(0, 60))
    await kill[target](current, folder)
    made.set(target, (made.get(target) ?? 0) + 1)
  }
  const left = waiting.length
  calm.abort()
  await Promise.all(devices)
  expect(strange).toEqual([])
  expect(current.server.child.exitCode).toBeNull()
  expect([...made.values()]).toEqual([10, 10, 10])
  expect(left).toBeGreaterThan(0) // the load lasted through every kill

  const owner = new Client({ connectionString: databaseUrl(folder) })
  await owner.connect()
  const rows = async (sql: string) => (await owner.query(sql)).rows
  const stored = await rows(`
    select r.idempotency_key as key, s.id, r.body_hash, r.received_at, s.received_at as stored_at, s.sheets, s.scores, t.state,
      (select coalesce(json_agg(f.instrument || ' ' || f.rule order by f.instrument, f.rule), '[]') from screening.flag f
        join screening.care_case c on c.county_id = f.county_id and c.id = f.case_id and c.participant_id = s.participant_id
        where f.submission_id = s.id) as flags
    from screening.submission s
    left join screening.receipt r on r.county_id = s.county_id and r.submission_id = s.id
    join screening.seat t on t.county_id = s.county_id and t.id = s.seat_id`)
  const byKey = new Map(stored.map((row) => [row.key as string, row]))
  expect(byKey.size).toBe(stored.length) // no sheet without its receipt, none with two

  const library = await loadLibrary()
  const lost = [...receipts].filter(([key, receipt]) => {
    const row = byKey.get(key)
    return row?.id !== receipt.submissionId || row.body_hash !== receipt.bodyHash || row.received_at.toISOString() !== receipt.receivedAt
  })
  expect(lost).toEqual([])
  for (const row of stored) {
    const expected = (row.sheets as { instrument: string; version: string; answers: Record<string, number> }[]).flatMap((sheet) => {
      const definition = library.get(sheet.instrument, sheet.version)!
      return evaluateRisk(definition, sheet.answers, scoreAnswers(definition, sheet.answers)).map(
        (flag) => `${sheet.instrument} ${flag.rule}`,
      )
    })
    expect(row.flags).toEqual(expected.toSorted())
    expect(row.state).toBe('submitted')
  }
  const [sums] = await rows(`select
    (select count(*)::int from screening.submission) as submissions, (select count(*)::int from screening.receipt) as receipts,
    (select count(distinct seat_id)::int from screening.submission) as seats, (select count(*)::int from screening.flag) as flags,
    (select count(*)::int from screening.flag f left join screening.submission s on s.county_id = f.county_id and s.id = f.submission_id where s.id is null) as orphans,
    (select coalesce(sum(cardinality(subject_ids)), 0)::int from screening.audit_event where action = 'submission.stored') as audited,
    (select coalesce(sum(cardinality(subject_ids)), 0)::int from screening.audit_event where action = 'flag.raised') as audited_flags`)
  expect(sums).toMatchObject({ receipts: sums.submissions, seats: sums.submissions, audited: sums.submissions, orphans: 0 })
  expect(sums.audited_flags).toBe(sums.flags)
  expect(sums.flags).toBeGreaterThan(100)
  await owner.end()

  const silent = unanswered.filter(({ pupil }) => byKey.has(pupil.key))
  expect(receipts.size + silent.length).toBe(stored.length)
  for (const { token, pupil } of unanswered) {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': pupil.key }
    const answer = await person().post('/pupil/submissions', pupil.body, headers)
    expect(answer.status).toBe(201)
    if (byKey.has(pupil.key)) expect(answer.body.submissionId).toBe(byKey.get(pupil.key)!.id)
  }
  const killsMade = [...made].map(([target, count]) => `${target} ${count}`).join(', ')
  console.log(
    `kills: ${kills} (${killsMade}); acknowledged: ${receipts.size}; stored: ${stored.length}, of which never answered: ${silent.length}; ` +
      `given up: ${unanswered.length}; lost: ${lost.length}; flags: ${sums.flags}\nfailures that devices met: ${[...failures].sort().join('; ')}`,
  )
})

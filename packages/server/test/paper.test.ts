// A pupil who answered on paper: two blind readings by two people, conflicts side by side, a decision that is kept, and no flag that goes away.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
  consent,
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
let school: School
let session: OpenSession
let 赵: Person
let 钱: Person
let 孙: Person
let 林老师: Person

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 8)
  session = await openSession(world, school, await addStudy(world, [school, await addSchool(world, '乙校')]))
  赵 = await colleague(world, 'zhao', 'proctor', school.schoolId)
  钱 = await colleague(world, 'qian', 'proctor', school.schoolId)
  孙 = await colleague(world, 'sun', 'administrator', school.schoolId)
  林老师 = await colleague(world, 'lin', 'counsellor', school.schoolId)
})
afterAll(() => world.close())

type Answers = Record<string, unknown>
const reading = (phq: Answers = {}, gad: Answers = {}) => {
  const quiet = quietSheets()
  const sheets = { 'phq-9': { ...quiet['phq-9'], ...phq }, 'gad-7': { ...quiet['gad-7'], ...gad } }
  return { answeredOn: '2026-03-02', language: 'zh-CN', sheets: sheetBody(sheets).sheets }
}
const seatPath = (seat: number) => `/sessions/${session.sessionId}/seats/${session.codes[seat]!.seatId}/paper`
const enter = (who: Person, seat: number, body: unknown = reading()) => who.post(seatPath(seat), body)
const compare = (who: Person, seat: number) => who.get(seatPath(seat))
type Decision = { readonly conflictId: string; readonly answer: unknown }
const decide = (who: Person, seat: number, decisions: readonly Decision[], basis = 'third-person', reason = '看过原件') =>
  who.post(`${seatPath(seat)}/decisions`, { decisions, basis, reason })
const desk = async (who: Person = 赵) => (await who.get(`/sessions/${session.sessionId}/paper`)).body
const seatOf = async (seat: number, who?: Person) =>
  (await desk(who)).seats.find(({ seatId }: { seatId: string }) => seatId === session.codes[seat]!.seatId)
const flagsOf = async (seat: number) =>
  rowsOf<{ rule: string; value: string; case_id: string | null }>(
    world.administratorUrl,
    `select f.rule, f.value, f.case_id from screening.flag f join screening.submission s on s.county_id = f.county_id and s.id = f.submission_id
     where s.seat_id = $1 order by f.raised_at, f.id`,
    [session.codes[seat]!.seatId],
  )
const stored = async (seat: number) => {
  const [row] = await rowsOf<{ sheets: { instrument: string; answers: Answers }[]; scores: { scale: string; value: number }[] }>(
    world.administratorUrl,
    'select sheets, scores from screening.submission where seat_id = $1',
    [session.codes[seat]!.seatId],
  )
  return row!
}
const answersIn = async (seat: number, instrument: string) =>
  (await stored(seat)).sheets.find((sheet) => sheet.instrument === instrument)!.answers

describe('the first reading', () => {
  test('SAF-01: is a stored submission at once, with its receipt, its scores and its flags', async () => {
    const { status, body } = await enter(赵, 0, reading({ phq9_9: 2, phq9_3: 'skipped' }))
    expect({ status, turn: body.turn, conflicts: body.conflicts }).toEqual({ status: 201, turn: 1, conflicts: [] })
    expect(body.sheetNumber).toBe(`${session.locator}-01`)
    const kept = await stored(0)
    expect(kept.scores.length).toBeGreaterThan(1)
    expect((await answersIn(0, 'phq-9')).phq9_3).toBe('skipped')
    const flags = await flagsOf(0)
    expect(flags.some(({ value, case_id }) => value === '2' && case_id !== null)).toBe(true)
    const { receipts, counts } = (await world.管理员.get(`/sessions/${session.sessionId}/reconciliation`)).body
    expect(counts.submitted).toBe(1)
    expect(receipts[0]).toMatchObject({ submissionId: body.receipt.submissionId, bodyHash: body.receipt.bodyHash })
    expect((await 林老师.get('/cases')).body.cases).toHaveLength(1)
  })

  test('SAF-02: an empty box at a risk item is a flag of its own, and one where the pupil declined too', async () => {
    await enter(赵, 1, reading({ phq9_9: 'skipped' }))
    await enter(赵, 2, reading({ phq9_9: 'declined' }))
    for (const seat of [1, 2]) expect((await flagsOf(seat)).length).toBeGreaterThan(0)
  })

  test('says something about every box: one that the eye jumped over is named', async () => {
    const body = reading()
    const sheets = body.sheets.map((sheet) => ({ ...sheet, answers: Object.fromEntries(Object.entries(sheet.answers).slice(0, -1)) }))
    const { status, body: refusal } = await enter(赵, 3, { ...body, sheets })
    expect({ status, code: refusal.code, what: refusal.parameters.what }).toEqual({
      status: 400,
      code: 'paper.incomplete',
      what: 'phq9_9, gad7_7',
    })
    expect((await enter(赵, 3, reading({ phq9_1: 7 }))).body.code).toBe('submission.answers-wrong')
    expect((await seatOf(3)).paper).toBe('not-entered')
  })

  test('of a day that cannot be is refused: before the session was made, or tomorrow', async () => {
    for (const answeredOn of ['2026-03-01', '2026-03-03'])
      expect((await enter(赵, 3, { ...reading(), answeredOn })).body.code).toBe('paper.day-impossible')
  })

  test('is refused for a seat that has handed in on a device, and a device that comes after paper is told that this seat has', async () => {
    const { token } = await sit(world, session, 4)
    await handIn(world, token, sheetBody(quietSheets()))
    expect(await enter(赵, 4)).toMatchObject({ status: 409, body: { code: 'session.already-submitted' } })
    expect((await seatOf(4)).paper).toBe('on-device')
    const late = await sit(world, session, 5)
    expect((await enter(赵, 5)).status).toBe(201)
    expect(await handIn(world, late.token, sheetBody(quietSheets()))).toMatchObject({
      status: 409,
      body: { code: 'session.already-submitted' },
    })
    expect((await seatOf(5)).paper).toBe('once')
  })

  test('is refused, without a reason that betrays a family, where the guardian has taken the consent back', async () => {
    await consent(world, school.classId, [school.participantIds[6]!], 'screening', 'withdrawn')
    expect(await enter(赵, 6)).toMatchObject({ status: 409, body: { code: 'session.seat-withdrawn' } })
    expect(await seatOf(6)).toBeUndefined()
  })

  test('sent again, because the answer was lost, gets the same receipt and stores nothing twice', async () => {
    const [once, again] = [await enter(赵, 3), await enter(赵, 3)]
    expect(again.status).toBe(201)
    expect(again.body).toEqual(once.body)
    const rows = await rowsOf(world.administratorUrl, 'select 1 from screening.paper_entry where seat_id = $1', [session.codes[3]!.seatId])
    expect(rows).toHaveLength(1)
  })

  test('by two clerks at once is a first and a second reading, never two first ones', async () => {
    const both = await Promise.all([enter(赵, 7), enter(钱, 7)])
    expect(both.map(({ status }) => status)).toEqual([201, 201])
    expect(both.map(({ body }) => body.turn).sort()).toEqual([1, 2])
    expect((await seatOf(7)).paper).toBe('agreed')
  })
})

/** Runs with a table that takes no new row. */
const broken = async (table: string, work: () => Promise<void>) => {
  await rowsOf(world.administratorUrl, `alter table ${table} add constraint broken check (false) not valid`)
  await work().finally(() => rowsOf(world.administratorUrl, `alter table ${table} drop constraint broken`))
}
const keptOf = (seat: number) =>
  rowsOf(
    world.administratorUrl,
    `select (select count(*) from screening.submission where seat_id = $1), (select count(*) from screening.receipt where seat_id = $1),
      (select count(*) from screening.paper_entry where seat_id = $1), (select state from screening.seat where id = $1)`,
    [session.codes[seat]!.seatId],
  )

test.each(['screening.flag', 'screening.care_case', 'screening.paper_entry', 'screening.audit_event'])(
  'SAF-01: where %s cannot be written, neither reading of a sheet is stored and neither is acknowledged',
  async (table) => {
    const risk = reading({ phq9_9: 3 })
    for (const [who, seat] of [
      [赵, 6],
      [钱, 2],
    ] as const) {
      if (seat === 6) await consent(world, school.classId, [school.participantIds[6]!], 'screening')
      if (table === 'screening.care_case' && seat === 2) continue // her case is open since the first reading
      const before = await keptOf(seat)
      await broken(table, async () => expect((await enter(who, seat, risk)).status).toBe(500))
      expect(await keptOf(seat)).toEqual(before)
    }
  },
)

describe('the second reading', () => {
  test('is refused to whoever made the first, in a sentence', async () => {
    const { status, body } = await enter(赵, 0, reading({ phq9_9: 1 }))
    expect({ status, code: body.code, detail: body.detail }).toEqual({
      status: 409,
      code: 'paper.same-person',
      detail: 'you entered this sheet the first time, somebody else enters it the second time',
    })
  })

  test('is blind: before it nobody, not even the administrator, is told an answer of the first', async () => {
    const marked = { phq9_9: 2, phq9_3: 'skipped' }
    for (const who of [赵, 钱, 孙, world.管理员]) {
      expect(await compare(who, 0)).toMatchObject({ status: 409, body: { code: 'paper.nothing-to-compare' } })
      const seen = JSON.stringify([await desk(who), (await compare(who, 0)).body, (await who.get(`/sessions/${session.sessionId}`)).body])
      expect([...Object.keys(marked), 'skipped', 'answers'].filter((word) => seen.includes(word))).toEqual([])
    }
    expect((await seatOf(0, 赵)).mine).toBe(true)
    expect((await seatOf(0, 钱)).mine).toBe(false)
  })

  test('shows at save what differs, item by item, both values, and nothing that agrees', async () => {
    const { status, body } = await enter(钱, 0, reading({ phq9_9: 1, phq9_3: 'skipped', phq9_2: 3 }, { gad7_1: 1 }))
    expect({ status, turn: body.turn }).toEqual({ status: 201, turn: 2 })
    expect(body.conflicts.map(({ item, first, second }: Record<string, unknown>) => [item, first, second])).toEqual([
      ['gad7_1', 0, 1],
      ['phq9_2', 0, 3],
      ['phq9_9', 2, 1],
    ])
    expect((await seatOf(0)).paper).toBe('conflict')
    expect((await answersIn(0, 'phq-9')).phq9_9).toBe(2) // nothing is replaced before somebody has decided
  })

  test('law 2: a risk that only the second reading sees is raised at once, beside what the first had raised', async () => {
    expect((await flagsOf(3)).length).toBe(0)
    await enter(钱, 3, reading({ phq9_9: 3 }))
    const flags = await flagsOf(3)
    expect(flags.some(({ value, case_id }) => value === '3' && case_id !== null)).toBe(true)
    expect((await answersIn(3, 'phq-9')).phq9_9).toBe(0)
  })

  test('that agrees closes the sheet, and a third one is refused', async () => {
    expect((await enter(钱, 1, reading({ phq9_9: 'skipped' }))).body.conflicts).toEqual([])
    expect((await seatOf(1)).paper).toBe('agreed')
    expect(await enter(孙, 1)).toMatchObject({ status: 409, body: { code: 'paper.entered-twice' } })
  })
})

describe('a decision', () => {
  const chosen = async (seat: number, answers: Record<string, unknown>): Promise<readonly Decision[]> =>
    (await compare(孙, seat)).body.conflicts.map(({ conflictId, item }: { conflictId: string; item: string }) => ({
      conflictId,
      answer: answers[item],
    }))

  test('is made by a third person, or by a clerk who says that she looked at the paper; each difference gets one answer', async () => {
    const decisions = await chosen(0, { gad7_1: 0, phq9_2: 3, phq9_9: 1 })
    expect(await decide(赵, 0, decisions)).toMatchObject({ status: 409, body: { code: 'paper.not-third' } })
    expect(await decide(钱, 0, decisions)).toMatchObject({ status: 409, body: { code: 'paper.not-third' } })
    for (const wrong of [
      decisions.slice(1),
      [...decisions.slice(1), decisions[1]!],
      [...decisions, { conflictId: world.context.ids(), answer: 0 }],
    ])
      expect(await decide(孙, 0, wrong)).toMatchObject({ status: 400, body: { code: 'paper.decisions-wrong' } })
    const strange = decisions.map((one) => ({ ...one, answer: 8 }))
    expect(await decide(孙, 0, strange)).toMatchObject({ status: 400, body: { code: 'submission.answers-wrong' } })
    expect((await seatOf(0)).paper).toBe('conflict')
  })

  test('SAF-14: corrects the answers and scores, raises what is new, and deletes, closes and lowers nothing', async () => {
    const before = await flagsOf(0)
    const old = await stored(0)
    const { status, body } = await decide(孙, 0, await chosen(0, { gad7_1: 0, phq9_2: 3, phq9_9: 1 }))
    expect(status).toBe(201)
    expect(body.conflicts[2]).toMatchObject({
      item: 'phq9_9',
      decided: { answer: 1, basis: 'third-person', reason: '看过原件', by: 'sun' },
    })
    expect(await answersIn(0, 'phq-9')).toMatchObject({ phq9_2: 3, phq9_9: 1, phq9_3: 'skipped' })
    const kept = await stored(0)
    expect(kept.scores).not.toEqual(old.scores)
    const after = await flagsOf(0)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.filter(({ value }) => value === '2')).toHaveLength(1) // lowered on paper, not in the queue
    expect((await seatOf(0)).paper).toBe('decided')
  })

  test('a rule that the correction raised again says for which answer it had been raised before', async () => {
    const { cases } = (await 林老师.get('/cases')).body
    const details = await Promise.all(cases.map(({ caseId }: { caseId: string }) => 林老师.get(`/cases/${caseId}`)))
    const flags = details.map(({ body }) => body.flags.filter(({ subject }: { subject: string }) => subject === 'phq9_9'))
    const corrected = flags.find((own) => own.some(({ value }: { value: string }) => value === '2'))!
    expect(
      corrected.map(({ value, before }: { value: string; before: { value: string } | null }) => [value, before?.value ?? null]),
    ).toEqual([
      ['2', null],
      ['1', '2'],
    ])
    expect(corrected[1].before.valueText['zh-CN']).toEqual(expect.any(String))
  })

  test('SAF-14: that finds on the paper a risk that neither clerk read raises it, and scores the sheet anew', async () => {
    await enter(钱, 5, reading({ phq9_9: 'skipped' }))
    const before = await flagsOf(5)
    await decide(孙, 5, await chosen(5, { phq9_9: 3 }))
    const after = await flagsOf(5)
    expect(before.some(({ value }) => value === '3')).toBe(false)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.slice(before.length).some(({ value, case_id }) => value === '3' && case_id !== null)).toBe(true)
  })

  test('PRIV-06: what a correction replaced is kept, with who replaced it', async () => {
    const [past, ...more] = await rowsOf<{ revision: number; sheets: { instrument: string; answers: Answers }[]; username: string }>(
      world.administratorUrl,
      `select p.revision, p.sheets, a.username from screening.submission_past p join identity.account a on a.id = p.replaced_by
       join screening.submission s on s.id = p.submission_id where s.seat_id = $1`,
      [session.codes[0]!.seatId],
    )
    expect(more).toEqual([])
    expect(past).toMatchObject({ revision: 1, username: 'sun' })
    expect(past!.sheets.find(({ instrument }) => instrument === 'phq-9')!.answers).toMatchObject({ phq9_9: 2, phq9_2: 0 })
  })

  test('stands: a second one is refused, and neither entries nor decisions can be changed by the application', async () => {
    expect(await decide(孙, 0, await chosen(0, { gad7_1: 1, phq9_2: 0, phq9_9: 2 }))).toMatchObject({
      status: 409,
      body: { code: 'paper.decided-already' },
    })
    const rights = await rowsOf(
      world.administratorUrl,
      `select t from unnest(array['screening.paper_entry', 'screening.paper_conflict', 'screening.paper_decision', 'screening.submission_past']) as t
       where has_any_column_privilege('tongxing_app', t, 'update') or has_table_privilege('tongxing_app', t, 'delete, truncate')`,
    )
    expect(rights).toEqual([])
  })

  test('by looking at the paper may be a clerk’s own; where the first reading holds, nothing is rewritten', async () => {
    const raised = await flagsOf(3)
    expect((await decide(赵, 3, await chosen(3, { phq9_9: 0 }), 'paper')).status).toBe(201)
    expect((await answersIn(3, 'phq-9')).phq9_9).toBe(0)
    expect(await flagsOf(3)).toEqual(raised) // the flag of the misread 3 stays until a counsellor has looked
    const past = await rowsOf(
      world.administratorUrl,
      'select 1 from screening.submission_past p join screening.submission s on s.id = p.submission_id where s.seat_id = $1',
      [session.codes[3]!.seatId],
    )
    expect(past).toEqual([])
  })

  test('counts against the clerk whose reading fell, out of the items that were checked', async () => {
    const { clerks } = await desk()
    // seats 0, 1, 3, 5 and 7 were read twice and are settled: 16 items each; seat 2 nobody has checked
    const rates = Object.fromEntries(clerks.map(({ name, ...rate }: { name: string }) => [name, rate]))
    expect(rates).toEqual({
      zhao: { sheets: 6, checked: 80, corrected: 3 },
      qian: { sheets: 5, checked: 80, corrected: 3 },
    })
  })
})

test('every reading, every look at a difference and every decision is in the audit log, without an answer', async () => {
  const rows = await rowsOf<{ action: string; count: number }>(
    world.administratorUrl,
    `select action, count(*)::int as count from screening.audit_event
     where action like 'paper.%' or action = 'submission.corrected' group by action order by action`,
  )
  const counted = Object.fromEntries(rows.map(({ action, count }) => [action, count]))
  expect(counted).toMatchObject({ 'paper.decided': 3, 'paper.entered': 11, 'submission.corrected': 2 })
  expect(counted['paper.compared']).toBeGreaterThan(2)
  const details = await rowsOf<{ details: string }>(world.administratorUrl, 'select details::text from screening.audit_event')
  expect(details.filter(({ details: text }) => /phq9_|gad7_|看过/.test(text))).toEqual([])
})

test('sheets from paper are in the dataset as they were decided, and a corrected one once', async () => {
  const rows = await rowsOf<{ study_id: string }>(world.administratorUrl, 'select study_id from screening.session limit 1')
  const researcher = await colleague(world, 'gu', 'researcher', world.countyId)
  const made = await researcher.post(`/studies/${rows[0]!.study_id}/exports`)
  expect(made.status).toBe(201)
  const { body: data } = await researcher.get(`/exports/${made.body.id}/files/data.csv`)
  const [head, ...lines] = String(data).trim().split('\n')
  expect(lines).toHaveLength(7) // seven seats have handed in, six of them on paper
  const column = head!.split(',').indexOf('phq9_2')
  expect(lines.filter((line) => line.split(',')[column] === '3')).toHaveLength(1)
})

test('the forms of a session carry sheet number, class and seat, and no name; nobody who may not be asked gets one', async () => {
  const other = await addSchool(world, '丁校', 8)
  const late = await openSession(world, other, await addStudy(world, [other, school], 'second'))
  await handIn(world, (await sit(world, late, 1)).token, sheetBody(quietSheets()))
  await consent(world, other.classId, [other.participantIds[2]!], 'screening', 'withdrawn')
  for (const [language, word] of [
    ['zh-CN', '席位'],
    ['en', 'Seat'],
  ] as const) {
    const { status, body, headers } = await world.管理员.get(`/sessions/${late.sessionId}/paper/forms?language=${language}`)
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(body).toContain(`${late.locator}-08`)
    expect(body).toContain(`${word} 8`)
    expect(body).toContain('七年级1班')
    expect(body).not.toContain(`${late.locator}-02`) // handed in already
    expect(body).not.toContain(`${late.locator}-03`) // whose guardian has taken the consent back
    expect(late.codes.filter(({ name }) => body.includes(name))).toEqual([])
  }
  expect((await 赵.get(`/sessions/${session.sessionId}/paper/forms?language=de`)).body.code).toBe('paper.no-form')
  const printed = async (seats: string) => (await world.管理员.get(`/sessions/${late.sessionId}/paper/forms?seats=${seats}`)).body
  const of = (body: string) => [...new Set([...body.matchAll(new RegExp(`${late.locator}-(\\d\\d)`, 'g'))].map(([, number]) => number))]
  expect(of(await printed('5'))).toEqual(['05'])
  expect(of(await printed('8,2,3,4'))).toEqual(['04', '08']) // of those that were wished for, nobody who may not be asked
  expect((await printed('2,3')).code).toBe('paper.nobody-to-print')
  expect((await printed('1;2')).code).toBe('request.invalid')
})

test('a session that has not been opened takes no paper', async () => {
  const [row] = await rowsOf<{ study_id: string }>(world.administratorUrl, 'select study_id from screening.session limit 1')
  const { body } = await world.管理员.post('/sessions', { classId: school.classId, studyId: row!.study_id, wave: 'post' })
  const path = `/sessions/${body.id}/seats/${body.codes[0].seatId}/paper`
  expect(await 赵.post(path, reading())).toMatchObject({ status: 409, body: { code: 'paper.not-yet' } })
})

test('a seat of another session, and a session of another school, do not exist here', async () => {
  expect(await 赵.post(`/sessions/${session.sessionId}/seats/${world.context.ids()}/paper`, reading())).toMatchObject({
    status: 404,
    body: { code: 'session.seat-not-found' },
  })
  const 吴 = await colleague(world, 'wu', 'proctor', (await addSchool(world, '丙校')).schoolId)
  expect(await 吴.get(`/sessions/${session.sessionId}/paper`)).toMatchObject({ status: 404, body: { code: 'session.not-found' } })
  expect(await enter(吴, 2)).toMatchObject({ status: 404 })
})

test('law 2: a device that takes the desk’s key for its own sheet neither keeps paper away nor goes unheard', async () => {
  const place = await addSchool(world, '戊校', 2)
  const other = await openSession(world, place, await addStudy(world, [place, school], 'keys'))
  const [first, second] = [(await sit(world, other, 0)).token, (await sit(world, other, 1)).token]
  const risk = sheetBody({ ...quietSheets(), 'phq-9': { ...quietSheets()['phq-9'], phq9_9: 3 } })
  const paper = (seat: number) => world.管理员.post(`/sessions/${other.sessionId}/seats/${other.codes[seat]!.seatId}/paper`, reading())
  expect((await handIn(world, first, risk, 'paper:first-reading')).body.code).toBe('submission.key-missing')
  expect((await handIn(world, first, risk, 'paper-first-reading')).status).toBe(201)
  expect((await paper(0)).body.code).toBe('session.already-submitted')
  expect((await paper(1)).status).toBe(201)
  expect((await handIn(world, second, risk, 'paper-first-reading')).body.code).toBe('session.already-submitted')
  const heard = "select 1 from screening.flag where seat_id = $1 and rule = 'item9-endorsed'"
  expect(await rowsOf(world.administratorUrl, heard, [other.codes[1]!.seatId])).toHaveLength(1)
})

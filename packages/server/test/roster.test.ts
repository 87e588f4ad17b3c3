// A school's spreadsheet through the real server: looked into, compared, taken over whole or not at all.
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Cell, xlsx } from './spreadsheets.ts'
import { type Answer, addSchool, buildWorld, colleague, type Person, type School, type World } from './world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let world: World
let owner: Client
beforeAll(async () => {
  world = await buildWorld()
  owner = new Client({ connectionString: world.administratorUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await world.close()
})

const header = ['姓名', '学号', '性别', '出生日期', '班级', '留守情况']
const fields = ['name', 'studentNumber', 'sex', 'birthDate', 'class', 'leftBehind']
type Line = readonly [name: string, number: string, sex: string, birthDate: string, className: string, leftBehind?: string]

const fileOf = (lines: readonly Line[]) =>
  xlsx([{ name: '名单', rows: [header, ...lines.map((line) => line.map((cell) => cell ?? null))] }]).toString('base64')
const request = (file: string, more: object = {}) => ({
  file,
  sheets: [{ sheet: 0, headerRow: 1, columns: fields, className: null }],
  createClasses: false,
  ...more,
})
const plan = (unitId: string, file: string, more: object = {}, person: Person = world.管理员) =>
  person.post(`/units/${unitId}/roster/plan`, request(file, more))
const takeOver = (unitId: string, file: string, planHash: string, more: object = {}, person: Person = world.管理员) =>
  person.post(`/units/${unitId}/roster/import`, { ...request(file), planHash, decisions: [], left: [], leaveOutInvalid: false, ...more })
const planned = async (unitId: string, file: string, more: object = {}) => (await plan(unitId, file, more)).body
const rosterOf = async (classId: string) => (await world.管理员.get(`/classes/${classId}/participants`)).body.participants
const count = async (table: string) => Number((await owner.query(`select count(*)::int as n from ${table}`)).rows[0].n)
const everything = async () =>
  JSON.stringify([
    await count('screening.participant'),
    await count('identity.person'),
    await count('screening.unit'),
    await count('screening.audit_event'),
  ])

let schools = 0
/** A school with one class 七年级1班 of three pupils. */
const fresh = async (): Promise<School & { readonly name: string }> => {
  schools += 1
  const name = `名${schools}校`
  return { ...(await addSchool(world, name, 3)), name }
}
const asInFile = (name: string): readonly Line[] => [
  ['测甲0', `${name}0`, '女', '2013-05-09', '七(1)班', '是'],
  ['测乙1', `${name}1`, '男', '2013/5/9', '7年级01班', '否'],
  ['测丙2', `${name}2`, '女', '20130509', '七年级一班', '是'],
]

test('a file is looked into before anything is compared: its sheets, its header and what each column holds', async () => {
  const { schoolId } = await fresh()
  const rows: Cell[][] = [
    ['某校学生名册'],
    ['序号', '姓名', '性别', '出生日期', '身份证号'],
    [{ number: 1 }, '张三', '男', { number: 41000, look: 'date' }, null],
  ]
  const seen = await world.管理员.post(`/units/${schoolId}/roster/file`, {
    file: xlsx([{ name: '七年级2班', rows, merges: ['A1:E1'] }]).toString('base64'),
  })
  expect(seen.status).toBe(200)
  expect(seen.body.sheets).toMatchObject([
    { name: '七年级2班', headerRow: 2, className: '七年级2班', columns: [null, 'name', 'sex', 'birthDate', 'nationalId'] },
  ])
  expect(seen.body.sheets[0].preview.at(-1)).toEqual({ row: 3, cells: ['1', '张三', '男', '2012-04-01', ''] })
})

test('the roster as it stands is unchanged, and taking it over changes nothing', async () => {
  const { schoolId, classId, name } = await fresh()
  const before = await rosterOf(classId)
  const file = fileOf(asInFile(name))
  const dry = await planned(schoolId, file)
  expect(dry.counts).toEqual({ new: 0, changed: 0, unchanged: 3, suspected: 0, invalid: 0, missing: 0 })
  expect((await takeOver(schoolId, file, dry.planHash)).body).toMatchObject({ created: 0, changed: 0, unchanged: 3 })
  expect(await rosterOf(classId)).toEqual(before)
})

test('new, changed, suspected and invalid rows are told with their rows and reasons', async () => {
  const { schoolId, name } = await fresh()
  const lines: readonly Line[] = [
    ['测甲0', `${name}0`, '女', '2013-05-10', '七(1)班', '是'],
    ['测已1', `${name}1`, '男', '2013-05-09', '七(1)班'],
    [`来${name}`, 'N9', '男', '2013-01-01', '七(1)班'],
    ['错一', 'N10', '不详', '2013-13-01', '七(1)班'],
    ['错二', '1.2E+17', '男', '2013-01-01', '九年级8班'],
    [`来${name}`, 'N9', '男', '2013-01-01', '七(1)班'],
  ]
  const { counts, rows, missing } = await planned(schoolId, fileOf(lines))
  expect(counts).toEqual({ new: 1, changed: 1, unchanged: 0, suspected: 1, invalid: 3, missing: 1 })
  const row = (number: number) => rows.find((one: { row: number }) => one.row === number)
  expect(row(2)).toMatchObject({ kind: 'changed', changes: ['birthDate'], before: { birthDate: '2013-05-09' } })
  expect(row(3)).toMatchObject({ kind: 'suspected', why: 'name-differs', before: { name: '测乙1' }, may: ['same', 'leave-out'] })
  expect(row(4)).toMatchObject({ kind: 'new', className: '七年级1班' })
  expect(row(5).faults.map((own: { field: string; kind: string }) => [own.field, own.kind])).toEqual([
    ['sex', 'sex'],
    ['birthDate', 'date'],
  ])
  expect(row(6).faults.map((own: { kind: string }) => own.kind)).toEqual(['rounded', 'class-unknown'])
  expect(row(7).faults).toMatchObject([{ field: 'studentNumber', kind: 'twice', other: { sheet: 0, row: 4 } }])
  expect(missing.map((own: { name: string }) => own.name)).toEqual(['测丙2'])
})

test('all of a file or nothing: a row that cannot be taken, an open question or a failure leaves no trace', async () => {
  const { schoolId, name } = await fresh()
  const good: Line = [`来${name}`, `X${name}`, '男', '2013-01-01', '七(1)班']
  const withInvalid = fileOf([...asInFile(name), good, ['错', '', '', '', '七(1)班']])
  const withQuestion = fileOf([...asInFile(name).slice(1), good, ['测申0', '', '女', '2013-05-09', '七(1)班']])
  const sound = fileOf([...asInFile(name), good])
  const [invalid, question, dry] = [
    await planned(schoolId, withInvalid),
    await planned(schoolId, withQuestion),
    await planned(schoolId, sound),
  ]
  const before = await everything()
  expect(await takeOver(schoolId, withInvalid, invalid.planHash)).toMatchObject({ status: 409, body: { code: 'roster.rows-invalid' } })
  expect(await takeOver(schoolId, withQuestion, question.planHash)).toMatchObject({ status: 409, body: { code: 'roster.undecided' } })
  await owner.query('alter table identity.person add constraint broken check (false) not valid')
  const failed = await takeOver(schoolId, sound, dry.planHash)
  await owner.query('alter table identity.person drop constraint broken')
  expect(failed.status).toBe(500)
  expect(await everything()).toBe(before)
  expect((await takeOver(schoolId, sound, dry.planHash)).body).toMatchObject({ created: 1, unchanged: 3 })
})

test('the same request twice takes the file over once and gets the same answer, also eight at a time', async () => {
  const { schoolId, classId, name } = await fresh()
  const file = fileOf([...asInFile(name), [`来${name}`, `X${name}`, '男', '2013-01-01', '七(1)班']])
  const { planHash } = await planned(schoolId, file)
  const answers: Answer[] = []
  for (let round = 0; round < 2; round += 1)
    answers.push(...(await Promise.all(Array.from({ length: 4 }, () => takeOver(schoolId, file, planHash)))))
  expect(answers.map(({ status, body }) => [status, body])).toEqual(Array.from({ length: 8 }, () => [200, answers[0]!.body]))
  expect(answers[0]!.body.created).toBe(1)
  expect(await rosterOf(classId)).toHaveLength(4)
})

test('a register that changed since the dry run is answered with 409, and a new dry run goes on', async () => {
  const { schoolId, classId, name } = await fresh()
  const file = fileOf([...asInFile(name), [`来${name}`, `X${name}`, '男', '2013-01-01', '七(1)班']])
  const { planHash } = await planned(schoolId, file)
  await world.管理员.post(`/classes/${classId}/participants`, {
    participants: [{ name: `来${name}`, sex: 'male', birthDate: '2013-01-01' }],
  })
  expect(await takeOver(schoolId, file, planHash)).toMatchObject({ status: 409, body: { code: 'roster.changed-since' } })
  const again = await planned(schoolId, file)
  expect(again.counts).toMatchObject({ new: 0, changed: 1 })
  expect((await takeOver(schoolId, file, again.planHash)).body).toMatchObject({ created: 0, changed: 1 })
  expect((await takeOver(schoolId, fileOf(asInFile(name)), again.planHash)).body.code).toBe('roster.changed-since')
})

test('of two people who compared at the same time the second compares again', async () => {
  const { schoolId, name } = await fresh()
  const [one, two] = [1, 2].map((own) => fileOf([...asInFile(name), [`来${own}${name}`, `X${own}${name}`, '男', '2013-01-01', '七(1)班']]))
  const [first, second] = [await planned(schoolId, one!), await planned(schoolId, two!)]
  const answers = await Promise.all([takeOver(schoolId, one!, first.planHash), takeOver(schoolId, two!, second.planHash)])
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
})

test('the roster of one class concerns that class alone: its missing pupils, and no row of another class', async () => {
  const { schoolId, classId, participantIds, name } = await fresh()
  const other = (await world.管理员.post('/units', { kind: 'class', parentId: schoolId, name: '七年级2班' })).body.id
  await world.管理员.post(`/classes/${other}/participants`, { participants: [{ name: '别班的', sex: 'male', birthDate: '2013-01-01' }] })
  const elsewhere: Line = [`来${name}`, '', '男', '2013-02-02', '七(2)班']
  const dry = await planned(classId, fileOf([...asInFile(name).slice(0, 2), elsewhere]))
  expect(dry.missing.map((own: { participantId: string }) => own.participantId)).toEqual([participantIds[2]])
  expect(dry.rows.find((own: { row: number }) => own.row === 4).faults).toMatchObject([
    { field: 'class', kind: 'outside', text: '七(2)班' },
  ])
  expect(dry.mayCreateClasses).toBe(false)
})

test('a file of megabytes comes through, and one of more than twenty is refused before it is read', async () => {
  const { schoolId } = await fresh()
  const text = `姓名,性别,出生日期,备注\n${'王芳,女,2013-05-09,一二三四五六七八九十\n'.repeat(40_000)}`
  const send = (bytes: Buffer) => world.管理员.post(`/units/${schoolId}/roster/file`, { file: bytes.toString('base64') })
  expect((await send(Buffer.from(text))).body.sheets[0].lines).toBe(40_001)
  expect(await send(Buffer.alloc(22_000_000, 44))).toMatchObject({ status: 413, body: { code: 'request.too-large' } })
})

test('a roster never shrinks: whom the file lacks stays, and leaves only when named', async () => {
  const { schoolId, classId, participantIds, name } = await fresh()
  const file = fileOf(asInFile(name).slice(0, 1))
  const kept = await planned(schoolId, file)
  expect(kept.missing.map((own: { participantId: string }) => own.participantId).sort()).toEqual(participantIds.slice(1).sort())
  await takeOver(schoolId, file, kept.planHash)
  expect(await rosterOf(classId)).toHaveLength(3)
  const { planHash } = await planned(schoolId, file)
  expect(await takeOver(schoolId, file, planHash, { left: [participantIds[0]] })).toMatchObject({
    status: 400,
    body: { code: 'roster.leaver-unknown' },
  })
  expect((await takeOver(schoolId, file, planHash, { left: [participantIds[2]] })).body).toMatchObject({ left: 1 })
  expect((await rosterOf(classId)).map((own: { participantId: string }) => own.participantId)).toEqual(participantIds.slice(0, 2))
  // her record stays, and when a file has her again she is back
  const back = fileOf(asInFile(name))
  const returning = await planned(schoolId, back)
  expect(returning.rows.find((own: { row: number }) => own.row === 4)).toMatchObject({ kind: 'changed', changes: ['returned'] })
  await takeOver(schoolId, back, returning.planHash)
  expect((await rosterOf(classId)).map((own: { participantId: string }) => own.participantId)).toEqual(participantIds)
})

test('a person decides who is the same: the same, another, or left out', async () => {
  const { schoolId, classId, name } = await fresh()
  const lines: readonly Line[] = [
    ['测申0', '', '女', '2013-05-09', '七(1)班'],
    ['测已1', '', '男', '2013-05-09', '七(1)班'],
    ['测柄2', '', '女', '2013-05-09', '七(1)班'],
  ]
  const file = fileOf(lines)
  const { planHash, rows } = await planned(schoolId, file)
  expect(rows.map((own: { why: string }) => own.why)).toEqual(['name-differs', 'name-differs', 'name-differs'])
  const decided = (...decisions: string[]) => ({ decisions: decisions.map((decision, place) => ({ sheet: 0, row: place + 2, decision })) })
  expect((await takeOver(schoolId, file, planHash, decided('same', 'other'))).body).toMatchObject({
    code: 'roster.undecided',
    parameters: { count: 1 },
  })
  expect((await takeOver(schoolId, file, planHash, decided('same', 'other', 'leave-out'))).body).toMatchObject({
    created: 1,
    changed: 1,
    leftOut: 1,
  })
  const names = (await rosterOf(classId)).map((own: { name: string; studentNumber: string | null }) => [own.name, own.studentNumber])
  expect(names).toEqual([
    ['测申0', `${name}0`],
    ['测乙1', `${name}1`],
    ['测丙2', `${name}2`],
    ['测已1', null],
  ])
})

test('a class that the school lacks is offered to an administrator and made with the file; a proctor is told to ask', async () => {
  const { schoolId, name } = await fresh()
  const file = fileOf([...asInFile(name), [`来${name}`, `X${name}`, '男', '2013-01-01', '八(2)班']])
  const dry = await planned(schoolId, file)
  expect(dry).toMatchObject({ counts: { invalid: 1 }, newClasses: [{ name: '八(2)班', rows: 1 }], mayCreateClasses: true })
  const proctor = await colleague(world, `zhu${schools}`, 'proctor', schoolId)
  expect((await plan(schoolId, file, {}, proctor)).body).toMatchObject({ mayCreateClasses: false })
  expect(await plan(schoolId, file, { createClasses: true }, proctor)).toMatchObject({
    status: 403,
    body: { code: 'account.role-missing' },
  })
  const made = await planned(schoolId, file, { createClasses: true })
  expect(made.counts).toMatchObject({ new: 1, invalid: 0 })
  expect((await takeOver(schoolId, file, made.planHash, { createClasses: true })).body).toMatchObject({ created: 1, classes: 1 })
  const { units } = (await world.管理员.get('/units')).body
  const unit = units.find((own: { name: string; schoolId: string }) => own.schoolId === schoolId && own.name === '八(2)班')
  expect(await rosterOf(unit.id)).toMatchObject([{ name: `来${name}` }])
})

test('a new school year moves pupils between classes by their numbers, and their history stays with them', async () => {
  const { schoolId, classId, participantIds, name } = await fresh()
  const next = (await world.管理员.post('/units', { kind: 'class', parentId: schoolId, name: '八年级1班' })).body.id
  const file = fileOf(asInFile(name).map(([own, number, sex, born]) => [own, number, sex, born, '八(1)班']))
  const dry = await planned(schoolId, file)
  expect(dry.rows.map((own: { changes: string[] }) => own.changes)).toEqual([['class'], ['class'], ['class']])
  await takeOver(schoolId, file, dry.planHash)
  expect(await rosterOf(classId)).toEqual([])
  const moved = await rosterOf(next)
  expect(moved.map((own: { participantId: string }) => own.participantId)).toEqual(participantIds)
  expect(moved[0].consent).toMatchObject({ screening: 'given', research: 'given' })
})

test('of three hundred whom one file moves or brings back, each has one history without a gap, and who stays has no new entry', async () => {
  const { schoolId, name } = await fresh()
  const lines = (classOf: (place: number) => string): readonly Line[] =>
    Array.from({ length: 300 }, (_, place) => [`众${place}`, `众${name}${place}`, '女', '2013-05-09', classOf(place), '否'])
  const take = async (file: string, left: readonly string[] = []) => {
    const dry = await planned(schoolId, file, { createClasses: true })
    const done = await takeOver(schoolId, file, dry.planHash, { createClasses: true, left })
    expect(done.status).toBe(200)
    return dry
  }
  await take(fileOf(lines(() => '七(1)班')))
  const half = fileOf(lines(() => '七(1)班').slice(0, 150))
  const { missing } = await planned(schoolId, half)
  const left = missing.flatMap((own: { name: string; participantId: string }) => (own.name.startsWith('众') ? [own.participantId] : []))
  await take(half, left)
  await take(fileOf(lines((place) => (place % 3 === 0 ? '七(2)班' : '七(1)班'))))
  const { rows } = await owner.query(
    `select string_agg(e.came || '-' || coalesce(e.went, ''), ' ' order by e.number) as history,
      bool_and(e.to_at is not null or e.class_id = p.class_id) as fits
    from screening.enrolment e join screening.participant p on p.county_id = e.county_id and p.id = e.participant_id
      join identity.person i on i.participant_id = p.id
    where i.student_number like $1 group by p.id`,
    [`众${name}%`],
  )
  const histories = Object.fromEntries([...Map.groupBy(rows, ({ history }) => history)].map(([history, own]) => [history, own.length]))
  expect(histories).toEqual({ 'enrolled-': 100, 'enrolled-moved moved-': 50, 'enrolled-left returned-': 150 })
  expect(rows.every(({ fits }) => fits)).toBe(true)
})

test('a pupil of another school is suspected only by who may see that school, and a transfer leaves her history there', async () => {
  const [mine, theirs] = [await fresh(), await fresh()]
  const line: Line = ['测甲0', `${theirs.name}0`, '女', '2013-05-09', '七(1)班']
  const file = fileOf([...asInFile(mine.name), line])
  const proctor = await colleague(world, `wai${schools}`, 'proctor', mine.schoolId)
  const narrow = (await plan(mine.schoolId, file, {}, proctor)).body
  expect(narrow.counts).toMatchObject({ new: 1, suspected: 0 })
  expect(JSON.stringify(narrow)).not.toContain(theirs.participantIds[0])
  const wide = await planned(mine.schoolId, file)
  expect(wide.rows.find((own: { row: number }) => own.row === 5)).toMatchObject({
    kind: 'suspected',
    why: 'other-school',
    before: { schoolName: theirs.name },
  })
  const decisions = [{ sheet: 0, row: 5, decision: 'same' }]
  expect((await takeOver(mine.schoolId, file, wide.planHash, { decisions })).body).toMatchObject({ transferred: 1, created: 0 })
  expect(await rosterOf(mine.classId)).toHaveLength(4)
  expect(await rosterOf(theirs.classId)).toHaveLength(2)
  const { rows } = await owner.query('select school_id from screening.participant where transferred_from = $1', [theirs.participantIds[0]])
  expect(rows).toEqual([{ school_id: mine.schoolId }])
  const old = await owner.query('select count(*)::int as n from screening.consent where participant_id = $1 and school_id = $2', [
    theirs.participantIds[0],
    theirs.schoolId,
  ])
  expect(old.rows[0].n).toBeGreaterThan(0)
})

test('a county file names its schools, and a row of a school that is not there says so', async () => {
  const [one, two] = [await fresh(), await fresh()]
  const rows = [
    ['学校', ...header],
    [one.name, '新一', '', '男', '2013-01-01', '七(1)班'],
    [two.name, '新二', '', '女', '2013-01-01', '七(1)班'],
    ['无此校', '新三', '', '女', '2013-01-01', '七(1)班'],
  ]
  const file = xlsx([{ name: '全县', rows }]).toString('base64')
  const sheets = [{ sheet: 0, headerRow: 1, columns: ['school', ...fields], className: null }]
  const dry = await planned(world.countyId, file, { sheets })
  expect(dry.counts).toMatchObject({ new: 2, invalid: 1 })
  expect(dry.rows.find((own: { row: number }) => own.row === 4).faults).toMatchObject([
    { field: 'school', kind: 'school-unknown', text: '无此校' },
  ])
  expect((await takeOver(world.countyId, file, dry.planHash, { sheets, leaveOutInvalid: true })).body).toMatchObject({
    created: 2,
    leftOut: 1,
  })
  expect((await rosterOf(two.classId)).map((own: { name: string }) => own.name)).toContain('新二')
})

test('PRIV-07: whoever is shown from the register in a dry run leaves an audit row, and what is done to her another', async () => {
  const { schoolId, participantIds, name } = await fresh()
  const file = fileOf([...asInFile(name).slice(0, 2), [`来${name}`, `X${name}`, '男', '2013-01-01', '七(1)班']])
  const { planHash } = await planned(schoolId, file)
  await takeOver(schoolId, file, planHash, { left: [participantIds[2]] })
  const { rows } = await owner.query('select action, subject_ids from screening.audit_event where school_id = $1 order by id', [schoolId])
  const subjects = (action: string) => rows.filter((own) => own.action === action).map((own) => own.subject_ids)
  expect(subjects('participant.names-read').map((ids) => ids.sort())).toContainEqual([...participantIds].sort())
  expect(subjects('participant.left')).toEqual([[participantIds[2]]])
  expect(subjects('roster.compared')).toHaveLength(1)
  expect(subjects('roster.imported')).toHaveLength(1)
})

test('nothing of the file is kept but its hash, and a national identity number nowhere', async () => {
  const { schoolId, classId, name } = await fresh()
  const rows: Cell[][] = [
    ['姓名', '身份证号', '班级'],
    [`来${name}`, '110105201305090064', '七(1)班'],
  ]
  const [file, sheets] = [
    xlsx([{ name: '名单', rows }]).toString('base64'),
    [{ sheet: 0, headerRow: 1, columns: ['name', 'nationalId', 'class'], className: null }],
  ]
  const dry = await planned(schoolId, file, { sheets })
  expect(JSON.stringify(dry)).not.toContain('110105201305090064')
  await takeOver(schoolId, file, dry.planHash, { sheets })
  expect((await rosterOf(classId)).at(-1)).toMatchObject({ name: `来${name}`, sex: 'female', birthDate: '2013-05-09' })
  const tables = (
    await owner.query(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('identity', 'screening')",
    )
  ).rows
  for (const { name } of tables) {
    const { rows: found } = await owner.query(`select 1 from ${name} t where t::text like '%110105201305090064%'`)
    expect({ name, found: found.length }).toEqual({ name, found: 0 })
  }
})

test('a file that cannot be read is answered with what to do, and the server goes on', async () => {
  const { schoolId } = await fresh()
  const answer = await world.管理员.post(`/units/${schoolId}/roster/file`, {
    file: Buffer.from('d0cf11e0a1b11ae1', 'hex').toString('base64'),
  })
  expect(answer).toMatchObject({ status: 400, body: { code: 'roster.file-old', detail: expect.stringContaining('save it as .xlsx') } })
  expect((await world.person().get('/health')).status).toBe(200)
})

// How a sheet was answered is kept beside it, keeps no answer from arriving and lowers no flag.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOf } from './rows.ts'
import {
  addSchool,
  addStudy,
  buildWorld,
  colleague,
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
let school: School
let session: OpenSession
let nextSeat = 0

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 12)
  session = await openSession(world, school, await addStudy(world, [school, await addSchool(world, '乙校')]))
})
afterAll(() => world.close())

const sitNext = async () => (await sit(world, session, nextSeat++)).token
const withTimes = (times: unknown, aids?: unknown) => {
  const body = sheetBody(quietSheets())
  return { ...body, ...(aids === undefined ? {} : { aids }), sheets: body.sheets.map((sheet) => ({ ...sheet, times })) }
}

test.each([
  ['times that are no numbers', { phq9_1: 'soon', phq9_2: null, phq9_3: -1, phq9_4: 1.5, phq9_5: 1e12 }, ['read-aloud']],
  ['times of items that are not asked', { who5_1: 1200, constructor: 1200 }, []],
  ['a list for the times and a word for the aids', [1200, 1300], 'large-text'],
  ['nothing for the times and unknown aids', null, ['telepathy', 7]],
])('law 3: %s keep no answer from arriving', async (_what, times, aids) => {
  expect((await handIn(world, await sitNext(), withTimes(times, aids))).status).toBe(201)
})

test('REL-02: the same body with its times gets the same receipt, other times are another body', async () => {
  const token = await sitNext()
  const first = await handIn(world, token, withTimes({ phq9_1: 1200 }), 'a-key-of-one-device')
  expect(await handIn(world, token, withTimes({ phq9_1: 1200 }), 'a-key-of-one-device')).toMatchObject({ status: 201, body: first.body })
  expect(await handIn(world, token, withTimes({ phq9_1: 1300 }), 'a-key-of-one-device')).toMatchObject({ status: 409 })
})

const stored = async (submissionId: string) =>
  (
    await rowsOf<{ quality: { aids: string[]; sheets: Record<string, unknown>[] } | null }>(
      world.administratorUrl,
      'select quality from screening.submission where id = $1',
      [submissionId],
    )
  )[0]!.quality
const flagsOf = (submissionId: string) =>
  rowsOf(
    world.administratorUrl,
    'select instrument, rule, kind, urgency, subject, value from screening.flag where submission_id = $1 order by instrument, rule',
    [submissionId],
  )

test('how the items were answered is stored with the sheet: indices, times of its own items, and what helped', async () => {
  const times = { ...Object.fromEntries(Array.from({ length: 9 }, (_, place) => [`phq9_${place + 1}`, 500])), gad7_1: 'soon', who5_1: 1 }
  const { body } = await handIn(world, await sitNext(), withTimes(times, ['large-text', 'large-text', 'telepathy']))
  expect(await stored(body.submissionId)).toEqual({
    aids: ['large-text'],
    sheets: [
      {
        ...{ instrument: 'phq-9', version: '1.0.0', answered: 9, of: 9, longString: 9, variability: 0, secondsPerItem: 0.5, fastShare: 1 },
        times: Object.fromEntries(Object.entries(times).slice(0, 9)),
      },
      {
        ...{ instrument: 'gad-7', version: '1.0.0', answered: 7, of: 7, longString: 7, variability: 0, secondsPerItem: null },
        ...{ fastShare: null, times: {} },
      },
    ],
  })
})

test('a sheet that was entered from paper has no quality: nobody has seen how it was answered', async () => {
  const path = `/sessions/${session.sessionId}/seats/${session.codes[nextSeat++]!.seatId}/paper`
  const { sheets } = sheetBody(quietSheets())
  const { body } = await world.管理员.post(path, { answeredOn: '2026-03-02', language: 'zh-CN', sheets })
  expect(await stored(body.receipt.submissionId)).toBeNull()
})

test('law 2 / SAF-02: a careless sheet raises its flag all the same, and the case page tells of both', async () => {
  const alarming = { ...quietSheets(), 'phq-9': Object.fromEntries(Array.from({ length: 9 }, (_, place) => [`phq9_${place + 1}`, 3])) }
  const hasty = Object.fromEntries(Object.keys(alarming['phq-9']).map((item) => [item, 90]))
  const careful = sheetBody(alarming)
  const careless = { ...careful, sheets: careful.sheets.map((sheet) => ({ ...sheet, times: hasty })) }
  const handed = await Promise.all([sitNext(), sitNext()]).then(async ([first, second]) => [
    (await handIn(world, first, careful)).body.submissionId,
    (await handIn(world, second, careless)).body.submissionId,
  ])
  const flags = await flagsOf(handed[1])
  expect(flags).toContainEqual(expect.objectContaining({ rule: 'item9-endorsed', urgency: 'immediate' }))
  expect(flags).toEqual(await flagsOf(handed[0]))
  const 林老师 = await colleague(world, 'lin', 'counsellor', school.schoolId)
  const { cases } = (await 林老师.get('/cases')).body
  expect(cases).toHaveLength(2)
  expect(new Set(cases.map(({ urgency, dueAt }: Record<string, string>) => `${urgency} ${dueAt}`)).size).toBe(1)
  const { sittings } = (await 林老师.get(`/cases/${cases[1].caseId}`)).body
  expect(sittings[0]).toMatchObject({ instrument: 'PHQ-9', secondsPerItem: 0.09, fastShare: 1, longString: 9, of: 9, bothWays: false })
})

test('the researcher’s dataset has the indices of each instrument, and no time of an item', async () => {
  const researcher = await colleague(world, 'gu', 'researcher', world.countyId)
  const [study] = (await world.管理员.get('/studies')).body.studies
  const { body } = await researcher.post(`/studies/${study.id}/exports`)
  const [header, ...rows] = ((await researcher.get(`/exports/${body.id}/files/data.csv`)).body as string).trim().split('\n')
  const column = (name: string) => rows.map((row) => row.split(',')[header!.split(',').indexOf(name)])
  expect(column('phq9_seconds').sort()).toContain('0.5') // of the nine times that were told above
  expect(column('phq9_seconds')).toContain('') // from paper
  expect(column('aids')).toContain('large-text')
  expect(column('gad7_long_string')).toContain('7')
  expect(rows.join()).not.toMatch(/,500,/)
})

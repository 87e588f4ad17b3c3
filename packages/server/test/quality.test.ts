// How a sheet was answered is kept beside it, keeps no answer from arriving and lowers no flag.
import { afterAll, beforeAll, expect, test } from 'vitest'
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
let school: School
let session: OpenSession
let nextSeat = 0

beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 12)
  session = await openSession(world, school, await addStudy(world, [school]))
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

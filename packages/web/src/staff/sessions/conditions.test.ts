import { expect, test } from 'vitest'
import { type StaffKey, staffWords } from '../../i18n/staff.ts'
import type { Opening } from '../wire.ts'
import { linesOf, openLines } from './conditions.ts'

const say = (key: StaffKey, parameters: Readonly<Record<string, string | number>> = {}) =>
  staffWords[key][1].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''))
const person = (displayName: string, proven = true) => ({
  accountId: displayName,
  displayName,
  proven,
  provenUntil: null,
  waitingSince: null,
})
const ready: Opening = {
  seats: 40,
  risk: true,
  unlicensed: [],
  duty: { day: '2026-03-02', owner: person('Lin'), deputy: person('Zhou') },
  outside: [],
  again: { days: 14, instruments: [] },
  load: { expected: 2, expectedToday: 5, otherSessions: 1, perDay: 6, stated: true, exceeds: false },
  confirm: [],
  page: null,
}
const linesIn = (changed: Partial<Opening>, pageIsOld = false) => linesOf({ ...ready, ...changed }, { say, pageIsOld })
const line = (id: string, changed: Partial<Opening>) => linesIn(changed).find((one) => one.id === id)
const opens = (changed: Partial<Opening>, ...confirmed: string[]) => openLines(linesIn(changed), new Set(confirmed)) === 0

test('SAF-08: nobody on duty, or somebody whom no call reached, is said in words with what to do, and the button stays shut', () => {
  expect(opens({})).toBe(true)
  const nobody = { duty: { ...ready.duty, owner: null } }
  expect(line('owner', nobody)).toMatchObject({ standing: 'unmet', remedy: 'rota' })
  const silent = { duty: { ...ready.duty, deputy: person('Zhou', false) } }
  expect(line('deputy', silent)).toMatchObject({ standing: 'unmet', remedy: 'call', words: ['Deputy today: Zhou', expect.any(String)] })
  expect([opens(nobody), opens(silent)]).toEqual([false, false])
})

test('a session without risk items asks for nobody and expects nothing', () => {
  const quiet = { risk: false, duty: { day: '2026-03-02', owner: null, deputy: null } }
  expect(opens(quiet)).toBe(true)
  expect(linesIn(quiet).map(({ id }) => id)).not.toContain('load')
})

test('SAF-17: more flags than can be seen open only with a confirmation', () => {
  const busy = { load: { ...ready.load, expectedToday: 9, exceeds: true }, confirm: ['capacity'] as Opening['confirm'] }
  expect(line('load', busy)?.words[0]).toBe('About 2 flags to expect (9 in the whole school today); 6 pupils can be seen')
  expect([opens(busy), opens(busy, 'capacity')]).toEqual([false, true])
})

test('a pupil with a seat who is too young keeps it shut; one without a seat is only told of, instruments of one age together', () => {
  const outside = (seated: number) => ['PHQ-9', 'GAD-7'].map((instrument) => ({ instrument, ages: '12+', pupils: 3, seated }))
  expect(opens({ outside: outside(1) })).toBe(false)
  expect(opens({ outside: outside(0) })).toBe(true)
  expect(line('left-out', { outside: outside(0) })?.words).toEqual([
    '3 pupils of the class are outside the ages of PHQ-9, GAD-7 (12+ years) and have no seat',
  ])
})

test('a page that is older than the server says so before the session starts', () => {
  const lines = linesIn({}, true)
  expect(lines[0]).toMatchObject({ standing: 'unmet', remedy: 'reload' })
  expect(openLines(lines, new Set())).toBe(1)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideAll, decisionOf, noChoices, outcomeOf, standingOf, undecided } from './choices.ts'
import { chosen, keyOf, nameless, proposed, withColumn } from './settings.ts'
import type { Decision, Field, Plan, PlannedRow, SeenFile } from './wire.ts'

const row = (place: number, kind: PlannedRow['kind'], may: Decision[] = []): PlannedRow => ({
  sheet: 0,
  row: place,
  kind,
  name: '测甲',
  studentNumber: null,
  sex: 'female',
  birthDate: '2013-05-09',
  leftBehind: null,
  schoolName: '甲校',
  className: '七年级1班',
  before: null,
  changes: [],
  why: kind === 'suspected' ? 'name-differs' : null,
  may,
  faults: [],
})
const kinds = ['new', 'changed', 'unchanged', 'suspected', 'invalid'] as const
const planOf = (rows: readonly PlannedRow[], missing: readonly string[] = []): Plan => {
  const count = (kind: (typeof kinds)[number]) => rows.filter((own) => own.kind === kind).length
  return {
    planHash: 'a',
    counts: {
      new: count('new'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      suspected: count('suspected'),
      invalid: count('invalid'),
      missing: missing.length,
    },
    rows: [...rows],
    missing: missing.map((participantId) => ({
      participantId,
      name: '',
      studentNumber: null,
      sex: null,
      birthDate: null,
      leftBehind: null,
      schoolName: '',
      className: '',
    })),
    mostShown: 2000,
    newClasses: [],
    mayCreateClasses: false,
  }
}
const pairOf: Decision[] = ['same', 'leave-out']

test('a plan is ready when every question is decided and what cannot be taken is left out on purpose', () => {
  const plan = planOf([row(2, 'new'), row(3, 'suspected', pairOf), row(4, 'invalid')])
  expect(standingOf(plan, noChoices)).toEqual({ kind: 'invalid', count: 1 })
  const leavingOut = { ...noChoices, leaveOutInvalid: true }
  expect(standingOf(plan, leavingOut)).toEqual({ kind: 'undecided', count: 1 })
  const decided = { ...leavingOut, decisions: new Map([['0|3', 'same' as const]]) }
  expect(standingOf(plan, decided)).toEqual({ kind: 'ready' })
  expect(outcomeOf(plan, decided)).toEqual({ created: 1, changed: 1, leftOut: 1, left: 0 })
})

test('a file that changes nothing is not written, and one that only says who left is', () => {
  const plan = planOf([row(2, 'unchanged')], ['p1'])
  expect(standingOf(plan, noChoices)).toEqual({ kind: 'nothing' })
  expect(standingOf(plan, { ...noChoices, left: new Set(['p1']) })).toEqual({ kind: 'ready' })
  expect(outcomeOf(plan, { ...noChoices, left: new Set(['p1', 'of another plan']) }).left).toBe(1)
})

test('deciding all at once decides only what each row may be, and a decision that is no longer offered does not count', () => {
  const plan = planOf([row(2, 'suspected', pairOf), row(3, 'suspected', ['same', 'other', 'leave-out'])])
  const choices = decideAll(plan, noChoices, 'other')
  expect(undecided(plan, choices)).toBe(1)
  expect(decisionOf(plan.rows[1]!, choices)).toBe('other')
  expect(decisionOf(row(3, 'suspected', pairOf), choices)).toBeNull()
})

test('whatever is decided, rows and outcome agree: nothing is counted twice and nothing is lost', () => {
  const rows = fc
    .array(fc.constantFrom(...kinds), { maxLength: 30 })
    .map((own) => own.map((kind, place) => row(place + 2, kind, kind === 'suspected' ? ['same', 'other', 'leave-out'] : [])))
  const picks = fc.array(fc.constantFrom<Decision>('same', 'other', 'leave-out'), { minLength: 30, maxLength: 30 })
  fc.assert(
    fc.property(rows, picks, (list, decisions) => {
      const plan = planOf(list)
      const choices = { ...noChoices, leaveOutInvalid: true, decisions: new Map(list.map((own, place) => [keyOf(own), decisions[place]!])) }
      const { created, changed, leftOut } = outcomeOf(plan, choices)
      expect(undecided(plan, choices)).toBe(0)
      expect(created + changed + leftOut + plan.counts.unchanged).toBe(list.length)
    }),
  )
})

const seen = (...sheets: readonly Partial<SeenFile['sheets'][number]>[]): SeenFile => ({
  kind: 'xlsx',
  encoding: null,
  delimiter: null,
  sheets: sheets.map((own) => ({
    name: '',
    lines: 1,
    width: 2,
    headerRow: 0,
    columns: [null, null],
    className: null,
    preview: [],
    ...own,
  })),
})

test('sheets with a header are read and others are not; without any header the first one is', () => {
  expect(chosen(proposed(seen({}, { headerRow: 3, columns: ['name', 'sex'] }))).map((own) => own.sheet)).toEqual([1])
  expect(chosen(proposed(seen({}, {}))).map((own) => own.sheet)).toEqual([0])
  expect(nameless(proposed(seen({}, { headerRow: 3, columns: [null, 'sex'] })))).toEqual([1])
})

test('a field stands in one column at most, however often columns are changed', () => {
  const fields: readonly (Field | null)[] = ['name', 'sex', 'class', null]
  const changes = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.constantFrom(...fields)), { maxLength: 20 })
  fc.assert(
    fc.property(changes, (list) => {
      const start = { sheet: 0, headerRow: 1, columns: [null, null, null, null, null] as (Field | null)[], className: null, used: true }
      const end = list.reduce((setting, [column, field]) => withColumn(setting, column, field), start as Parameters<typeof withColumn>[0])
      const read = end.columns.filter((own) => own !== null)
      expect(new Set(read).size).toBe(read.length)
      const last = list[list.length - 1]
      if (last) expect(end.columns[last[0]]).toBe(last[1])
    }),
  )
})

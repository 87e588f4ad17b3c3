import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, type Decision, meantBy, nearlyNamed, type Registered } from './compare.ts'
import { deedsOf } from './deeds.ts'
import type { RosterRow } from './rows.ts'

const school = 'a'
const registered = fc.record({
  name: fc.constantFrom('王芳', '王方', '李明', '李小明', '陈小雨', '阿依·买买提'),
  studentNumber: fc.constantFrom(null, '1', '2', '3', '4', '5', '6'),
  birthDate: fc.constantFrom('2013-05-09', '2013-05-10'),
  sex: fc.constantFrom('female' as const, 'male' as const),
  leftBehind: fc.constantFrom(true, false, null),
  classId: fc.constantFrom('c1', 'c2'),
  left: fc.boolean(),
})

/** As the register can be: a number stands once in a school. */
const register: fc.Arbitrary<readonly Registered[]> = fc
  .array(registered, { maxLength: 12 })
  .map((list) =>
    list
      .filter((own, place) => own.studentNumber === null || list.findIndex((other) => other.studentNumber === own.studentNumber) === place)
      .map((own, place) => ({ ...own, schoolId: school, participantId: `p${place}` })),
  )
type Written = Pick<Registered, 'name' | 'studentNumber' | 'sex' | 'birthDate' | 'leftBehind' | 'classId'>
const rowOf = (own: Written, place: number): RosterRow => ({
  sheet: 0,
  row: place + 2,
  name: own.name,
  studentNumber: own.studentNumber,
  sex: own.sex,
  birthDate: own.birthDate,
  leftBehind: own.leftBehind,
  school: null,
  grade: null,
  className: own.classId,
  sheetClass: null,
  faults: [],
})
const rows: fc.Arbitrary<readonly RosterRow[]> = fc
  .array(registered, { maxLength: 12 })
  .map((list) => list.map((own, place) => rowOf(own, place)))

const run = (given: readonly RosterRow[], known: readonly Registered[], elsewhere: readonly Registered[] = []) =>
  compare({
    rows: given,
    place: (row) => ({ kind: 'known', place: { schoolId: school, classId: row.className ?? '' } }),
    createClasses: false,
    register: known,
    elsewhere,
    covers: () => true,
  })
type Comparison = ReturnType<typeof run>

/** The register after a plan was written with these answers to its questions. */
const written = (
  { entries, missing }: Comparison,
  known: readonly Registered[],
  pick: (may: readonly Decision[], row: number) => Decision,
): readonly Registered[] => {
  const decisions = new Map(
    entries.flatMap(({ row, outcome }) => (outcome.kind === 'suspected' ? [[`0|${row.row}`, pick(outcome.may, row.row)] as const] : [])),
  )
  const deeds = deedsOf({ entries, missing }, { decisions, left: [], leaveOutInvalid: true })
  const merged = (row: RosterRow, of: Registered | null) => ({
    name: row.name,
    studentNumber: row.studentNumber ?? of?.studentNumber ?? null,
    birthDate: row.birthDate ?? of?.birthDate ?? '',
    sex: row.sex ?? of?.sex ?? ('female' as const),
    leftBehind: row.leftBehind ?? of?.leftBehind ?? null,
    schoolId: school,
    left: false,
  })
  const corrected = new Map(
    deeds.corrected.map(({ row, target, of }) => [
      of.participantId,
      { ...merged(row, of), participantId: of.participantId, classId: target.classId ?? '' },
    ]),
  )
  const enrolled = deeds.enrolled.map(({ row, target }) => ({
    ...merged(row, null),
    participantId: `n${row.row}`,
    classId: target.classId ?? '',
  }))
  return [...known.map((own) => corrected.get(own.participantId) ?? own), ...enrolled]
}
const anyOf = (picks: readonly number[]) => (may: readonly Decision[], row: number) => may[(picks[row % picks.length] ?? 0) % may.length]!

describe('for any register and any file', () => {
  const picks = fc.array(fc.nat({ max: 5 }), { minLength: 3, maxLength: 3 })

  test('each row has one outcome, and no pupil of the register is meant by two rows', () => {
    fc.assert(
      fc.property(rows, register, (file, known) => {
        const { entries, missing } = run(file, known)
        expect(entries.map((entry) => entry.row)).toEqual(file)
        const meant = entries.flatMap(({ outcome }) => ('of' in outcome ? [outcome.of.participantId] : []))
        expect(new Set(meant).size).toBe(meant.length)
        expect(missing.filter((own) => meant.includes(own.participantId) || own.left)).toEqual([])
      }),
    )
  })

  test('writing it never shrinks the register, and keeps every number once', () => {
    fc.assert(
      fc.property(rows, register, picks, (file, known, chosen) => {
        const after = written(run(file, known), known, anyOf(chosen))
        for (const own of known) expect(after.some((one) => one.participantId === own.participantId && (own.left || !one.left))).toBe(true)
        const numbers = after.flatMap((own) => own.studentNumber ?? [])
        expect(new Set(numbers).size).toBe(numbers.length)
      }),
    )
  })

  test('pupils who left and are neither named nor numbered in it change nothing, so that they need not be known', () => {
    fc.assert(
      fc.property(rows, register, (given, known) => {
        const mayMean = meantBy(given)
        expect(
          run(
            given,
            known.filter((own) => !own.left || mayMean(own)),
          ),
        ).toEqual(run(given, known))
      }),
      { numRuns: 3_000 },
    )
  })

  test('the file of the register itself changes nothing', () => {
    fc.assert(
      fc.property(register, (known) => {
        const present = known.filter((own) => !own.left)
        const alone = present.filter(
          (own) => known.filter((other) => other.name === own.name && other.birthDate === own.birthDate).length === 1,
        )
        const { entries, missing } = run(
          alone.map((own, place) => rowOf(own, place)),
          alone,
        )
        expect(entries.map((entry) => entry.outcome.kind)).toEqual(alone.map(() => 'unchanged'))
        expect(missing).toEqual([])
      }),
    )
  })

  test('what was written is unchanged when the same file comes again', () => {
    fc.assert(
      fc.property(rows, (file) => {
        const first = run(file, [])
        const after = written(first, [], (may) => may[0]!)
        const again = run(file, after)
        const kinds = (own: Comparison) => own.entries.map((entry) => entry.outcome.kind)
        expect(kinds(again)).toEqual(kinds(first).map((kind) => (kind === 'new' ? 'unchanged' : kind)))
      }),
    )
  })
})

const pupil = (own: Partial<Registered>): Registered => ({
  participantId: 'p1',
  schoolId: school,
  classId: 'c1',
  name: '王芳',
  studentNumber: '1',
  birthDate: '2013-05-09',
  sex: 'female',
  leftBehind: null,
  left: false,
  ...own,
})
const line = (own: Partial<RosterRow>): RosterRow => ({ ...rowOf({ ...pupil({}), leftBehind: null }, 0), ...own })
const outcome = (row: RosterRow, known: readonly Registered[], elsewhere: readonly Registered[] = []) =>
  run([row], known, elsewhere).entries[0]!.outcome

describe('a row', () => {
  test('with the number of a pupil is her, and what differs is told', () => {
    expect(outcome(line({ birthDate: '2013-05-10', className: 'c2' }), [pupil({})])).toMatchObject({
      kind: 'changed',
      changes: ['birthDate', 'class'],
    })
    expect(outcome(line({ sex: null, birthDate: null, leftBehind: null }), [pupil({ leftBehind: true })])).toMatchObject({
      kind: 'unchanged',
    })
    expect(outcome(line({}), [pupil({ left: true })])).toMatchObject({ kind: 'changed', changes: ['returned'] })
  })

  test('with a birth date that hundreds share is no question for a name that is nearly another', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, place) => ({ name: `王${String.fromCodePoint(0x4e00 + place)}`, place }))
    const named = (count: number) =>
      run(
        many(count).map(({ name, place }) => line({ name: `李${name[1]}`, studentNumber: null, row: place + 2 })),
        many(count).map(({ name, place }) => pupil({ name, participantId: `p${place}`, studentNumber: null })),
      ).entries.map(({ outcome: { kind } }) => kind)
    expect(new Set(named(500))).toEqual(new Set(['suspected']))
    expect(new Set(named(501))).toEqual(new Set(['new']))
  })

  test('that may mean a pupil is a question, and only what is possible is offered', () => {
    const asked = (row: Partial<RosterRow>, known: Partial<Registered>) => {
      const found = outcome(line(row), [pupil(known)])
      return found.kind === 'suspected' ? [found.why, found.may.join(' ')] : found.kind
    }
    expect(asked({ name: '王方' }, {})).toEqual(['name-differs', 'same leave-out'])
    expect(asked({ name: '王方', studentNumber: null }, {})).toEqual(['name-differs', 'same other leave-out'])
    expect(asked({ name: '李四光', birthDate: '2012-01-01' }, {})).toEqual(['number-taken', 'same leave-out'])
    expect(asked({ studentNumber: '9' }, {})).toEqual(['number-differs', 'same other leave-out'])
    expect(asked({ studentNumber: null, className: 'c2' }, {})).toEqual(['class-differs', 'same other leave-out'])
    expect(asked({ name: '李四', studentNumber: null }, {})).toBe('new')
  })

  test('of a pupil of another school is a question before it makes a new pupil', () => {
    const far = pupil({ participantId: 'far', schoolId: 'b', classId: 'b1' })
    expect(outcome(line({ studentNumber: null }), [], [far])).toMatchObject({
      kind: 'suspected',
      why: 'other-school',
      may: ['same', 'other', 'leave-out'],
    })
    expect(outcome(line({ name: '李四' }), [], [far])).toMatchObject({ kind: 'new' })
  })

  test('that lacks what a new pupil needs is invalid unless it means a known one', () => {
    const known = outcome(line({ sex: null, birthDate: null }), [])
    expect(known).toMatchObject({
      kind: 'invalid',
      faults: [
        { field: 'sex', kind: 'empty' },
        { field: 'birthDate', kind: 'empty' },
      ],
    })
  })

  test('that cannot be taken does not make its pupil missing', () => {
    const { missing } = run(
      [line({ faults: [{ field: 'sex', kind: 'sex', text: '?' }] })],
      [pupil({}), pupil({ participantId: 'p2', studentNumber: '2', name: '李明' })],
    )
    expect(missing.map((own) => own.participantId)).toEqual(['p2'])
  })
})

test('names are near when one character is other, more or less, and not when two are', () => {
  for (const [one, other] of [
    ['王芳', '王方'],
    ['李小明', '李明'],
    ['阿依古丽·买买提', '阿依古丽・买买题'],
  ] as const)
    expect(nearlyNamed(one, other)).toBe(true)
  for (const [one, other] of [
    ['王芳', '李明'],
    ['王芳', '王芳'],
    ['王', '王芳芳'],
    ['王芳', '芳王'],
  ] as const)
    expect(nearlyNamed(one, other)).toBe(false)
})

test('a decision that was not offered, and a pupil who is not missing, are refused', () => {
  const comparison = run([line({ name: '王方' })], [pupil({})])
  const choices = { decisions: new Map([['0|2', 'other' as const]]), left: [], leaveOutInvalid: false }
  expect(() => deedsOf(comparison, choices)).toThrow('same, leave-out')
  expect(() => deedsOf(comparison, { ...choices, decisions: new Map([['0|2', 'same' as const]]), left: ['p1'] })).toThrow('not among those')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classKey, gradeKey } from '../roster/places.ts'
import { isLabel, labelFor, lastGradeOf, named, standingOf } from './grades.ts'
import { type Exception, type OldClass, type Pupil, turnOf, type Wishes } from './rules.ts'

test.each([
  ['七年级1班', '八年级1班'],
  ['七年级（1）班', '八年级（1）班'],
  ['七(12)班', '八(12)班'],
  ['七2班', '八2班'],
  ['三年二班', '四年二班'],
  ['五一班', '六一班'],
  ['初一3班', '初二3班'],
  ['初二(3)班', '初三(3)班'],
  ['高一实验班', '高二实验班'],
  ['7年级1班', '8年级1班'],
  ['9年级1班', '10年级1班'],
  ['九年级2班', '十年级2班'],
  ['十一年级2班', '十二年级2班'],
  ['Grade 7 Class 1', 'Grade 8 Class 1'],
  ['小学三年级', '小学四年级'],
  ['初三1班', null], // the end of its stage
  ['高三1班', null],
  ['2023级3班', null], // its name stays
  ['1班', null],
  ['12班', null],
  ['十一班', null],
  ['二十三班', null],
  ['一班', null],
  ['火箭班', null],
])('%s is called %s a year later', (name, next) => {
  expect(named(name)).toBe(next)
})

test('whatever the roster reads of a class, a year later it reads one grade more and the same number', () => {
  const grade = fc.constantFrom(...'一二三四五六七八'.split(''))
  const number = fc.integer({ min: 1, max: 60 })
  const written = fc.oneof(
    fc.tuple(grade, number).map(([g, n]) => `${g}年级${n}班`),
    fc.tuple(grade, number).map(([g, n]) => `${g}年级（${n}）班`),
    fc.tuple(grade, number).map(([g, n]) => `${g}(${n})班`),
    fc.tuple(fc.integer({ min: 1, max: 11 }), number).map(([g, n]) => `${g}年级${n}班`),
    fc.tuple(fc.constantFrom('初一', '初二', '高一', '高二'), number).map(([g, n]) => `${g}${n}班`),
  )
  fc.assert(
    fc.property(written, (name) => {
      const [now, next] = [classKey(name), classKey(named(name)!)]
      expect(Number(next.grade)).toBe(Number(now.grade) + 1)
      expect(next.own).toBe(now.own)
    }),
  )
})

test('a grade by itself goes on too, and a class below it is read by it', () => {
  expect(gradeKey(named('七年级')!)).toBe('8')
  expect(named('高三')).toBe(null)
  expect(standingOf('1班', '七年级')).toEqual({ grade: 7, cohort: false })
  expect(standingOf('2023级3班', null)).toEqual({ grade: null, cohort: true })
  expect([lastGradeOf([3, 6, null]), lastGradeOf([1, 9]), lastGradeOf([10, 11]), lastGradeOf([])]).toEqual([6, 9, 12, 9])
})

test('a school year begins in the summer, and its label is two years that follow', () => {
  expect(labelFor(new Date('2026-08-20T00:00:00Z'))).toBe('2026-2027')
  expect(labelFor(new Date('2026-03-02T00:00:00Z'))).toBe('2025-2026')
  expect(['2026-2027', '2026-2028', '26-27', '2026-2027 '].map(isLabel)).toEqual([true, false, false, false])
})

const nothing: Wishes = { lastGrade: 9, classes: [], pupils: [] }
const seven: OldClass = { id: 'seven', name: '七年级1班', gradeName: null }
const eight: OldClass = { id: 'eight', name: '八年级1班', gradeName: null }
const nine: OldClass = { id: 'nine', name: '九年级1班', gradeName: null }
const pupil = (participantId: string, classId: string): Pupil => ({ participantId, classId })
const deeds = (classes: readonly OldClass[], pupils: readonly Pupil[], wishes: Partial<Wishes> = {}, elsewhere: readonly string[] = []) => {
  const { places, made } = turnOf(classes, pupils, { ...nothing, ...wishes }, new Set(elsewhere))
  const nameOf = (key: string | null) => made.find((one) => one.key === key)?.name ?? null
  return Object.fromEntries(places.map(({ participantId, deed, key, classId }) => [participantId, [deed, nameOf(key) ?? classId]]))
}

test('classes go on, the last grade graduates, and each exception is where it was asked to be', () => {
  const pupils = ['a', 'b', 'c', 'd', 'e']
    .map((id) => pupil(id, 'seven'))
    .concat(pupil('f', 'nine'), pupil('g', 'nine'), pupil('h', 'eight'))
  const wishes: readonly Exception[] = [
    { participantId: 'b', does: 'repeats' },
    { participantId: 'c', does: 'leaves' },
    { participantId: 'd', does: 'moves', classId: 'eight' },
    { participantId: 'e', does: 'transfers', classId: 'far' },
    { participantId: 'g', does: 'repeats' },
  ]
  expect(deeds([seven, eight, nine], pupils, { pupils: wishes }, ['far'])).toEqual({
    a: ['promoted', '八年级1班'],
    b: ['repeated', '七年级1班'],
    c: ['left', null],
    d: ['moved', '九年级1班'],
    e: ['transferred', 'far'],
    f: ['graduated', null],
    g: ['repeated', '九年级1班'], // with those who come up from 八年级1班
    h: ['promoted', '九年级1班'],
  })
})

test('a class whose name does not say its grade waits for a decision, and keeps its name when it goes on', () => {
  const odd: OldClass = { id: 'odd', name: '2024级3班', gradeName: null }
  expect(turnOf([odd], [], nothing).fates[0]).toMatchObject({ unsure: true, becomes: 'promoted' })
  const decided = turnOf([odd], [], { ...nothing, classes: [{ classId: 'odd', becomes: 'promoted' }] })
  expect([decided.fates[0]!.unsure, decided.made[0]!.name]).toEqual([false, '2024级3班'])
})

test.each([
  [
    'two classes that would have one name',
    [],
    [{ classId: 'seven', becomes: 'promoted' as const, name: '九年级1班' }],
    'two classes would be called 九年级1班',
  ],
  [
    'a pupil twice',
    [
      { participantId: 'a', does: 'leaves' as const },
      { participantId: 'a', does: 'repeats' as const },
    ],
    [],
    'named twice',
  ],
  ['a stranger', [{ participantId: 'z', does: 'leaves' as const }], [], 'not of this school'],
  ['a move to a class that graduates', [{ participantId: 'a', does: 'moves' as const, classId: 'nine' }], [], 'does not go on'],
  ['a transfer to nowhere', [{ participantId: 'a', does: 'transfers' as const, classId: 'nowhere' }], [], 'another school'],
])('%s is refused', (_, pupils, classes, words) => {
  expect(() => turnOf([seven, eight, nine], [pupil('a', 'seven')], { lastGrade: 9, classes, pupils })).toThrow(words)
})

test('nobody vanishes and nobody is doubled: every pupil ends in exactly one place, in a class that is made or in none', () => {
  const school = fc
    .uniqueArray(
      fc.record({
        name: fc.tuple(fc.constantFrom(...'一二三四五六七八九'), fc.integer({ min: 1, max: 4 })).map(([g, n]) => `${g}年级${n}班`),
        gradeName: fc.constant(null),
      }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 20 },
    )
    .map((classes) => classes.map((own, at) => ({ ...own, id: `c${at}` })))
  const any = fc.tuple(
    school,
    fc.array(fc.nat(), { maxLength: 80 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('repeats', 'leaves', 'transfers')), { maxLength: 40 }),
    fc.constantFrom(6, 9, 12),
  )
  fc.assert(
    fc.property(any, ([classes, seats, asked, lastGrade]) => {
      const pupils = seats.map((seat, at) => pupil(`p${at}`, classes[seat % classes.length]!.id))
      const wishes = [...new Map(asked.flatMap(([who, does]) => (pupils.length > 0 ? [[`p${who % pupils.length}`, does] as const] : [])))]
      const exceptions = wishes.map(([participantId, does]) => ({
        participantId,
        does: does as Exception['does'],
        ...(does === 'transfers' && { classId: 'far' }),
      }))
      const { places, made, fates } = turnOf(classes, pupils, { lastGrade, classes: [], pupils: exceptions }, new Set(['far']))
      expect(places.map((one) => one.participantId)).toEqual(pupils.map((one) => one.participantId))
      expect(new Set(made.map(({ key }) => key)).size).toBe(made.length)
      expect(fates.map(({ classId }) => classId)).toEqual(classes.map(({ id }) => id))
      for (const { deed, key, classId } of places) {
        expect(key !== null).toBe(['promoted', 'repeated', 'moved'].includes(deed))
        expect(classId !== null).toBe(deed === 'transferred')
        if (key !== null) expect(made.filter((one) => one.key === key)).toHaveLength(1)
      }
      for (const [participantId, does] of wishes)
        expect(places.find((one) => one.participantId === participantId)!.deed).toBe(
          { repeats: 'repeated', leaves: 'left', transfers: 'transferred' }[does as string],
        )
    }),
  )
})

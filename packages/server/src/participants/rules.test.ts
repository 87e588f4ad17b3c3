import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ageOn, birthMonth, initialOf, initialsOf, requireBirthDate } from './rules.ts'

test.each([
  ['王小明', '小＊'],
  ['欧阳娜娜', '娜＊'],
  ['李雪', '雪＊'],
  ['王', '王＊'],
  ['欧阳', '欧＊'],
  [' 张三 ', '三＊'],
  ['Alice Wang', 'A.'],
  ['阿依古丽·买买提', '依＊'],
  ['', '?.'],
])('a pupil sees %s as %s', (name, initial) => {
  expect(initialOf(name)).toBe(initial)
})

test('an initial never tells the whole of a name that has more than one character', () => {
  const han = fc.string({
    unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)),
    minLength: 2,
    maxLength: 6,
  })
  fc.assert(
    fc.property(han, (name) => {
      expect([...initialOf(name)]).toHaveLength(2)
      expect(name).toContain([...initialOf(name)][0])
    }),
  )
})

test('two pupils of one class with one initial are told apart by two characters of their numbers, never by the four that open a seat', () => {
  const pupil = (participantId: string, classId: string, name: string, studentNumber: string | null) => ({
    participantId,
    classId,
    name,
    studentNumber,
  })
  const alike = [pupil('a', 'one', '李川', 'G20260031'), pupil('b', 'one', '王川', 'G20260047'), pupil('c', 'one', '张川', null)]
  const others = [pupil('d', 'two', '赵川', 'G20260031'), pupil('e', 'one', '李雪', 'G20260048'), alike[0]!]
  const initials = initialsOf([...alike, ...others])
  expect(['a', 'b', 'c', 'd', 'e'].map((id) => initials.get(id))).toEqual(['川＊ …31', '川＊ …47', '川＊', '川＊', '雪＊'])
})

test('an age changes on the birthday and not before, also for the 29th of February', () => {
  expect(ageOn('2013-05-09', new Date('2026-05-08T12:00:00Z'))).toBe(12)
  expect(ageOn('2013-05-09', new Date('2026-05-09T12:00:00Z'))).toBe(13)
  expect(ageOn('2012-02-29', new Date('2026-02-28T12:00:00Z'))).toBe(13)
  expect(ageOn('2012-02-29', new Date('2026-03-01T12:00:00Z'))).toBe(14)
})

test('a day later nobody is younger, and a year later everybody is one year older', () => {
  const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(day, day, (born, today) => {
      const birth = born.toISOString().slice(0, 10)
      const tomorrow = new Date(today.getTime() + 86_400_000)
      expect(ageOn(birth, tomorrow) - ageOn(birth, today)).toBeGreaterThanOrEqual(0)
      expect(ageOn(birth, tomorrow) - ageOn(birth, today)).toBeLessThanOrEqual(1)
      expect(birthMonth(birth)).toBe(`${birth.slice(0, 7)}-01`)
    }),
  )
})

test('a birth date that makes no pupil is refused with its row', () => {
  const today = new Date('2026-03-02T00:00:00Z')
  for (const date of ['2025-01-01', '1999-01-01', '2027-01-01']) expect(() => requireBirthDate(date, today, 3)).toThrow('row 3')
  for (const date of ['2021-01-01', '2001-01-01']) expect(() => requireBirthDate(date, today, 3)).not.toThrow()
})

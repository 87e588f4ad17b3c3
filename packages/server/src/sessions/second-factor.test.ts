import { expect, test } from 'vitest'
import { knownFactor, typedFactor } from './second-factor.ts'

const pupil = { birthDate: '2013-05-09', studentNumber: 'G-2026 031o' }

test('a birthday is its month and day, however it is typed', () => {
  expect(knownFactor('birth-day', pupil)).toBe('0509')
  for (const typed of ['0509', '509', '5-9', '05.09', '5月9日', '０５０９', '2013-05-09', '20130509'])
    expect(typedFactor('birth-day', typed)).toBe('0509')
  for (const typed of ['0905', '5', '', '1509']) expect(typedFactor('birth-day', typed)).not.toBe('0509')
})

test('the end of a student number is its last four signs, read with good will, and the whole number is as good', () => {
  expect(knownFactor('student-number-tail', pupil)).toBe('0310')
  for (const typed of ['0310', '031O', '０３１０', ' 03 10', 'G-2026 031o']) expect(typedFactor('student-number-tail', typed)).toBe('0310')
  expect(typedFactor('student-number-tail', '310')).not.toBe('0310')
})

test('what the roster does not know is not asked', () => {
  expect(knownFactor('student-number-tail', { ...pupil, studentNumber: null })).toBeNull()
  expect(knownFactor('student-number-tail', { ...pupil, studentNumber: '12' })).toBeNull()
  expect(knownFactor('none', pupil)).toBeNull()
})

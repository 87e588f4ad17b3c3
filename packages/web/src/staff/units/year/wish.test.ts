import { expect, test } from 'vitest'
import type { YearPlan, YearWish } from '../../wire.ts'
import { becomesOf, complete, deciding, exceptionsOf, setting } from './wish.ts'

const nothing: YearWish = { label: '2026-2027', lastGrade: 9, classes: [], pupils: [] }
const counts = { promoted: 3, graduated: 0, repeated: 1, moved: 0, transferred: 0, left: 1 }
const row: YearPlan['classes'][number] = {
  classId: 'c',
  name: '2024级3班',
  gradeName: null,
  grade: null,
  becomes: 'promoted',
  newName: '2024级3班',
  newGradeName: null,
  unsure: true,
  pupils: 5,
  counts,
}

test('a class is decided about once, with a new name only where it goes on', () => {
  const once = deciding(nothing, row, 'promoted', ' 九年级3班 ')
  expect(once.classes).toEqual([{ classId: 'c', becomes: 'promoted', name: '九年级3班' }])
  expect(deciding(once, row, 'graduates', '九年级3班').classes).toEqual([{ classId: 'c', becomes: 'graduates' }])
})

test('nothing is chosen for a class that nobody decided about when its name does not say', () => {
  expect(becomesOf(row, nothing)).toBe('')
  expect(becomesOf({ ...row, unsure: false }, nothing)).toBe('promoted')
  expect(becomesOf(row, deciding(nothing, row, 'promoted'))).toBe('promoted')
})

test('a pupil is set once, and can go with her class again', () => {
  const twice = setting(setting(nothing, 'p', 'leaves'), 'p', 'repeats')
  expect(twice.pupils).toEqual([{ participantId: 'p', does: 'repeats' }])
  expect(setting(twice, 'p', null).pupils).toEqual([])
})

test('a transfer is told once its class is chosen', () => {
  const wish = setting(setting(nothing, 'p', 'transfers'), 'q', 'leaves')
  expect(complete(wish).pupils).toEqual([{ participantId: 'q', does: 'leaves' }])
  expect(complete(setting(wish, 'p', 'transfers', 'far')).pupils).toHaveLength(2)
})

test('who does not go with the class is counted', () => {
  expect(exceptionsOf(row)).toBe(2)
  expect(exceptionsOf({ ...row, becomes: 'graduates', counts: { ...counts, promoted: 0, graduated: 5 } })).toBe(0)
})

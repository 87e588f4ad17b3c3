import { describe, expect, test } from 'vitest'
import type { Unit } from '../../units/queries.ts'
import { classKey, gradeKey, placing } from './places.ts'
import type { RosterRow } from './rows.ts'

test.each([
  [['七(1)班', '七年级1班', '七年级一班', '7年级01班', '初一（1）班', '初中一年级 1 班', '七1班', '七一班', 'Grade 7 Class 1']],
  [['十二班', '12班', '（12）', '012']],
  [['高二3班', '高中二年级三班']],
  [['九年级23班', '九年级二十三班', '初三(23)班']],
  [['2023级2班', '23级二班']],
  [['实验班']],
])('%j are one class', (written) => {
  expect(new Set(written.map((own) => JSON.stringify(classKey(own)))).size).toBe(1)
})

test('classes that differ in grade or number stay apart', () => {
  const all = ['七(1)班', '八(1)班', '七(11)班', '七(2)班', '1班', '11班', '十一班级', '高一1班', '实验班', '2023级1班']
  const keys = all.map((own) => JSON.stringify(classKey(own)))
  expect(new Set(keys).size).toBe(all.length)
  expect(['七年级', '7年级', '初一', '七'].map(gradeKey)).toEqual(['7', '7', '7', '7'])
})

const unit = (id: string, kind: Unit['kind'], name: string, parentId: string | null, schoolId: string | null): Unit => ({
  id,
  kind,
  name,
  parentId,
  schoolId,
  code: null,
})
const units = [
  unit('county', 'county', '某县', null, null),
  unit('a', 'school', '甲校', 'county', 'a'),
  unit('a71', 'class', '七年级1班', 'a', 'a'),
  unit('a81', 'class', '八年级1班', 'a', 'a'),
  unit('a72', 'class', '七年级2班', 'a', 'a'),
  unit('b', 'school', '乙校', 'county', 'b'),
  unit('b7', 'grade', '七年级', 'b', 'b'),
  unit('b71', 'class', '1班', 'b7', 'b'),
]
const target = (id: string) => units.find((own) => own.id === id)!
const row = (own: Partial<RosterRow>): RosterRow => ({
  sheet: 0,
  row: 2,
  name: '王芳',
  studentNumber: null,
  sex: 'female',
  birthDate: '2013-05-09',
  leftBehind: null,
  school: null,
  grade: null,
  className: null,
  sheetClass: null,
  faults: [],
  ...own,
})
const told = (targetId: string, schools: readonly string[], own: Partial<RosterRow>) => {
  const placed = placing(units, target(targetId), schools)(row(own))
  return placed.kind === 'known' ? placed.place.classId : placed.kind === 'new' ? placed.made : placed.fault
}

describe('a row belongs', () => {
  test('to the class that it names, by its own grade, the column of grades, or the name of its sheet', () => {
    expect(told('a', ['a'], { className: '七(2)班' })).toBe('a72')
    expect(told('a', ['a'], { className: '1班', grade: '初二' })).toBe('a81')
    expect(told('a', ['a'], { className: '1班', sheetClass: '八年级' })).toBe('a81')
    expect(told('a', ['a'], { sheetClass: '七年级1班' })).toBe('a71')
    expect(told('county', ['a', 'b'], { school: '乙 校', className: '七年级1班' })).toBe('b71')
  })

  test('nowhere when it could be two classes, names none, or names another school', () => {
    expect(told('a', ['a'], { className: '1班' })).toBe('class-unclear')
    expect(told('a', ['a'], {})).toBe('class-missing')
    expect(told('a', ['a'], { school: '乙校', className: '七(1)班' })).toBe('outside')
    expect(told('county', ['a', 'b'], { className: '七(1)班' })).toBe('school-missing')
    expect(told('county', ['a'], { school: '乙校', className: '七(1)班' })).toBe('school-unknown')
  })

  test('to the class whose roster the file is, when it says nothing else', () => {
    expect(told('a71', ['a'], {})).toBe('a71')
    expect(told('a71', ['a'], { className: '七(2)班' })).toBe('outside')
    expect(told('a71', ['a'], { className: '九(2)班' })).toBe('outside')
  })

  test('to a new class, below its grade where the school has grades', () => {
    expect(told('a', ['a'], { className: '3班', grade: '七年级' })).toEqual({ schoolId: 'a', gradeId: null, name: '七年级3班' })
    expect(told('b', ['b'], { className: '七(3)班' })).toEqual({ schoolId: 'b', gradeId: 'b7', name: '3班' })
    expect(told('b', ['b'], { className: '八(3)班' })).toEqual({ schoolId: 'b', gradeId: null, name: '八(3)班' })
  })
})

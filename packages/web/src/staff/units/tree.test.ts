import { expect, test } from 'vitest'
import type { Unit } from '../wire.ts'
import { classesBySchool, kindsBelow, pathInSchool, pathOf, rolesIn, treeOf } from './tree.ts'

const unit = (id: string, kind: Unit['kind'], parentId: string | null, schoolId: string | null = null): Unit => ({
  id,
  kind,
  parentId,
  schoolId,
  name: `名${id}`,
  code: null,
  province: null,
  prefecture: null,
})

const county = unit('county', 'county', null)
const school = unit('school', 'school', 'county', 'school')
const grade = unit('grade', 'grade', 'school', 'school')
const inGrade = unit('7-1', 'class', 'grade', 'school')
const inSchool = unit('8-1', 'class', 'school', 'school')
const units = [county, school, grade, inGrade, inSchool]

test('units stand below their parents, in the order of the server', () => {
  const [root] = treeOf(units)
  expect(root?.unit).toBe(county)
  expect(root?.below[0]?.below.map((branch) => branch.unit)).toEqual([grade, inSchool])
})

test('somebody who sees one school only gets a tree that begins with it', () => {
  expect(treeOf(units.slice(1)).map((branch) => branch.unit)).toEqual([school])
})

test('a path names everything from the school down and never the county', () => {
  expect(pathOf(inGrade, units)).toBe('名school · 名grade · 名7-1')
  expect(pathOf(county, units)).toBe('名county')
})

test('inside its school a class is named by its grade, where it has one', () => {
  expect(pathInSchool(inGrade, units)).toBe('名grade · 名7-1')
  expect(pathInSchool(inSchool, units)).toBe('名8-1')
})

test('a class belongs to its school whether or not a grade stands between them', () => {
  expect(classesBySchool(units)).toEqual([{ school, classes: [inGrade, inSchool] }])
})

test('below a county a school is offered first, below a class nothing', () => {
  expect(kindsBelow('county')).toEqual(['school', 'township'])
  expect(kindsBelow('school')).toEqual(['class', 'grade'])
  expect(kindsBelow('class')).toEqual([])
})

test('a role given for a unit holds in everything below it, and nowhere beside it', () => {
  const grant = (role: 'counsellor' | 'proctor' | 'administrator', unitId: string) => ({ role, unitId, unitName: '' })
  const held = [grant('administrator', 'county'), grant('counsellor', 'school'), grant('proctor', 'other')]
  expect(rolesIn('7-1', units, held)).toEqual(['counsellor', 'administrator'])
  expect(rolesIn('county', units, held)).toEqual(['administrator'])
  expect(rolesIn('unknown', units, held)).toEqual([])
})

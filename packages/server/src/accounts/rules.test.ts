import { expect, test } from 'vitest'
import { reaches, requirePassword, requireRolePlace } from './rules.ts'

const county = { id: 'county', parentId: null, schoolId: null }
const township = { id: 'town', parentId: 'county', schoolId: null }
const school = { id: 'school', parentId: 'town', schoolId: 'school' }
const class1 = { id: 'class', parentId: 'school', schoolId: 'school' }
const elsewhere = { id: 'other', parentId: 'county', schoolId: 'other' }
const places = { county, township, school, class1, elsewhere }

test.each([
  ['the county', { unitId: 'county', schoolIds: ['school', 'other'] }, ['county', 'township', 'school', 'class1', 'elsewhere']],
  ['a township', { unitId: 'town', schoolIds: ['school'] }, ['township', 'school', 'class1']],
  ['a school', { unitId: 'school', schoolIds: ['school'] }, ['school', 'class1']],
  ['a school of its own', { unitId: 'other', schoolIds: ['other'] }, ['elsewhere']],
])('an administrator of %s reaches it and what is below it', (_, grant, reached) => {
  const found = Object.entries(places).flatMap(([name, place]) => (reaches([grant], 'county', place) ? [name] : []))
  expect(found).toEqual(reached)
})

test('without a role nothing is reached', () => {
  expect(reaches([], 'county', county)).toBe(false)
})

test('a researcher is the county’s; every other role stands at a county, a township or a school', () => {
  for (const kind of ['village', 'grade', 'class'] as const) expect(() => requireRolePlace('principal', kind)).toThrow('is not held for')
  for (const kind of ['county', 'township', 'school'] as const) expect(() => requireRolePlace('counsellor', kind)).not.toThrow()
  expect(() => requireRolePlace('researcher', 'school')).toThrow('for: county')
})

test('SEC-04: a password has twelve characters, counted as a person counts them, and is not the user name', () => {
  for (const weak of ['', 'short', '十一个字的密码不够长啊', '👩‍🏫'.slice(0, 4).repeat(2)])
    expect(() => requirePassword(weak, 'lin')).toThrow('at least 12')
  expect(() => requirePassword('LongUserName1', 'longusername1')).toThrow()
  expect(() => requirePassword('这是一个十二个字的密码吗', 'lin')).not.toThrow()
})

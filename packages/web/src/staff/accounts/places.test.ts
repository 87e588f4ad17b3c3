import { expect, test } from 'vitest'
import type { Unit } from '../wire.ts'
import { placesFor } from './places.ts'

const unit = (id: string, kind: Unit['kind'], parentId: string | null, schoolId: string | null = null): Unit => ({
  ...{ id, kind, parentId, schoolId, name: id },
  ...{ code: null, province: null, prefecture: null },
})
const units = [
  unit('county', 'county', null),
  unit('township', 'township', 'county'),
  unit('first', 'school', 'county', 'first'),
  unit('second', 'school', 'township', 'second'),
  unit('class', 'class', 'first', 'first'),
]
const of = (unitId: string) => [{ role: 'administrator' as const, unitId, unitName: '' }]
const places = (role: Parameters<typeof placesFor>[0], unitId: string) => placesFor(role, units, of(unitId)).map(({ id }) => id)

test('an administrator of the county makes administrators of the county and of each school, and researchers of the county alone', () => {
  expect(places('administrator', 'county')).toEqual(['county', 'first', 'second'])
  expect(places('counsellor', 'county')).toEqual(['first', 'second', 'county'])
  expect(places('researcher', 'county')).toEqual(['county'])
})

test('an administrator of a school is offered her school and nothing beyond it, and no researcher', () => {
  expect(places('administrator', 'first')).toEqual(['first'])
  expect(places('proctor', 'first')).toEqual(['first'])
  expect(places('researcher', 'first')).toEqual([])
})

test('an administrator of a township reaches its schools; whoever holds another role gives none', () => {
  expect(places('administrator', 'township')).toEqual(['second'])
  expect(placesFor('proctor', units, [{ role: 'principal', unitId: 'county', unitName: '' }])).toEqual([])
})

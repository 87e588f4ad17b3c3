import { expect, test } from 'vitest'
import { doorsOf, hrefOf, placeOf } from './navigation.ts'

const places = (roles: Parameters<typeof doorsOf>[0]) => doorsOf(roles).map((door) => door.place)

test('everybody has a home, and nobody without the role sees the door to the cases', () => {
  expect(places([])).toEqual(['home'])
  expect(places(['counsellor'])).toEqual(['home', 'cases', 'classes', 'notices', 'duty'])
  expect(places(['administrator', 'proctor', 'researcher', 'principal'])).not.toContain('cases')
})

test('two roles share a door and keep the one order', () => {
  expect(places(['researcher', 'administrator'])).toEqual([
    'home',
    'classes',
    'notices',
    'duty',
    'studies',
    'units',
    'accounts',
    'kits',
    'library',
  ])
})

test('who keeps the studies of a county finds their door whatever the role', () => {
  expect(places(['administrator'])).not.toContain('studies')
  expect(doorsOf(['administrator'], true).map((door) => door.place)).toContain('studies')
})

test('a session is marked as part of the classes, a report as part of the studies', () => {
  expect(placeOf('/sessions/1')).toBe('classes')
  expect(placeOf('/reports/1')).toBe('studies')
  expect(placeOf('/nowhere')).toBe('home')
})

test('every door leads to the place that it names', () => {
  for (const { place, href } of doorsOf(['administrator', 'counsellor', 'proctor', 'researcher'])) {
    expect(placeOf(href)).toBe(place)
    expect(hrefOf(place)).toBe(href)
  }
})

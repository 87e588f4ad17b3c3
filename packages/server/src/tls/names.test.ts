import { expect, test } from 'vitest'
import { boundsFor, isWithin, nameFrom, ownNames } from './names.ts'

const one = (address: string, internal = false) => ({ address, internal }) as never
const interfaces = {
  lo: [one('127.0.0.1', true), one('::1', true)],
  eth0: [one('192.168.1.20'), one('fe80::1'), one('fd12::5'), one('203.0.113.7')],
  wlan0: undefined,
}

test('a certificate names this computer, its name and its private addresses, and no public address unasked', () => {
  expect(ownNames({ hostname: 'DESKTOP-7', interfaces })).toEqual([
    'localhost',
    '127.0.0.1',
    '::1',
    '192.168.1.20',
    'fd12::5',
    'desktop-7',
    'desktop-7.local',
  ])
  expect(ownNames({ hostname: 'attic.school.example', interfaces: {} }).slice(3)).toEqual(['attic.school.example', 'attic.local'])
  expect(ownNames({ hostname: 'attic.local', interfaces: {} }).slice(3)).toEqual(['attic.local'])
})

test('a computer’s name that could be a top-level domain, or is none at all, is left out with its own name.local kept', () => {
  expect(ownNames({ hostname: 'dev', interfaces: {} }).slice(3)).toEqual(['dev.local'])
  expect(ownNames({ hostname: '老师的电脑', interfaces: {} }).slice(3)).toEqual([])
})

test.each([
  ['Screening.School.example.', 'screening.school.example'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['2001:DB8::1', '2001:db8::1'],
])('the name %s is written as %s', (given, written) => expect(nameFrom(given)).toBe(written))

test.each([
  ['cn', 'could be a top-level domain; use cn.local'],
  ['*.school.example', 'neither the name of a host'],
  ['https://school.example', 'neither the name of a host'],
  ['fe80::1%eth0', 'neither the name of a host'],
  ['a..b', 'neither the name of a host'],
  ['', 'neither the name of a host'],
])('the name "%s" is refused with a sentence', (given, sentence) => expect(() => nameFrom(given)).toThrow(sentence))

test('an authority is bound to what only a school’s own network uses, and to the names that were given', () => {
  const bounds = boundsFor(['192.168.1.20', 'attic.local', 'screening.school.example', '203.0.113.7', '2001:db8::1'])
  const within = [
    '10.1.2.3',
    '172.31.0.1',
    '192.168.99.1',
    '127.0.0.1',
    '::1',
    'fd12::5',
    'other.local',
    'localhost',
    '203.0.113.7',
    '2001:db8::1',
    'a.screening.school.example',
  ]
  const outside = ['8.8.8.8', '172.32.0.1', '203.0.113.8', '2001:db8::2', 'school.example', 'bank.example', 'notlocal', 'evillocal']
  expect(within.filter((name) => !isWithin(name, bounds))).toEqual([])
  expect(outside.filter((name) => isWithin(name, bounds))).toEqual([])
})

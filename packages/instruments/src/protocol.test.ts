import { expect, test } from 'vitest'
import { protocolOf } from '../test/sheets.ts'
import { small } from '../test/small.ts'
import { isTrial, protocolSchema, screeningSchema, studyProtocolSchema } from './protocol.ts'

const sound = protocolOf([small])

test('a sound protocol is read as it is', () => {
  expect(protocolSchema.parse(sound)).toEqual(sound)
  expect(protocolSchema.parse({ ...sound, sessions: 14 }).sessions).toBe(14)
  const paged = { ...sound, waves: [{ ...sound.waves[0]!, battery: [{ instrument: 'k6', version: '1.0.0', itemsPerPage: 6 }] }] }
  expect(protocolSchema.parse(paged)).toEqual(paged)
})

test.each([
  ['an unknown key', { ...sound, blinding: 'none' }],
  ['a single arm', { ...sound, arms: sound.arms.slice(0, 1) }],
  ['no wave', { ...sound, waves: [] }],
  ['an empty battery', { ...sound, waves: [{ ...sound.waves[0], battery: [] }] }],
  ['a version that is none', { ...sound, waves: [{ ...sound.waves[0], battery: [{ instrument: 'k6', version: 'latest' }] }] }],
  [
    'a page of eleven items',
    { ...sound, waves: [{ ...sound.waves[0], battery: [{ instrument: 'k6', version: '1.0.0', itemsPerPage: 11 }] }] },
  ],
  ['a page of no items', { ...sound, waves: [{ ...sound.waves[0], battery: [{ instrument: 'k6', version: '1.0.0', itemsPerPage: 0 }] }] }],
  ['pupils allocated one by one', { ...sound, allocation: { unit: 'pupil' } }],
  ['a title in one language', { ...sound, title: { en: 'Laws' } }],
  ['half a session', { ...sound, sessions: 0.5 }],
  ['a path as its id', { ...sound, id: '../laws' }],
])('%s is refused', (_what, protocol) => {
  expect(protocolSchema.safeParse(protocol).success).toBe(false)
})

const { arms: _arms, allocation: _allocation, primary: _primary, secondary: _secondary, ...asked } = sound
const screening = { ...asked, kind: 'screening' as const }

test('a protocol that says nothing of its kind is a trial, and is kept byte for byte', () => {
  const read = studyProtocolSchema.parse(sound)
  expect(read).toEqual(sound)
  expect([isTrial(read), isTrial(studyProtocolSchema.parse(screening))]).toEqual([true, false])
})

test.each([
  ['with arms', { ...screening, arms: sound.arms }],
  ['with an outcome', { ...screening, primary: sound.primary }],
  ['without a wave', { ...screening, waves: [] }],
  ['of a kind that nobody knows', { ...screening, kind: 'survey' }],
])('a screening %s is refused', (_what, protocol) => {
  expect(screeningSchema.safeParse(screening).success).toBe(true)
  expect(studyProtocolSchema.safeParse(protocol).success).toBe(false)
})

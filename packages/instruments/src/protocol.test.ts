import { expect, test } from 'vitest'
import { protocolOf } from '../test/sheets.ts'
import { small } from '../test/small.ts'
import { protocolSchema } from './protocol.ts'

const sound = protocolOf([small])

test('a sound protocol is read as it is', () => {
  expect(protocolSchema.parse(sound)).toEqual(sound)
  expect(protocolSchema.parse({ ...sound, sessions: 14 }).sessions).toBe(14)
})

test.each([
  ['an unknown key', { ...sound, blinding: 'none' }],
  ['a single arm', { ...sound, arms: sound.arms.slice(0, 1) }],
  ['no wave', { ...sound, waves: [] }],
  ['an empty battery', { ...sound, waves: [{ ...sound.waves[0], battery: [] }] }],
  ['a version that is none', { ...sound, waves: [{ ...sound.waves[0], battery: [{ instrument: 'k6', version: 'latest' }] }] }],
  ['pupils allocated one by one', { ...sound, allocation: { unit: 'pupil' } }],
  ['a title in one language', { ...sound, title: { en: 'Laws' } }],
  ['half a session', { ...sound, sessions: 0.5 }],
  ['a path as its id', { ...sound, id: '../laws' }],
])('%s is refused', (_what, protocol) => {
  expect(protocolSchema.safeParse(protocol).success).toBe(false)
})

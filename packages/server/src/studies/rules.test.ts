import { loadLibrary } from '@tongxing/instruments/library'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { protocol } from '../../test/world.ts'
import { Problem } from '../problem.ts'
import { allocate, protocolHash, requireProtocol, screeningOf } from './rules.ts'

const library = await loadLibrary()
const arms = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 8 })
const schools = fc.uniqueArray(fc.uuid(), { minLength: 8, maxLength: 60 })
const seed = fc.integer({ min: 0, max: 4_294_967_295 })

test('an allocation gives every school an arm, arms differ by one school at most, and the same seed gives the same', () => {
  fc.assert(
    fc.property(schools, arms, seed, (schoolIds, armIds, chosen) => {
      const allocated = allocate(schoolIds, armIds, chosen)
      expect([...allocated.keys()].sort()).toEqual([...schoolIds].sort())
      const sizes = armIds.map((arm) => [...allocated.values()].filter((held) => held === arm).length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(allocate(schoolIds.toReversed(), armIds, chosen)).toEqual(allocated)
    }),
  )
})

test('over many seeds each school comes into each arm about equally often', () => {
  const ids = ['a', 'b', 'c', 'd']
  const times = Array.from({ length: 4000 }, (_, chosen) => allocate(ids, ['x', 'y'], chosen))
  for (const id of ids) {
    const share = times.filter((allocated) => allocated.get(id) === 'x').length / times.length
    expect(Math.abs(share - 0.5)).toBeLessThan(0.04) // five standard errors
  }
})

test('fewer schools than arms cannot be allocated', () => {
  expect(() => allocate(['a'], ['x', 'y'], 1)).toThrow('1 schools are fewer than 2 arms')
})

type Draft = ReturnType<typeof protocol>
const refusal = (change: (draft: Draft) => unknown) => {
  const draft = structuredClone(protocol())
  change(draft)
  try {
    requireProtocol(draft as Parameters<typeof requireProtocol>[0], library)
    return 'accepted'
  } catch (error) {
    return error instanceof Problem ? `${error.code} ${error.message}` : String(error)
  }
}

test('the protocol of the tests is accepted', () => {
  expect(refusal(() => {})).toBe('accepted')
})

const changes: readonly (readonly [string, (draft: Draft) => unknown, string])[] = [
  ['an instrument that is not in the library', (d: Draft) => (d.waves[0]!.battery[0]!.version = '9.9.9'), 'instrument.not-found'],
  ['an instrument twice in a wave', (d: Draft) => d.waves[0]!.battery.push(d.waves[0]!.battery[0]!), 'stands twice'],
  ['an arm twice', (d: Draft) => (d.arms[1]!.id = 'control'), 'control stands twice'],
  ['a wave twice', (d: Draft) => (d.waves[1]!.id = 'baseline'), 'baseline stands twice'],
  ['two controls', (d: Draft) => (d.arms[1]!.control = true), 'exactly one arm is the control'],
  ['no control', (d: Draft) => (d.arms[0]!.control = false), 'exactly one arm is the control'],
  ['a wave that is none', (d: Draft) => (d.primary.wave = 'later'), 'later is not a wave'],
  ['a wave compared with itself', (d: Draft) => (d.primary.wave = 'baseline'), 'compared with itself'],
  ['a scale that nobody measures', (d: Draft) => (d.primary.scale = 'iq'), 'iq is in no instrument'],
  ['a scale that one wave does not measure', (d: Draft) => d.waves[1]!.battery.shift(), 'phq9_total is in no instrument of wave post'],
  ['a language without texts', (d: Draft) => d.languages.push('fr'), 'has no text in fr'],
  ['a language that every object seems to have', (d: Draft) => d.languages.push('toString'), 'has no text in toString'],
  ['a language twice', (d: Draft) => d.languages.push('en'), 'en stands twice'],
]

test.each(changes)('a protocol with %s is refused in words', (_, change, words) => {
  expect(refusal(change)).toContain(words)
})

const wish = (...instruments: readonly string[]) => ({
  id: 'spring',
  title: '春季筛查',
  wave: '三月',
  language: 'zh-CN',
  instruments: instruments.map((instrument) => ({ instrument, version: '1.0.0' })),
  simulated: true,
})

test('a screening is asked in the language that was chosen and in those that all its instruments share', () => {
  const both = screeningOf(wish('phq-9', 'gad-7'), library)
  expect(both.languages.slice(0, 2)).toEqual(['zh-CN', 'en'])
  expect(screeningOf({ ...wish('phq-9', 'gad-7'), language: 'en' }, library).languages[0]).toBe('en')
  expect(() => requireProtocol(both, library)).not.toThrow()
  const strange = screeningOf({ ...wish('phq-9'), language: 'fr' }, library)
  expect(() => requireProtocol(strange, library)).toThrow('phq-9 has no text in fr')
})

test.each([
  ['an instrument twice', wish('phq-9', 'phq-9'), 'an instrument stands twice'],
  ['an instrument that nobody knows', wish('no-such'), 'the library has no no-such'],
])('a screening with %s is refused', (_, asked, words) => {
  expect(() => requireProtocol(screeningOf(asked, library), library)).toThrow(words)
})

test('no refusal of a protocol speaks English inside a Chinese sentence', () => {
  for (const [, change] of changes) {
    const draft = structuredClone(protocol())
    change(draft)
    try {
      requireProtocol(draft as Parameters<typeof requireProtocol>[0], library)
      expect.unreachable()
    } catch (error) {
      const { detail, parameters } = (error as Problem).body('zh-CN')
      const own = Object.values(parameters).reduce((text: string, word) => text.replaceAll(String(word), ''), detail)
      expect(own.replaceAll(/\barms\b/g, '')).not.toMatch(/[a-z]{2}/i)
    }
  }
})

test('the hash of a protocol does not depend on the order of its fields', () => {
  const written = protocol() as Parameters<typeof protocolHash>[0]
  const reversed = Object.fromEntries(Object.entries(written).toReversed()) as typeof written
  expect(protocolHash(reversed)).toBe(protocolHash(written))
  expect(protocolHash({ ...written, id: 'other' })).not.toBe(protocolHash(written))
})

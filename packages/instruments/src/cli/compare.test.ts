import { expect, test } from 'vitest'
import { small } from '../../test/small.ts'
import type { Definition } from '../definition.ts'
import { loadLibrary } from '../library.ts'
import { changesBetween } from './compare.ts'

const phq9 = (await loadLibrary()).get('phq-9', '1.0.0')!
const [total, ...otherScales] = small.scales
const english = phq9.texts.en!

const cases: readonly (readonly [what: string, before: Definition, after: Definition, kind: string, place: string])[] = [
  ['a band', phq9, withBand(4), 'results', 'scales.phq9_total.bands.mild.from'],
  [
    'a key',
    small,
    { ...small, scales: [{ ...total!, items: total!.items.slice(0, 2) }, ...otherScales] },
    'results',
    'scales.total.items.q_3',
  ],
  [
    'a missing rule',
    small,
    { ...small, scales: [{ ...total!, missing: { ...total!.missing, minimumAnswered: 3 } }, ...otherScales] },
    'results',
    'scales.total.missing.minimumAnswered',
  ],
  ['a risk rule', small, { ...small, riskRules: small.riskRules.slice(1) }, 'results', 'riskRules.asked'],
  ['the age it is for', small, { ...small, ages: { from: 9, to: null } }, 'form', 'ages.from'],
  ['the order of items', small, { ...small, items: small.items.toReversed() }, 'form', 'items.order'],
  [
    'a word of an item',
    phq9,
    { ...phq9, texts: { ...phq9.texts, en: { ...english, items: { ...english.items, phq9_1: 'Little joy' } } } },
    'words',
    'texts.en.items.phq9_1',
  ],
  [
    'the source of a rule',
    small,
    { ...small, scales: [{ ...total!, missing: { ...total!.missing, source: 'another' } }, ...otherScales] },
    'record',
    'scales.total.missing.source',
  ],
  ['a reference', small, { ...small, references: [{ citation: 'another' }] }, 'record', 'references.1.citation'],
]

test.each(cases)('%s is one change of its kind', (_what, before, after, kind, place) => {
  expect(changesBetween(before, after).map((change) => [change.kind, change.place])).toEqual([[kind, place]])
})

test('a definition does not differ from itself, nor by its version alone', () => {
  expect(changesBetween(phq9, { ...phq9, version: '2.0.0' })).toEqual([])
})

function withBand(from: number): Definition {
  const [scale] = phq9.scales
  return { ...phq9, scales: [{ ...scale!, bands: scale!.bands.map((band) => (band.id === 'mild' ? { ...band, from } : band)) }] }
}

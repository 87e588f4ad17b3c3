import { expect, test } from 'vitest'
import type { Definition } from './definition.ts'
import { loadLibrary } from './library.ts'
import { mayDraw, type PermissionRecord, permissionSchema, type Refusal, type Use } from './permission.ts'

const library = await loadLibrary()
const [phq9, rses, who5] = [library.get('phq-9', '1.0.0')!, library.get('rses', '1.0.0')!, library.get('who-5', '1.0.0')!]
const uses = ['clinical', 'educational', 'research', 'commercial'] as const

/** The PHQ-9 as if its words belonged to someone: what a scoring-only instrument is. */
const { items: _items, options: _options, stem: _stem, ...english } = phq9.texts.en!
const scoringOnly: Definition = {
  ...phq9,
  licence: { ...phq9.licence, wording: { ...phq9.licence.wording, status: 'permission-needed' } },
  texts: { en: { ...english, status: 'withheld', items: {}, options: {} } },
}
const record: PermissionRecord = {
  instrument: 'phq-9',
  version: '1.0.0',
  licensor: 'a made-up holder',
  reference: 'letter 7',
  grantedOn: '2026-09-01',
  until: '2027-08-31',
  uses: ['educational', 'research'],
  electronic: true,
  texts: [phq9.texts['zh-CN']!],
}
const asked = (definition: Definition, use: Use, permissions: readonly PermissionRecord[], on = '2026-10-01', electronic = true) =>
  mayDraw(definition, { use, electronic, on, permissions })
const refused = (reason: string) => ({ allowed: false, reason })

test('a free instrument is drawn for what its terms allow, in every language it has', () => {
  for (const use of uses) expect(asked(phq9, use, [])).toEqual({ allowed: true, texts: phq9.texts })
  expect(asked(rses, 'research', [])).toMatchObject({ allowed: true })
  expect(asked(rses, 'commercial', [])).toEqual(refused('use-not-permitted'))
})

test('WHO-5 is drawn in a school and refused for a commercial use', () => {
  expect(asked(who5, 'educational', [])).toMatchObject({ allowed: true })
  expect(asked(who5, 'commercial', [])).toEqual(refused('use-not-permitted'))
})

test('terms for paper alone refuse a screen', () => {
  const paper = { ...phq9, licence: { ...phq9.licence, wording: { ...phq9.licence.wording, electronic: false } } }
  expect(asked(paper, 'clinical', [])).toEqual(refused('electronic-not-permitted'))
  expect(asked(paper, 'clinical', [], '2026-10-01', false)).toMatchObject({ allowed: true })
})

test('a scoring-only instrument cannot be drawn without a permission record, for any use, on paper or screen', () => {
  for (const use of uses)
    for (const electronic of [true, false]) expect(asked(scoringOnly, use, [], '2026-10-01', electronic)).toEqual(refused('no-permission'))
})

test('every scoring-only instrument of the library is refused', () => {
  for (const { definition } of library.list())
    if (definition.licence.wording.status === 'permission-needed')
      for (const use of uses) expect(asked(definition, use, []), definition.id).toEqual(refused('no-permission'))
})

test('under a permission it is drawn in the words that came with it, and in no other', () => {
  expect(asked(scoringOnly, 'research', [record])).toEqual({ allowed: true, texts: { 'zh-CN': phq9.texts['zh-CN'] } })
})

const closed: readonly (readonly [what: string, permission: PermissionRecord, use: Use, on: string, reason: Refusal])[] = [
  ['the day before it was granted', record, 'research', '2026-08-31', 'permission-not-in-force'],
  ['the day after it ended', record, 'research', '2027-09-01', 'permission-not-in-force'],
  ['another use', record, 'commercial', '2026-10-01', 'permission-for-other-uses'],
  ['paper only', { ...record, electronic: false }, 'research', '2026-10-01', 'permission-for-paper-only'],
  ['another instrument', { ...record, instrument: 'phq-8' }, 'research', '2026-10-01', 'no-permission'],
  ['another version', { ...record, version: '1.0.1' }, 'research', '2026-10-01', 'no-permission'],
  ['no words', { ...record, texts: [] }, 'research', '2026-10-01', 'words-not-there'],
  ['words that lack an item', { ...record, texts: [{ ...phq9.texts.en!, items: {} }] }, 'research', '2026-10-01', 'words-not-there'],
]
test.each(closed)('a permission for %s does not open the gate', (_what, permission, use, on, reason) => {
  expect(asked(scoringOnly, use, [permission], on)).toEqual(refused(reason))
})

test('the first and the last day of a permission are in force, and a record without an end goes on', () => {
  for (const on of ['2026-09-01', '2027-08-31']) expect(asked(scoringOnly, 'research', [record], on)).toMatchObject({ allowed: true })
  const { until: _, ...endless } = record
  expect(asked(scoringOnly, 'research', [endless], '2090-01-01')).toMatchObject({ allowed: true })
})

test('of several permissions one that holds is enough, and without a day none does', () => {
  const ended = { ...record, until: '2026-09-02' }
  expect(asked(scoringOnly, 'research', [ended, record])).toMatchObject({ allowed: true })
  expect(mayDraw(scoringOnly, { use: 'research', electronic: true, permissions: [record] })).toEqual(refused('permission-not-in-force'))
})

test('a record has a date that exists, a use and a licensor', () => {
  expect(permissionSchema.safeParse(record).success).toBe(true)
  for (const wrong of [{ grantedOn: '2026-02-30' }, { uses: [] }, { uses: ['any'] }, { licensor: '' }, { reference: '' }])
    expect(permissionSchema.safeParse({ ...record, ...wrong }).success).toBe(false)
})

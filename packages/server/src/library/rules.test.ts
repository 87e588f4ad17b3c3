import type { Definition } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import { expect, test } from 'vitest'
import { requirePermitted } from './rules.ts'

const library = await loadLibrary()
const phq9 = library.get('phq-9', '1.0.0')!
const withWording = (parts: Partial<Definition['licence']['wording']>): Definition => ({
  ...phq9,
  licence: { ...phq9.licence, wording: { ...phq9.licence.wording, ...parts } },
})
const refusal = 'instrument phq-9 needs a recorded permission before it is shown'

test('a free instrument is shown, and one that is free for other uses than trade too', () => {
  expect(requirePermitted(phq9)).toBe(phq9)
  const who5 = library.get('who-5', '1.0.0')!
  expect(requirePermitted(who5)).toBe(who5)
})

test.each([
  ['whose holder must be asked', { status: 'permission-needed' }],
  ['that may not be used in research', { research: false }],
  ['that may not be used in schools', { educational: false }],
  ['that is free on paper alone', { electronic: false }],
] as const)('an instrument %s is refused', (_what, parts) => {
  expect(() => requirePermitted(withWording(parts))).toThrow(refusal)
})

test('no scoring-only instrument of the library passes the gate', () => {
  for (const { definition } of library.list().filter((entry) => entry.definition.licence.wording.status === 'permission-needed'))
    expect(() => requirePermitted(definition)).toThrow(`instrument ${definition.id} needs a recorded permission`)
})

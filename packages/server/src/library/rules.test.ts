import { type Definition, evaluateRisk } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import { expect, test } from 'vitest'
import { formOf, requirePermitted } from './rules.ts'

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

test('SAF-12: of every instrument the device knows the very answers that raise a flag by themselves', () => {
  let raised = 0
  for (const { definition } of library.list()) {
    const { risks } = formOf(definition, ['zh-CN'])
    for (const { id, options } of definition.items)
      for (const { value } of definition.optionSets[options] ?? []) {
        const here = risks.some(({ item, from, to }) => item === id && value >= from && value <= to)
        const there = evaluateRisk(definition, { [id]: value }, []).some(({ kind }) => kind === 'item')
        expect({ id, value, here }).toEqual({ id, value, here: there })
        raised += here ? 1 : 0
      }
  }
  expect(raised).toBeGreaterThan(3)
})

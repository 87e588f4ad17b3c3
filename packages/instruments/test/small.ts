/** A made-up instrument with what the library's four do not have: weights, a mean, no rounding, a word for two scales. */
import type { Definition } from '../src/definition.ts'

type Scale = Definition['scales'][number]
const scale = (id: string, parts: Partial<Scale>): Scale => ({
  id,
  method: 'sum',
  direction: 'higher-is-worse',
  items: [{ item: 'q_1' }, { item: 'q_2' }, { item: 'q_3', reversed: true }],
  missing: {
    minimumAnswered: parts.items?.length === 1 ? 1 : 2,
    treatment: 'prorate',
    basis: 'conventional',
    source: 'made up for a test',
  },
  rounding: { decimals: 0, mode: 'half-up' },
  bands: [],
  cutOffs: [],
  ...parts,
})

const band = (id: string, from: number, to: number) => ({ id, from, to, source: 'made up for a test' })

export const small: Definition = {
  schemaVersion: 1,
  id: 'small',
  version: '1.0.0',
  acronym: 'SMALL',
  lookBackDays: null,
  respondent: 'pupil',
  ages: { from: 8, to: null },
  estimatedMinutes: 1,
  items: [
    { id: 'q_1', options: 'five' },
    { id: 'q_2', options: 'five', sensitive: true },
    { id: 'q_3', options: 'five' },
  ],
  optionSets: { five: [1, 2, 3, 4, 5].map((value) => ({ id: `o${value}`, value })) },
  scales: [
    scale('total', {}),
    scale('mean', {
      method: 'mean',
      rounding: { decimals: 0, mode: 'none' },
      bands: [band('low', 1, 2.5), band('middle', 2.6, 4), band('high', 4.1, 5)],
    }),
    scale('tenths', { method: 'mean', rounding: { decimals: 1, mode: 'half-up' } }),
    scale('weighted', { items: [{ item: 'q_1', weight: 2 }, { item: 'q_2' }, { item: 'q_3', reversed: true, weight: 0.5 }] }),
    scale('hundredths', { items: [{ item: 'q_1', weight: 1.005 }], rounding: { decimals: 2, mode: 'half-up' } }),
    scale('large', { items: [{ item: 'q_1', weight: 12.345 }], rounding: { decimals: 2, mode: 'half-up' } }),
    scale('strict', { missing: { minimumAnswered: 3, treatment: 'null', basis: 'none', source: 'made up for a test' } }),
  ],
  riskRules: [
    { id: 'asked', kind: 'item', item: 'q_2', from: 4, to: 5, urgency: 'immediate', source: 'made up for a test' },
    { id: 'silent', kind: 'unanswered', item: 'q_2', urgency: 'prompt', source: 'made up for a test' },
    { id: 'high', kind: 'scale', scale: 'total', from: 12, to: 15, urgency: 'routine', source: 'made up for a test' },
  ],
  licence: {
    wording: {
      status: 'free',
      terms: 'made up for a test',
      attribution: 'nobody',
      evidence: ['made up for a test, never shown to anyone'],
      clinical: true,
      educational: true,
      research: true,
      electronic: true,
      commercial: true,
      translation: true,
    },
    encoding: 'CC0-1.0',
  },
  references: [{ citation: 'none' }],
  provenance: [],
  texts: {},
}

/** A made-up instrument with skip logic, composites, metrics, counts, a cap and codes beyond eight bits. */
import type { Definition } from '../src/definition.ts'
import { small } from './small.ts'

type Scale = Definition['scales'][number]
type Missing = Scale['missing']
const source = 'made up for a test'

const scale = (
  id: string,
  items: readonly string[],
  missing: Pick<Missing, 'minimumAnswered' | 'treatment' | 'cap'>,
  parts: Partial<Scale> = {},
): Scale => ({
  id,
  method: 'sum',
  direction: 'higher-is-worse',
  items: items.map((item) => ({ item })),
  missing: { ...missing, basis: 'conventional', source },
  rounding: { decimals: 0, mode: 'half-up' },
  bands: [],
  cutOffs: [],
  ...parts,
})
const band = (id: string, from: number, to: number) => ({ id, from, to, source })
const rows: [number, number][] = [0, 1.5, 2.25, 4, 7.75, 8, 20].map((to, from) => [from, to])

export const branching: Definition = {
  ...small,
  id: 'b',
  acronym: 'BRANCHING',
  items: [
    { id: 'b_1', options: 'four' },
    { id: 'b_2', options: 'four', askedIf: { item: 'b_1', from: 1, to: 3 }, otherwise: 0 },
    { id: 'b_3', options: 'four', sensitive: true, askedIf: { item: 'b_2', from: 1, to: 3 }, otherwise: 0 },
    { id: 'b_4', options: 'five', askedIf: { item: 'b_1', orItems: ['b_3'], from: 2, to: 3 }, otherwise: 1 },
    { id: 'b_5', options: 'wide' },
    { id: 'b_6', options: 'five', askedIf: { item: 'b_4', from: 3, to: 5 } },
  ],
  optionSets: {
    four: [0, 1, 2, 3].map((value) => ({ id: `o${value}`, value })),
    five: [1, 2, 3, 4, 5].map((value) => ({ id: `o${value}`, value })),
    wide: [-200, 0, 50, 1000].map((value) => ({ id: `o${value}`, value })),
  },
  scales: [
    scale(
      'b_core',
      ['b_1', 'b_2', 'b_3'],
      { minimumAnswered: 2, treatment: 'prorate', cap: 7 },
      { bands: [band('low', 0, 3), band('high', 4, 9)] },
    ),
    scale(
      'b_wide',
      ['b_4', 'b_5'],
      { minimumAnswered: 2, treatment: 'null' },
      { method: 'mean', rounding: { decimals: 1, mode: 'half-up' } },
    ),
    scale(
      'b_blank',
      ['b_1', 'b_2', 'b_3'],
      { minimumAnswered: 1, treatment: 'zero' },
      { method: 'mean', rounding: { decimals: 3, mode: 'half-up' } },
    ),
    scale('b_strict', ['b_1', 'b_2', 'b_4'], { minimumAnswered: 1, treatment: 'null' }),
    scale('b_count', ['b_1', 'b_2', 'b_3'], { minimumAnswered: 1, treatment: 'zero' }, { method: 'count', count: { from: 2, to: 3 } }),
    scale(
      'b_table',
      ['b_1', 'b_2'],
      { minimumAnswered: 1, treatment: 'prorate' },
      {
        transform: { kind: 'table', rows, source },
        rounding: { decimals: 2, mode: 'half-up' },
        bands: [band('low', 0, 2.25), band('middle', 2.26, 7.99), band('high', 8, 20)],
      },
    ),
    scale(
      'b_turned',
      [],
      { minimumAnswered: 1, treatment: 'zero' },
      {
        items: [{ item: 'b_1', reversed: true, weight: 1.5 }, { item: 'b_2' }, { item: 'b_3', reversed: true, weight: 0.25 }],
        rounding: { decimals: 0, mode: 'none' },
      },
    ),
    scale(
      'b_percent',
      ['b_1', 'b_4'],
      { minimumAnswered: 2, treatment: 'null' },
      {
        transform: { kind: 'linear', multiply: -12.5, add: 100 },
        direction: 'higher-is-better',
        bands: [band('low', 0, 50), band('high', 51, 100)],
      },
    ),
    scale(
      'b_all',
      [],
      { minimumAnswered: 1, treatment: 'prorate' },
      { of: [{ scale: 'b_core' }, { scale: 'b_table', weight: 2 }], bands: [band('any', 0, 49)] },
    ),
    scale(
      'b_mean',
      [],
      { minimumAnswered: 2, treatment: 'null' },
      { method: 'mean', of: [{ scale: 'b_core' }, { scale: 'b_all' }], rounding: { decimals: 3, mode: 'half-up' } },
    ),
    scale(
      'b_high',
      [],
      { minimumAnswered: 1, treatment: 'zero' },
      { method: 'count', count: { from: 4, to: 99 }, of: [{ scale: 'b_core' }, { scale: 'b_table' }, { scale: 'b_all' }] },
    ),
  ],
  riskRules: [
    { id: 'asked', kind: 'item', item: 'b_3', from: 1, to: 3, urgency: 'immediate', source },
    { id: 'silent', kind: 'unanswered', item: 'b_3', urgency: 'prompt', source },
    { id: 'high', kind: 'scale', scale: 'b_all', from: 30, to: 49, urgency: 'routine', source },
  ],
}

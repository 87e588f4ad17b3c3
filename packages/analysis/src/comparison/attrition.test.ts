import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { attrition, attritionBoundary } from './attrition.ts'
import { attritionTable } from './attrition-table.ts'

const followed = (allocated: number, analysed: number) => ({ allocated, analysed })

test('at the whole per cents the boundary is the table, between them straight', () => {
  for (const { overall, cautious, optimistic } of attritionTable) {
    const found = attritionBoundary(overall / 100)
    expectClose(found!.cautious, cautious / 100, 1e-12, `${overall} cautious`)
    expectClose(found!.optimistic, optimistic / 100, 1e-12, `${overall} optimistic`)
  }
  expectClose(attritionBoundary(0.105)!.cautious, 0.0625, 1e-12)
  expectClose(attritionBoundary(0.3475)!.optimistic, (7.6 - 0.75 * 0.2) / 100, 1e-12)
})

test('beyond 57 per cent attrition is high, however equal the arms', () => {
  expect(attritionBoundary(0.571)).toBeNull()
  expect(estimated(attrition({ programme: followed(100, 42), control: followed(100, 42) })).grade).toBe('high')
})

test.each([
  [90, 84, 'low-cautious'],
  [90, 81, 'low-optimistic'],
  [95, 80, 'high'],
])('of 100 and 100 pupils %i and %i stay: attrition is %s', (programme, control, grade) => {
  const found = estimated(attrition({ programme: followed(100, programme), control: followed(100, control) }))
  expect(found.grade).toBe(grade)
  expectClose(found.overall, (200 - programme - control) / 200, 1e-14)
  expectClose(found.differential, (programme - control) / 100, 1e-14)
})

test('a difference on the boundary is still low', () => {
  expect(estimated(attrition({ programme: followed(1000, 941), control: followed(1000, 999) })).grade).toBe('low-cautious') // 3 per cent, 5.8 points
})

test('arms of unequal size weigh by their pupils, and nobody is said', () => {
  expectClose(estimated(attrition({ programme: followed(300, 270), control: followed(100, 80) })).overall, 50 / 400, 1e-14)
  expect(attrition({ programme: followed(0, 0), control: followed(10, 9) })).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(() => attrition({ programme: followed(9, 10), control: followed(10, 9) })).toThrow('attrition requires 0 to 9 analysed, got 10')
  expect(() => attritionBoundary(12)).toThrow('attritionBoundary requires a share from 0 to 1, got 12')
})

type Wwc = { readonly wwc: { readonly attrition_table: Readonly<Record<'overall_pct' | 'cautious_pct' | 'optimistic_pct', number[]>> } }
test.skipIf(!hasOracles)(withOracles('the table is the published one'), () => {
  const { overall_pct, cautious_pct, optimistic_pct } = oracle<Wwc>('misc.json').wwc.attrition_table
  expect(attritionTable).toEqual(overall_pct.map((overall, k) => ({ overall, cautious: cautious_pct[k], optimistic: optimistic_pct[k] })))
})

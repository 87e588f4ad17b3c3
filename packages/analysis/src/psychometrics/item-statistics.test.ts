import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { publishedScales } from '../../test/published-scales.ts'
import { itemStatistics } from './item-statistics.ts'

type Case = Readonly<Record<'mean' | 'sd' | 'alphaIfDropped' | 'itemRest', readonly number[]>> & {
  readonly name: string
  readonly answers: number[][]
}
const { items } = golden<{ readonly items: readonly Case[] }>('psychometrics')

test.each(items.map((one) => [one.name, one] as const))('itemStatistics equals psych to 1e-12: %s', (_, one) => {
  const found = estimated(itemStatistics(one.answers)).items
  for (const [k, item] of found.entries()) {
    expectClose(item.mean, one.mean[k]!, 1e-12, 'mean')
    expectClose(item.standardDeviation, one.sd[k]!, 1e-12, 'standard deviation')
    expectClose(item.itemRest!, one.itemRest[k]!, 1e-12, 'item-rest r')
    expectClose(item.alphaIfDropped!, one.alphaIfDropped[k]!, 1e-12, 'alpha if dropped')
  }
})

test('the item keyed the wrong way raises the alarm, and no other', () => {
  const found = estimated(itemStatistics(items[0]!.answers)).items
  expect(found.map(({ warnings }) => warnings)).toEqual(found.map((_, k) => (k === 2 ? ['mis-keyed-item'] : [])))
})

test('a constant item is warned of and has no correlation; of two items none can be dropped', () => {
  const found = estimated(
    itemStatistics([
      [1, 2],
      [2, 2],
      [4, 2],
    ]),
  )
  expect(found.items.map(({ itemRest, alphaIfDropped, warnings }) => [itemRest, alphaIfDropped, warnings])).toEqual([
    [null, null, []],
    [null, null, ['constant-item']],
  ])
})

test('one row and one item are said, and rows of unequal length refused', () => {
  expect(itemStatistics([[1, 2]])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(itemStatistics([[1], [2]])).toEqual({ kind: 'not-estimable', reason: 'too-few-items' })
  expect(() => itemStatistics([[1, 2], [1]])).toThrow('itemStatistics requires 2 answers in every row')
})

test.skipIf(!hasOracles)(withOracles('five published scales agree with psych to 1e-12'), () => {
  type Reference = Readonly<Record<'alpha_if_dropped' | 'corrected_item_total_r' | 'item_sd', readonly number[]>>
  const { reliability } = oracle<{ readonly reliability: Readonly<Record<string, Reference>> }>('psychometrics.json')
  for (const { name, answers } of publishedScales()) {
    const wanted = reliability[name]!
    for (const [k, item] of estimated(itemStatistics(answers)).items.entries()) {
      expectClose(item.itemRest!, wanted.corrected_item_total_r[k]!, 1e-12, `${name} ${k} item-rest r`)
      expectClose(item.alphaIfDropped!, wanted.alpha_if_dropped[k]!, 1e-12, `${name} ${k} alpha if dropped`)
      expectClose(item.standardDeviation, wanted.item_sd[k]!, 1e-12, `${name} ${k} standard deviation`)
      expect(item.warnings).toEqual(wanted.corrected_item_total_r[k]! < 0 ? ['mis-keyed-item'] : [])
    }
  }
})

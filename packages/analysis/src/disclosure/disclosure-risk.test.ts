import { expect, test } from 'vitest'
import { named } from '../../test/disclosure-golden.ts'
import { disclosureRisk } from './disclosure-risk.ts'

test.each(named)('every figure comes from the same classes: %s', (_, { rows, weights, sensitive, sizes, k, distinct }) => {
  const found = disclosureRisk({ rows, weights, sensitive: { values: sensitive } })
  expect(found.sizes).toEqual(sizes)
  expect(found.kAnonymity).toMatchObject({ k })
  expect(found.lDiversity).toMatchObject({ distinct, recursive: { c: 2 } })
  expect(found.individual).toMatchObject({ kind: 'estimated', n: rows.length })
})

test('what was not asked for is null, and no records are said', () => {
  expect(disclosureRisk({ rows: [['f']] })).toMatchObject({ individual: null, lDiversity: null, tCloseness: null })
  expect(disclosureRisk({ rows: [] }).kAnonymity).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

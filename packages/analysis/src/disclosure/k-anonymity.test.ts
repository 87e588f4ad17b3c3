import { expect, test } from 'vitest'
import { named } from '../../test/disclosure-golden.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { equivalenceClasses } from './equivalence-classes.ts'
import { kAnonymity } from './k-anonymity.ts'

test.each(named)('k and the uniques of sample and population equal a count over all pairs: %s', (_, one) => {
  const found = estimated(kAnonymity(equivalenceClasses(one.rows, one.weights)))
  expect(found.k).toBe(one.k)
  expect(found.sampleUniques.records).toBe(one.sampleUniques)
  expect(found.populationUniques.records).toBe(one.populationUniques)
  expectClose(found.populationUniques.expected, one.expectedPopulationUniques, 1e-12)
  for (const { k, records, share } of found.below) {
    expect(records).toBe(one.sizes.filter((size) => size < k).length)
    expect(share).toBe(records / one.rows.length)
  }
})

test('without weights the sample is the population: every sample unique is a population unique', () => {
  const found = estimated(kAnonymity(equivalenceClasses([['f'], ['f'], ['m']])))
  expect(found).toMatchObject({
    k: 1,
    combinations: 2,
    n: 3,
    sampleUniques: { records: 1 },
    populationUniques: { records: 1, expected: 1 },
  })
})

test('no records are said, not thrown', () => {
  expect(kAnonymity(equivalenceClasses([]))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

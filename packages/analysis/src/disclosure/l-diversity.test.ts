import { expect, test } from 'vitest'
import { named } from '../../test/disclosure-golden.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { equivalenceClasses } from './equivalence-classes.ts'
import { lDiversity } from './l-diversity.ts'

test.each(named)('distinct, entropy and recursive diversity equal their definitions over all pairs: %s', (_, one) => {
  const classes = equivalenceClasses(one.rows)
  for (const { c, l } of one.recursive) {
    const found = estimated(lDiversity(classes, one.sensitive, c))
    expect(found.recursive).toEqual({ c, l })
    expect(found.distinct).toBe(one.distinct)
    expectClose(found.entropy, one.entropy, 1e-12, 'entropy')
  }
})

test('one class with values a, a, b: distinct 2, entropy 3 / 4^(1/3), recursive (2, 1) and (3, 2)', () => {
  const classes = equivalenceClasses([['x'], ['x'], ['x']])
  const found = estimated(lDiversity(classes, ['a', 'a', 'b']))
  expect(found).toMatchObject({ distinct: 2, recursive: { c: 2, l: 1 }, n: 3 })
  expectClose(found.entropy, 3 / 4 ** (1 / 3), 1e-14)
  expect(estimated(lDiversity(classes, ['a', 'a', 'b'], 3)).recursive.l).toBe(2)
})

test('a missing sensitive value reveals nothing: its class is passed over, and none known is said', () => {
  const classes = equivalenceClasses([['x'], ['x'], ['y']])
  expect(estimated(lDiversity(classes, ['a', 'b', null]))).toMatchObject({ distinct: 2, n: 2 })
  expect(lDiversity(classes, [null, null, null])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(() => lDiversity(classes, ['a'])).toThrow('sensitiveCounts requires 3 values, got 1')
})

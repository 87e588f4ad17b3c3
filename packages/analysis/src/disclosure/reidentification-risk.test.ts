import { expect, test } from 'vitest'
import { named } from '../../test/disclosure-golden.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { equivalenceClasses } from './equivalence-classes.ts'
import { reidentificationRisk } from './reidentification-risk.ts'

test.each(named)('the risks of the three attackers equal fractions over all pairs: %s', (_, one) => {
  const { prosecutor, journalist, marketer } = estimated(reidentificationRisk(equivalenceClasses(one.rows, one.weights)))
  expectClose(prosecutor.average, one.prosecutor, 1e-12, 'prosecutor')
  expect(prosecutor.maximum).toBe(1 / one.k)
  expect(prosecutor.above.map(({ records }) => records)).toEqual(one.prosecutorAbove)
  expectClose(journalist.average, one.journalist, 1e-12, 'journalist')
  expectClose(journalist.maximum, one.journalistMaximum, 1e-12, 'journalist maximum')
  expect(marketer).toEqual({ sample: prosecutor.average, population: journalist.average })
})

test('a class of five is not above 0.2, of ten not above 0.1, of twenty not above 0.05', () => {
  for (const [size, above] of [
    [4, [4, 4, 4]],
    [5, [0, 5, 5]],
    [10, [0, 0, 10]],
    [20, [0, 0, 0]],
  ] as const) {
    const { prosecutor } = estimated(reidentificationRisk(equivalenceClasses(Array.from({ length: size }, () => ['x']))))
    expect(prosecutor.above.map(({ records }) => records)).toEqual(above)
  }
})

test('a population smaller than the sample does not raise the risk above one over f', () => {
  const { journalist } = estimated(reidentificationRisk(equivalenceClasses([['x'], ['x']], [0.1, 0.2])))
  expect(journalist.maximum).toBe(0.5)
})

test('no records are said, not thrown', () => {
  expect(reidentificationRisk(equivalenceClasses([]))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

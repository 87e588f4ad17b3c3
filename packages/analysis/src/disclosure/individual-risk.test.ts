import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classRisks, named } from '../../test/disclosure-golden.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { equivalenceClasses } from './equivalence-classes.ts'
import { classRisk, individualRisk } from './individual-risk.ts'

test('classRisk equals the hypergeometric function to 1e-12, from one record among ten million to a whole class', () => {
  for (const { f, population, risk } of classRisks) expectClose(classRisk(f, population), risk, 1e-12, `f ${f}, F ${population}`)
})

test.each(named)('individual risks and the expected number of recognitions equal 40 digits to 1e-12: %s', (_, one) => {
  const found = estimated(individualRisk(equivalenceClasses(one.rows, one.weights)))
  found.risks.forEach((risk, record) => {
    expectClose(risk, one.risks[record]!, 1e-12, `record ${record}`)
  })
  expectClose(found.expected, one.expected, 1e-12, 'expected')
  expectClose(found.average, one.expected / one.rows.length, 1e-12, 'average')
})

test('the closed forms of classes of one and two', () => {
  for (const [f, population, three] of [
    [1, 17, 0.177],
    [1, 541, 0.012],
    [1, 8, 0.297],
    [1, 5, 0.402],
    [2, 110, 0.017],
    [2, 84.5, 0.022],
  ] as const) {
    const [p, q] = [f / population, 1 - f / population]
    const closed = f === 1 ? (p / q) * -Math.log(p) : p / q + (p / q) ** 2 * Math.log(p)
    expectClose(classRisk(f, population), closed, 1e-13)
    expect(classRisk(f, population)).toBeCloseTo(three, 3)
  }
})

test('three alike among thirty: the shortcut p / (f − q) is 1/21, the exact risk is somewhat more than 1/30', () => {
  const classes = equivalenceClasses([['x'], ['x'], ['x']], [10, 10, 10])
  const found = estimated(individualRisk(classes))
  expectClose(found.approximate.average, 1 / 21, 1e-14)
  expectClose(found.average, (0.1 / (2 * 0.9 ** 3)) * (0.9 * (3 * 0.9 - 2) - 2 * 0.01 * Math.log(0.1)), 1e-12)
})

test('the risk lies between one over F and one over f, and falls as either grows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 1, max: 1e6, noNaN: true }), (f, times) => {
      const [population, risk] = [f * times, classRisk(f, f * times)]
      expect(risk).toBeLessThanOrEqual((1 / f) * (1 + 1e-12))
      expect(risk).toBeGreaterThanOrEqual((1 / population) * (1 - 1e-12))
      expect(classRisk(f, population * 1.5)).toBeLessThanOrEqual(risk * (1 + 1e-12))
    }),
  )
})

test('weights of a class that sum to less than its records are warned of, weights of one are not', () => {
  expect(estimated(individualRisk(equivalenceClasses([['x'], ['x']], [0.5, 1])))).toMatchObject({
    average: 0.5,
    warnings: ['population-smaller-than-sample'],
  })
  expect(estimated(individualRisk(equivalenceClasses([['x'], ['x']])))).toMatchObject({ average: 0.5, expected: 1, warnings: [] })
  expect(individualRisk(equivalenceClasses([]))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

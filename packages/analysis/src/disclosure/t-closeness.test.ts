import { expect, test } from 'vitest'
import { named } from '../../test/disclosure-golden.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { equivalenceClasses } from './equivalence-classes.ts'
import { tCloseness } from './t-closeness.ts'

test.each(named)('equal and ordered distances equal their definitions in fractions: %s', (_, { rows, sensitive, equal, ordered }) => {
  const found = estimated(tCloseness(equivalenceClasses(rows), sensitive))
  expectClose(found.equal, equal, 1e-12, 'equal')
  expectClose(found.ordered!, ordered, 1e-12, 'ordered')
})

test('the salaries of Li, Li and Venkatasubramanian: 3, 4, 5 thousand are 0.375 away; 6, 8, 11 thousand are 1/6 away', () => {
  const salaries = ['3', '4', '5', '6', '8', '11', '7', '9', '10']
  const classes = equivalenceClasses([...'111222333'].map((cell) => [cell]))
  expectClose(estimated(tCloseness(classes, salaries)).ordered!, 0.375, 1e-14)
  const merged = equivalenceClasses([...'333222333'].map((cell) => [cell]))
  expectClose(estimated(tCloseness(merged, salaries)).ordered!, 1 / 6, 1e-14)
})

test('words have no order unless one is given, and an order must hold them all', () => {
  const classes = equivalenceClasses([['x'], ['y']])
  expect(estimated(tCloseness(classes, ['low', 'high']))).toMatchObject({ equal: 0.5, ordered: null, values: 2 })
  expect(estimated(tCloseness(classes, ['low', 'high'], ['low', 'middle', 'high'])).ordered).toBe(0.5)
  expect(() => tCloseness(classes, ['low', 'high'], ['low'])).toThrow('tCloseness misses high in the order of the values')
})

test('a constant sensitive value is as close as can be, none known is said', () => {
  const classes = equivalenceClasses([['x'], ['y']])
  expect(estimated(tCloseness(classes, ['1', '1']))).toMatchObject({ equal: 0, ordered: 0 })
  expect(tCloseness(classes, [null, null])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

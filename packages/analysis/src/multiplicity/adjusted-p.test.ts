import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adjustedCases } from '../../test/comparisons.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { adjustedP, adjustments } from './adjusted-p.ts'

const list = (values: number | readonly (number | null)[]) => (typeof values === 'number' ? [values] : values)
const expectAll = (found: readonly (number | null)[], wanted: readonly (number | null)[], what: string) => {
  expect(found.map((value) => value === null)).toEqual(wanted.map((value) => value === null))
  for (const [place, value] of wanted.entries()) if (value !== null) expectClose(found[place]!, value, 1e-12, `${what} ${place}`)
}

test.each(adjustedCases)('every method equals R to 1e-12: %s', (_, { p, adjusted }) => {
  for (const method of adjustments) expectAll(adjustedP(list(p), method), list(adjusted[method]!), method)
})

test('nothing gives nothing, and what is no p-value is refused with its number', () => {
  expect(adjustedP([], 'holm')).toEqual([])
  expect(adjustedP([null], 'hommel')).toEqual([null])
  expect(() => adjustedP([0.2, 1.2], 'BH')).toThrow('adjustedP requires values from 0 to 1, got 1.2')
})

test('no method lowers a p-value or changes the order, and each is at most as strict as the one it improves on', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 15 })
  fc.assert(
    fc.property(values, (p) => {
      const by = Object.fromEntries(adjustments.map((method) => [method, adjustedP(p, method).map(Number)] as const))
      for (const [place, value] of p.entries()) {
        for (const method of adjustments) expect(by[method]![place]).toBeGreaterThanOrEqual(value * (1 - 1e-15))
        for (const [milder, stricter] of [
          ['holm', 'bonferroni'],
          ['hochberg', 'holm'],
          ['hommel', 'hochberg'],
          ['BH', 'hommel'],
          ['BH', 'BY'],
        ] as const)
          expect(by[milder]![place]).toBeLessThanOrEqual(by[stricter]![place]! * (1 + 1e-14))
      }
    }),
  )
})

test.skipIf(!hasOracles)(withOracles('the reference sets agree with R to 1e-12'), () => {
  type Set = Readonly<Record<string, readonly (number | null)[]>>
  const { multiplicity } = oracle<{ readonly multiplicity: Readonly<Record<string, Set>> }>('misc.json')
  for (const [name, set] of Object.entries(multiplicity))
    for (const method of adjustments) expectAll(adjustedP(set.p!, method), set[method]!, `${name} ${method}`)
})

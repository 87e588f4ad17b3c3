import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparedWith, gatheredBy, type Pattern } from './matching-patterns.ts'

const pattern = fc
  .tuple(fc.nat(15), fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)), fc.integer({ min: 1, max: 5 }))
  .map(([known, codes, records]): Pattern => ({ known, codes, records, weight: records * 2 }))

test('looking up and comparing find the same combinations, records and weights', () => {
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 40 }), (patterns) => {
      const [lookedUp, compared] = [gatheredBy(patterns), comparedWith(patterns)]
      for (const one of patterns) {
        const groups = lookedUp(one)
        const [group] = compared(one)
        expect(groups.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(group!.members)
        expect(groups.reduce((sum, { records }) => sum + records, 0)).toBe(group!.records)
        expect(groups.reduce((sum, { weight }) => sum + weight, 0)).toBe(group!.weight)
      }
    }),
  )
})

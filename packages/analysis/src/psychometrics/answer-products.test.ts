import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerProducts } from './answer-products.ts'

const answers = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 300 }))
  .chain(([size, rows]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: size, maxLength: size }), { minLength: rows, maxLength: rows }),
  )

test('sums and products are exact, whatever the number of items and rows', () => {
  fc.assert(
    fc.property(answers, (rows) => {
      const size = rows[0]!.length
      const { width, sums, products } = answerProducts(rows, size)!
      for (let i = 0; i < size; i += 1) {
        expect(sums[i]).toBe(rows.reduce((sum, row) => sum + row[i]!, 0))
        for (let j = 0; j <= i; j += 1) expect(products[i * width + j]).toBe(rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0))
      }
    }),
    { numRuns: 40 },
  )
})

test('the largest answers in a full block leave no part too full', () => {
  const rows = Array.from({ length: 256 }, () => [7, 7, 7, 7, 7])
  expect(answerProducts(rows, 5)!.products[4 * 8]).toBe(256 * 49)
})

test('other numbers are left to those who can add them', () => {
  for (const value of [8, -1, 0.5, Number.NaN, 2 ** 32])
    expect(
      answerProducts(
        [
          [1, 2],
          [value, 3],
        ],
        2,
      ),
    ).toBeNull()
})

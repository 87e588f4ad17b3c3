import { expect, test } from 'vitest'
import { expectClose } from '../test/oracle.ts'
import { cholesky, multiply, quadratic, traceOfProduct } from './linear-algebra.ts'

const matrix = [
  [4, 2, 0.6],
  [2, 5, 1],
  [0.6, 1, 3],
]

test('a Cholesky factor solves, inverts and knows the determinant', () => {
  const factor = cholesky(matrix)!
  const product = multiply(matrix, factor.inverse())
  for (const [i, row] of product.entries())
    for (const [j, value] of row.entries()) expect(Math.abs(value - Number(i === j))).toBeLessThan(1e-15)
  expectClose(Math.exp(factor.logDeterminant), 4 * (15 - 1) - 2 * (6 - 0.6) + 0.6 * (2 - 3), 1e-14)
  expectClose(quadratic(matrix, factor.solve([1, 0, 0])), factor.inverse()[0]![0]!, 1e-14)
  expectClose(traceOfProduct(matrix, factor.inverse()), 3, 1e-14)
})

test('a collinear column has no factor, whatever its unit', () => {
  const unit = 1e-9
  expect(
    cholesky([
      [4, 2 * unit],
      [2 * unit, unit * unit],
    ]),
  ).toBeNull()
  expect(
    cholesky([
      [4, unit],
      [unit, unit * unit],
    ]),
  ).not.toBeNull()
  expect(cholesky([[0]])).toBeNull()
})

import { expect, test } from 'vitest'
import { expectClose } from '../../test/oracle.ts'
import { covarianceOf } from './covariance.ts'

test('means and covariances are exact, and a large offset costs no digits', () => {
  const rows = [
    [1, 4],
    [2, 2],
    [6, 3],
  ]
  expect(covarianceOf(rows)).toEqual({
    n: 3,
    means: [3, 3],
    matrix: [
      [7, -0.5],
      [-0.5, 1],
    ],
  })
  const far = covarianceOf(rows.map((row) => row.map((value) => value + 1e9)))!
  expectClose(far.matrix[0]![1]!, -0.5, 1e-14)
})

test('more rows than are held at once, and an odd number of columns, give the same as a plain sum', () => {
  const rows = Array.from({ length: 1000 }, (_, k) => [(k * 7) % 11, (k * k) % 13, (k * 5) % 17])
  const { matrix, means } = covarianceOf(rows)!
  for (const i of [0, 1, 2])
    for (const j of [0, 1, 2]) {
      const products = rows.reduce((sum, row) => sum + (row[i]! - means[i]!) * (row[j]! - means[j]!), 0)
      expectClose(matrix[i]![j]!, products / 999, 1e-12, `${i} ${j}`)
    }
})

test('fewer than two rows have no covariance', () => {
  expect([covarianceOf([]), covarianceOf([[1, 2]])]).toEqual([null, null])
})

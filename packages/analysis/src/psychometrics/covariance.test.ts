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

test('fewer than two rows have no covariance', () => {
  expect([covarianceOf([]), covarianceOf([[1, 2]])]).toEqual([null, null])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dot, times } from './linear-algebra.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

test('a matrix of two rows has the eigenvalues of the textbook', () => {
  const { values } = symmetricEigen([
    [2, 1],
    [1, 2],
  ])
  expect(values.toSorted((a, b) => a - b).map((value) => Number(value.toFixed(14)))).toEqual([1, 3])
})

test('every vector is turned into its value times itself, and the vectors are orthonormal', () => {
  const entry = fc.double({ min: -10, max: 10, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(entry, { minLength: 36, maxLength: 36 }), (size, entries) => {
      const a = Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (_, j) => entries[Math.min(i, j) * 6 + Math.max(i, j)]!),
      )
      const { values, vectors } = symmetricEigen(a)
      for (const [k, vector] of vectors.entries()) {
        for (const [i, turned] of times(a, vector).entries()) expect(Math.abs(turned - values[k]! * vector[i]!)).toBeLessThan(1e-12)
        for (const [m, other] of vectors.entries()) expect(Math.abs(dot(vector, other) - Number(k === m))).toBeLessThan(1e-13)
      }
    }),
  )
})

import { expect, test } from 'vitest'
import { expectClose } from '../../test/oracle.ts'
import { improvementIndex } from './improvement-index.ts'

test('the median pupil moves by the percentile of the effect, down for a negative one', () => {
  expectClose(improvementIndex(0.25), 9.87063256829237, 1e-13) // pnorm of R
  expectClose(improvementIndex(-1), -34.1344746068543, 1e-13)
  expect([improvementIndex(0), improvementIndex(40)]).toEqual([0, 50])
})

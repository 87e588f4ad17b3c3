import { expect, test } from 'vitest'
import { named } from '../../test/disclosure-golden.ts'
import { uniqueAnswers } from './unique-answers.ts'

test.each(named)('unique answer vectors equal a count over all records: %s', (_, { rows, uniqueAnswers: wanted }) => {
  expect(uniqueAnswers(rows).unique).toBe(wanted)
})

test('a gap is a value of its own, and a sheet without answers is passed over', () => {
  expect(
    uniqueAnswers([
      ['1', '0'],
      ['1', '0'],
      ['1', null],
      [null, null],
    ]),
  ).toEqual({ kind: 'estimated', method: 'unique-answer-vectors', unique: 1, share: 1 / 3, vectors: 2, n: 3 })
  expect(uniqueAnswers([[null]])).toMatchObject({ unique: 0, share: 0, n: 0 })
})

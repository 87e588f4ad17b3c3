import { expect, test } from 'vitest'
import { reviewFault } from './review.ts'

test('a review without a decision asks for it first, whatever the reason says', () => {
  expect(reviewFault(null, '')).toBe('case.chooseDecision')
  expect(reviewFault(null, '已与学生面谈')).toBe('case.chooseDecision')
})

test('a reason of spaces or of four characters is none; one of five is', () => {
  expect(reviewFault('dismissed', '      ')).toBe('case.reasonShort')
  expect(reviewFault('confirmed', ' 已面谈了 ')).toBe('case.reasonShort')
  expect(reviewFault('confirmed', '已经面谈了')).toBeNull()
})

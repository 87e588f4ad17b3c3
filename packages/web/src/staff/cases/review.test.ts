import { expect, test } from 'vitest'
import { staffWords } from '../../i18n/staff.ts'
import { decisionWords, reviewFault } from './review.ts'

test('a review without a decision asks for it first, whatever the reason says', () => {
  expect(reviewFault(null, '')).toBe('case.chooseDecision')
  expect(reviewFault(null, '已与学生面谈')).toBe('case.chooseDecision')
})

test('a reason of spaces or of four characters is none; one of five is', () => {
  expect(reviewFault('dismissed', '      ')).toBe('case.reasonShort')
  expect(reviewFault('confirmed', ' 已面谈了 ')).toBe('case.reasonShort')
  expect(reviewFault('confirmed', '已经面谈了')).toBeNull()
})

test('a wish to talk is never called confirmed or dismissed', () => {
  const said = (kind: 'request' | 'item') =>
    (['confirmed', 'dismissed'] as const).flatMap((decision) =>
      Object.values(decisionWords(kind, decision)).map((key) => staffWords[key][0]),
    )
  expect(said('request').join()).not.toMatch(/确认|排除/)
  expect(said('item').join()).toMatch(/确认.*排除/)
})

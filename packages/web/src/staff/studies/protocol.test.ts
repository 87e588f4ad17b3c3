import { expect, test } from 'vitest'
import { percent } from './protocol.ts'

test('a share is never rounded up to 100%', () => {
  expect(percent(299, 300)).toBe('99%')
  expect(percent(300, 300)).toBe('100%')
  expect(percent(0, 0)).toBe('')
})

import { expect, test } from 'vitest'
import { decisionOf } from './decide.tsx'

test('a no after a yes is a withdrawal and stays one; a no from the beginning is a refusal', () => {
  expect(decisionOf(false, 'given')).toBe('withdrawn')
  expect(decisionOf(false, 'withdrawn')).toBe('withdrawn')
  expect(decisionOf(false, 'refused')).toBe('refused')
  expect(decisionOf(false, null)).toBe('refused')
  for (const standing of ['given', 'refused', 'withdrawn', null] as const) expect(decisionOf(true, standing)).toBe('given')
})

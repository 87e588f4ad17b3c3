import { expect, test } from 'vitest'
import { traceOf } from './errors.ts'

test('PRIV-13: a trace says where an error came from and nothing of its message, also when that looks like a trace', () => {
  const trace = traceOf(new RangeError('refused:\n    at 测庚 (phq9_9: 3)\n    at 测辛'))
  expect(trace).toMatch(/^RangeError\n +at .*errors\.test\.ts/)
  expect(trace).not.toMatch(/测|phq/)
})

test('whatever is thrown has a trace', () => {
  expect(traceOf({})).toBe('Error')
})

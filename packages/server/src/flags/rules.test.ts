import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueAt } from './rules.ts'

const due = (urgency: 'immediate' | 'prompt' | 'routine', local: string) =>
  new Date(dueAt(urgency, new Date(`${local}+08:00`)).getTime() + 8 * 3_600_000).toISOString().slice(0, 16)

// 2026-03-02 is a Monday
test.each([
  ['in school hours', '2026-03-02T10:00', '2026-03-02T10:30'],
  ['in their first minute', '2026-03-02T08:00', '2026-03-02T08:30'],
  ['in their last minute', '2026-03-02T16:59', '2026-03-02T17:29'],
  ['after school', '2026-03-02T17:00', '2026-03-02T19:00'],
  ['before school', '2026-03-02T07:59', '2026-03-02T09:59'],
  ['on a Saturday', '2026-03-07T10:00', '2026-03-07T12:00'],
  ['on a Monday that is still Sunday in Greenwich', '2026-03-02T07:30', '2026-03-02T09:30'],
])('SAF-06: an immediate flag raised %s has half an hour of school or two hours', (_, received, expected) => {
  expect(due('immediate', received)).toBe(expected)
})

test('SAF-06: a prompt flag has 24 hours, also over a weekend', () => {
  expect(due('prompt', '2026-03-06T15:00')).toBe('2026-03-07T15:00')
})

test.each([
  ['a Monday', '2026-03-02T10:00', '2026-03-05T10:00'],
  ['a Friday', '2026-03-06T10:00', '2026-03-11T10:00'],
  ['a Saturday', '2026-03-07T10:00', '2026-03-11T10:00'],
  ['a Sunday', '2026-03-08T10:00', '2026-03-11T10:00'],
])('SAF-06: a routine flag raised on %s has three school days', (_, received, expected) => {
  expect(due('routine', received)).toBe(expected)
})

test('a more urgent flag is never due later than a less urgent one, and every one is due after it was received', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (at) => {
      const [immediate, prompt, routine] = (['immediate', 'prompt', 'routine'] as const).map((urgency) => dueAt(urgency, at).getTime())
      expect(at.getTime() < immediate! && immediate! < prompt! && prompt! < routine!).toBe(true)
    }),
  )
})

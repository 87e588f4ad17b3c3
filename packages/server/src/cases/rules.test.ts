import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byUrgencyThenAge, flagsAsJudged, standingOf } from './rules.ts'

const urgency = fc.constantFrom('immediate' as const, 'prompt' as const, 'routine' as const)
const time = fc.integer({ min: 0, max: 1e12 }).map((at) => new Date(at))
const flag = fc.record({
  urgency,
  dueAt: time,
  raisedAt: time,
  decision: fc.constantFrom(null, 'confirmed', 'dismissed'),
  rule: fc.constantFrom('a', 'b'),
  instrument: fc.constantFrom('x', 'y'),
})
const levels = ['immediate', 'prompt', 'routine']

test('a case is as urgent as its most urgent open flag and due when the first of them is', () => {
  fc.assert(
    fc.property(fc.array(flag, { minLength: 1, maxLength: 8 }), (flags) => {
      const standing = standingOf(flags)
      const open = flags.filter((one) => one.decision === null)
      const telling = open.length > 0 ? open : flags
      expect(standing.open).toBe(open.length)
      expect(telling.every((one) => levels.indexOf(one.urgency) >= levels.indexOf(standing.urgency))).toBe(true)
      expect(telling.some((one) => one.urgency === standing.urgency)).toBe(true)
      expect(telling.every((one) => one.dueAt >= standing.dueAt)).toBe(true)
      expect(new Set(standing.reasons)).toEqual(new Set(telling.map((one) => `${one.instrument}/${one.rule}`)))
    }),
  )
})

test('a dismissed urgent flag no longer speaks while another is open', () => {
  const at = new Date(0)
  const both = [
    { urgency: 'immediate' as const, dueAt: at, raisedAt: at, decision: 'dismissed', rule: 'a', instrument: 'x' },
    { urgency: 'routine' as const, dueAt: at, raisedAt: at, decision: null, rule: 'b', instrument: 'x' },
  ]
  expect(standingOf(both)).toMatchObject({ urgency: 'routine', open: 1, reasons: ['x/b'] })
})

test('SAF-17: within a case what waits stands first, then urgency, then age', () => {
  const flag = (name: string, level: 'immediate' | 'prompt' | 'routine', raised: number, decision: string | null = null) => ({
    name,
    urgency: level,
    raisedAt: new Date(raised),
    decision,
  })
  const flags = [
    flag('reviewed', 'immediate', 1, 'confirmed'),
    flag('routine', 'routine', 2),
    flag('young', 'immediate', 5),
    flag('prompt', 'prompt', 3),
    flag('old', 'immediate', 4),
  ]
  expect(flagsAsJudged(flags).map(({ name }) => name)).toEqual(['old', 'young', 'prompt', 'routine', 'reviewed'])
})

test('SAF-17: the order of the queue is urgency, then age, for any queue', () => {
  const row = fc.record({ urgency, openedAt: time.map((at) => at.toISOString()) })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const sorted = rows.toSorted(byUrgencyThenAge)
      for (const [index, next] of sorted.slice(1).entries()) {
        const before = sorted[index]!
        const [left, right] = [levels.indexOf(before.urgency), levels.indexOf(next.urgency)]
        expect(left < right || (left === right && before.openedAt <= next.openedAt)).toBe(true)
      }
    }),
  )
})

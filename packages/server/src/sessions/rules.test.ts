import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../problem.ts'
import { move, standingOf, wrongCodeCap } from './rules.ts'

const moved = (state: 'planned' | 'open' | 'closed', verb: 'open' | 'close') => {
  try {
    return move(state, verb)
  } catch (error) {
    return error instanceof Problem ? error.code : error
  }
}

test('a session is opened, closed, and opened again for a latecomer; everything else is refused', () => {
  expect(moved('planned', 'open')).toBe('open')
  expect(moved('open', 'close')).toBe('closed')
  expect(moved('closed', 'open')).toBe('open')
  for (const [state, verb] of [
    ['open', 'open'],
    ['planned', 'close'],
    ['closed', 'close'],
  ] as const)
    expect(moved(state, verb)).toBe('session.wrong-state')
})

test('SEC-05: every pupil may mistype five times before a session is stopped, and no session bears more than a thousandth of a guess', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (seats) => {
      expect(wrongCodeCap(seats)).toBeGreaterThanOrEqual(seats * 5)
      expect((wrongCodeCap(seats) * seats) / 2 ** 30).toBeLessThan(0.001)
    }),
  )
})

test('a seat stands in one way: what was received outweighs a finished sheet on its way, and that outweighs a mark', () => {
  const heldAt = new Date(0)
  expect(standingOf({ state: 'submitted', absence: 'absent', heldAt })).toBe('submitted')
  expect(standingOf({ state: 'stopped', absence: 'declined', heldAt: null })).toBe('stopped')
  expect(standingOf({ state: 'started', absence: 'absent', heldAt })).toBe('held')
  expect(standingOf({ state: 'started', absence: 'declined', heldAt: null })).toBe('declined')
  expect(standingOf({ state: 'not-started', absence: 'absent', heldAt: null })).toBe('absent')
  expect(standingOf({ state: 'started', absence: null, heldAt: null })).toBe('started')
})

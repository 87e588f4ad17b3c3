import { expect, test } from 'vitest'
import { idleMinutes, lookOf, type Seat, seatLooks } from './seat-look.ts'

const seat = (more: Partial<Seat>): Seat => ({
  seatId: 's',
  number: 1,
  initial: '李',
  state: 'started',
  progress: { at: 3, of: 9, paused: false },
  seenAt: '2026-03-02T01:00:00.000Z',
  ...more,
})
const after = (minutes: number) => Date.parse('2026-03-02T01:00:00.000Z') + minutes * 60_000

test('a pupil who has not moved for three minutes is pointed out, with the minutes', () => {
  expect(idleMinutes(seat({}), after(2.9))).toBeNull()
  expect(idleMinutes(seat({}), after(3))).toBe(3)
  expect(idleMinutes(seat({ progress: null }), after(7.5))).toBe(7)
})

test('nobody is idle who paused, who has finished, who is not here, or of whom nothing was heard', () => {
  for (const more of [
    { progress: { at: 3, of: 9, paused: true } },
    { state: 'submitted' },
    { state: 'held' },
    { state: 'absent' },
    { state: 'not-started' },
    { seenAt: null },
  ] as const)
    expect(idleMinutes(seat(more), after(60))).toBeNull()
})

test('every state has a word and no two look alike', () => {
  expect(new Set(seatLooks.map(({ tone, shape }) => `${tone} ${shape}`)).size).toBe(seatLooks.length)
  for (const { state } of seatLooks) expect(lookOf(state).state).toBe(state)
})

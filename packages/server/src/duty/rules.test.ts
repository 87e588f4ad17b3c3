import { expect, test } from 'vitest'
import { turnAt, turnOn } from './rules.ts'

const turn = (ownerId: string, fromDay: string, toDay: string, madeAt: string) => ({
  ownerId,
  deputyId: 'deputy',
  fromDay,
  toDay,
  madeAt: new Date(madeAt),
})
const newestFirst = [
  turn('later', '2026-03-05', '2026-03-05', '2026-03-03T00:00:00Z'),
  turn('first', '2026-03-02', '2026-03-20', '2026-03-01T00:00:00Z'),
]

test('of two entries for a day the newer counts, and its days end with the day', () => {
  expect(
    ['2026-03-01', '2026-03-02', '2026-03-05', '2026-03-06', '2026-03-21'].map((day) => turnOn(newestFirst, day)?.ownerId ?? null),
  ).toEqual([null, 'first', 'later', 'first', null])
})

test('SAF-04: what was raised before an entry was made belongs to the rota of its time, by the day in China', () => {
  const backdated = [turn('afterwards', '2026-03-02', '2026-03-02', '2026-03-02T04:00:00Z'), ...newestFirst]
  expect(turnAt(backdated, new Date('2026-03-02T03:00:00Z'))?.ownerId).toBe('first')
  expect(turnAt(backdated, new Date('2026-03-02T05:00:00Z'))?.ownerId).toBe('afterwards')
  expect(turnAt(newestFirst, new Date('2026-03-04T16:00:00Z'))?.ownerId).toBe('later')
})

import { expect, test } from 'vitest'
import { sessionsByDay } from './sessions-by-day.ts'

const now = new Date(2026, 2, 3, 12, 0)
const at = (day: number, hour: number) => new Date(2026, 2, day, hour, 0).toISOString()
const session = (id: string, state: 'planned' | 'open' | 'closed', plannedFor: string, closedAt: string | null = null) => ({
  id,
  state,
  plannedFor,
  closedAt,
})

test('a session is found under its day, open ones first, and what ended last stands on top of what ended', () => {
  const sessions = [
    session('early today', 'planned', at(3, 8)),
    session('late today', 'planned', at(3, 23)),
    session('tomorrow', 'planned', at(4, 0)),
    session('missed', 'planned', at(2, 23)),
    session('open since yesterday', 'open', at(2, 9)),
    session('ended first', 'closed', at(3, 8), at(3, 9)),
    session('ended last', 'closed', at(2, 8), at(3, 10)),
  ]
  const names = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)
  const { today, past, coming, closed } = sessionsByDay(sessions, now.getTime())
  expect(names(today)).toEqual(['open since yesterday', 'early today', 'late today'])
  expect(names(past)).toEqual(['missed'])
  expect(names(coming)).toEqual(['tomorrow'])
  expect(names(closed)).toEqual(['ended last', 'ended first'])
})

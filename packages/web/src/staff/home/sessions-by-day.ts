// A proctor's sessions as her day sorts them: what is on today or open, what was missed, what comes, and what ended of late.
import { hourOf } from '../time.ts'
import type { SessionSummary } from '../wire.ts'

type Dated = Pick<SessionSummary, 'state' | 'plannedFor' | 'closedAt'>

export type ByDay<Session> = Readonly<Record<'today' | 'past' | 'coming' | 'closed', readonly Session[]>>

const mostClosed = 12 // the others stand at their classes

const dayOf = (at: string | number) => hourOf(new Date(at)).date

export const sessionsByDay = <Session extends Dated>(sessions: readonly Session[], now: number): ByDay<Session> => {
  const today = dayOf(now)
  const planned = sessions.filter(({ state }) => state === 'planned')
  const on = (is: (day: string) => boolean) => planned.filter(({ plannedFor }) => is(dayOf(plannedFor)))
  const ended = sessions.filter(({ state }) => state === 'closed')
  return {
    today: [...sessions.filter(({ state }) => state === 'open'), ...on((day) => day === today)],
    past: on((day) => day < today),
    coming: on((day) => day > today),
    closed: [...ended].sort((one, other) => (other.closedAt ?? '').localeCompare(one.closedAt ?? '')).slice(0, mostClosed),
  }
}

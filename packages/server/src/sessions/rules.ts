import type { Absence, SessionState } from '../db/tables.ts'
import { Problem } from '../problem.ts'

const next = { open: { planned: 'open', closed: 'open' }, close: { open: 'closed' } } as const satisfies Record<
  string,
  Partial<Record<SessionState, SessionState>>
>

/** A refused transition is an error, never a silent return. A closed session may be opened again for a latecomer. */
export const move = (state: SessionState, verb: 'open' | 'close'): SessionState => {
  const to = (next[verb] as Partial<Record<SessionState, SessionState>>)[state]
  if (!to) throw new Problem('session.wrong-state', { state })
  return to
}

/** How a seat stands for its proctor, told apart from each other so that they add up to all seats. */
export const standings = ['not-started', 'started', 'held', 'submitted', 'stopped', 'absent', 'declined'] as const
export type SeatStanding = (typeof standings)[number]

type SeatFacts = {
  readonly state: 'not-started' | 'started' | 'submitted' | 'stopped'
  readonly absence: Absence | null
  readonly heldAt: Date | null
}

/** What was received counts before any mark; a finished sheet that has not arrived counts before a mark too. */
export const standingOf = ({ state, absence, heldAt }: SeatFacts): SeatStanding => {
  if (state === 'submitted' || state === 'stopped') return state
  if (state === 'started' && heldAt) return 'held'
  return absence ?? state
}

/** Wrong codes that one session bears before the teacher has to issue new ones; far above what sixty tired pupils mistype. */
export const wrongCodeCap = (seats: number) => Math.max(60, seats * 6)
/** Wrong answers to the second question that one seat bears before its pupil needs another card. */
export const wrongFactorCap = 10

/** How long after the server last heard of her a pupil goes on where she stopped; later it is another day, and she begins anew. */
export const resumeHours = 12

/** A device may be offline for days; its answers are still taken. */
export const tokenDays = 14

/** What a proctor's first page lists besides what is planned and open: what was closed in the last week. */
export const recently = (now: Date) => new Date(now.getTime() - 7 * 86_400_000)
export const mostListed = 200

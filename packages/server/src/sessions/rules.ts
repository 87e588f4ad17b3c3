import type { SessionState } from '../db/tables.ts'
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

/** Wrong codes that one session bears before the teacher has to issue new ones; far above what sixty tired pupils mistype. */
export const wrongCodeCap = (seats: number) => Math.max(60, seats * 6)

/** A device may be offline for days; its answers are still taken. */
export const tokenDays = 14

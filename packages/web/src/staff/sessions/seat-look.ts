import type { StaffKey } from '../../i18n/staff.ts'
import type { Shape, Tone } from '../shell/tag.tsx'
import type { SessionDetail } from '../wire.ts'

export type SeatState = SessionDetail['seats'][number]['state']
type Look = {
  readonly state: SeatState
  readonly count: Exclude<keyof SessionDetail['counts'], 'seats'>
  readonly word: StaffKey
  readonly tone: Tone
  readonly shape: Shape
}

/** Each state of a seat has a word and a shape of its own, the same on the board and in the counts. */
export const seatLooks: readonly Look[] = [
  { state: 'not-started', count: 'notStarted', word: 'session.notStarted', tone: 'quiet', shape: 'ring' },
  { state: 'started', count: 'started', word: 'session.started', tone: 'info', shape: 'half' },
  { state: 'submitted', count: 'submitted', word: 'session.submitted', tone: 'good', shape: 'disc' },
  { state: 'stopped', count: 'stopped', word: 'session.stopped', tone: 'warn', shape: 'square' },
]

export const lookOf = (state: SeatState): Look => seatLooks.find((look) => look.state === state)!

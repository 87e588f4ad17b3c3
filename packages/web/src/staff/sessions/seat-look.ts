import type { StaffKey } from '../../i18n/staff.ts'
import type { Shape, Tone } from '../shell/tag.tsx'
import type { SessionDetail } from '../wire.ts'

export type Seat = SessionDetail['seats'][number]
type Look = {
  readonly state: Seat['state']
  readonly count: Exclude<keyof SessionDetail['counts'], 'seats'>
  readonly word: StaffKey
  readonly tone: Tone
  readonly shape: Shape
}

/** Each state of a seat has a word and a shape of its own, the same on the board and in the counts. */
export const seatLooks: readonly Look[] = [
  { state: 'not-started', count: 'notStarted', word: 'session.notStarted', tone: 'quiet', shape: 'ring' },
  { state: 'started', count: 'started', word: 'session.started', tone: 'info', shape: 'half' },
  { state: 'held', count: 'held', word: 'session.held', tone: 'warn', shape: 'triangle' },
  { state: 'submitted', count: 'submitted', word: 'session.submitted', tone: 'good', shape: 'disc' },
  { state: 'stopped', count: 'stopped', word: 'session.stopped', tone: 'warn', shape: 'square' },
  { state: 'absent', count: 'absent', word: 'session.absent', tone: 'quiet', shape: 'bar' },
  { state: 'declined', count: 'declined', word: 'session.declined', tone: 'quiet', shape: 'square' },
]

export const lookOf = (state: Seat['state']): Look => seatLooks.find((look) => look.state === state)!

const idleAfter = 3 * 60_000 // milliseconds without a word from the device

/** Whole minutes since a pupil who is answering last moved, or null while that is not long. */
export const idleMinutes = ({ state, progress, seenAt }: Seat, now: number): number | null => {
  if (state !== 'started' || progress?.paused || seenAt === null) return null
  const quiet = now - Date.parse(seenAt)
  return quiet < idleAfter ? null : Math.floor(quiet / 60_000)
}

import { memo } from 'preact/compat'
import { useState } from 'preact/hooks'
import { useSpeech } from '../shell/speech.tsx'
import { Mark } from '../shell/tag.tsx'
import { useNow } from '../shell/use-now.ts'
import type { SeatCode, SessionDetail } from '../wire.ts'
import { SeatDialog } from './seat-dialog.tsx'
import { idleMinutes, lookOf, type Seat } from './seat-look.ts'

type TileProps = {
  readonly seat: Seat
  readonly word: string
  readonly more: string
  readonly idle: boolean
  readonly onPick: (seatId: string) => void
}

const SeatTile = memo(
  ({ seat, word, more, idle, onPick }: TileProps) => {
    const look = lookOf(seat.state)
    return (
      <li>
        <button type="button" class={`seat tone-${idle ? 'warn' : look.tone}`} onClick={() => onPick(seat.seatId)}>
          <span class="seat-number">{seat.number}</span>
          <span class="seat-initial">{seat.initial}</span>
          <span class="seat-state">
            <Mark shape={look.shape} /> {word}
          </span>
          {more !== '' && <span class="seat-more">{more}</span>}
        </button>
      </li>
    )
  },
  (before, after) =>
    before.word === after.word &&
    before.more === after.more &&
    before.idle === after.idle &&
    before.seat.state === after.seat.state &&
    before.seat.initial === after.seat.initial,
)

const useMore = () => {
  const { say } = useSpeech()
  return (seat: Seat, idle: number | null): string => {
    if (idle !== null) return say('session.idle', { minutes: idle })
    if (seat.state !== 'started' || !seat.progress || seat.progress.at === 0) return ''
    const { at, of, paused } = seat.progress
    return say(paused ? 'session.pausedAt' : 'session.progress', { at, of })
  }
}

type Props = {
  readonly session: SessionDetail
  readonly onChanged: (session: SessionDetail) => void
  readonly onCodes: (codes: readonly SeatCode[]) => void
}

export const SeatBoard = ({ session, onChanged, onCodes }: Props) => {
  const { say } = useSpeech()
  const now = useNow()
  const more = useMore()
  const [picked, pick] = useState<string | null>(null)
  const seat = session.seats.find(({ seatId }) => seatId === picked)
  return (
    <section class="section">
      <h2>
        {say('session.board')} <span class="muted count">{say('session.boardHint')}</span>
      </h2>
      <ol class="seats">
        {session.seats.map((one) => {
          const idle = session.state === 'open' ? idleMinutes(one, now) : null
          return (
            <SeatTile
              key={one.seatId}
              seat={one}
              word={say(lookOf(one.state).word)}
              more={more(one, idle)}
              idle={idle !== null}
              onPick={pick}
            />
          )
        })}
      </ol>
      {seat && <SeatDialog session={session} seat={seat} onChanged={onChanged} onCodes={onCodes} onClose={() => pick(null)} />}
    </section>
  )
}

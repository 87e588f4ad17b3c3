import { memo } from 'preact/compat'
import { useSpeech } from '../shell/speech.tsx'
import { Mark } from '../shell/tag.tsx'
import type { SessionDetail } from '../wire.ts'
import { lookOf } from './seat-look.ts'

type Seat = SessionDetail['seats'][number]

const SeatTile = memo(
  ({ seat, word }: { readonly seat: Seat; readonly word: string }) => {
    const look = lookOf(seat.state)
    return (
      <li class={`seat tone-${look.tone}`}>
        <span class="seat-number">{seat.number}</span>
        <span class="seat-initial">{seat.initial}</span>
        <span class="seat-state">
          <Mark shape={look.shape} /> {word}
        </span>
      </li>
    )
  },
  (before, after) => before.word === after.word && before.seat.state === after.seat.state && before.seat.initial === after.seat.initial,
)

export const SeatBoard = ({ seats }: { readonly seats: readonly Seat[] }) => {
  const { say } = useSpeech()
  return (
    <section class="section">
      <h2>
        {say('session.board')} <span class="muted count">{say('session.boardHint')}</span>
      </h2>
      <ol class="seats">
        {seats.map((seat) => (
          <SeatTile key={seat.seatId} seat={seat} word={say(lookOf(seat.state).word)} />
        ))}
      </ol>
    </section>
  )
}

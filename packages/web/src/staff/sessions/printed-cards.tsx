// What the printer gets: a list for handing out, without codes and with its date, then A4 pages of cards to cut, without names.
import { QrCode } from '../../ui/qr-code.tsx'
import { Simulated } from '../shell/simulated.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { SeatCode, SessionDetail } from '../wire.ts'
import { pupilAddress, seatLink, spaced } from './address.ts'

type Props = { readonly session: SessionDetail; readonly codes: readonly SeatCode[] }

const HandOutList = ({ session, codes }: Props) => {
  const { say, language } = useSpeech()
  return (
    <section class="sheet-list">
      <h1>
        {session.schoolName} {session.className}
      </h1>
      <p>
        {[clockWords(session.plannedFor, 0, language), session.place, session.proctor.displayName]
          .filter((part) => part !== '')
          .join(' · ')}{' '}
        · {say('plan.minutes', { minutes: session.estimatedMinutes })}
      </p>
      <h2>{say('codes.list')}</h2>
      <p>{say('codes.listHint')}</p>
      <ol class="list-columns">
        {codes.map((card) => (
          <li key={card.seatId}>
            <span class="number">{card.number}</span> {card.name}
          </li>
        ))}
      </ol>
    </section>
  )
}

const SeatCard = ({ session, card }: { readonly session: SessionDetail; readonly card: SeatCode }) => {
  const { say } = useSpeech()
  return (
    <li class="seat-card">
      <div class="seat-card-text">
        <p class="seat-card-class">
          {session.schoolName} {session.className}
        </p>
        <p class="seat-card-seat">
          {say('codes.seat', { number: card.number })} · {card.initial}
        </p>
        <p class="seat-card-code">{spaced(card.code)}</p>
        <p class="seat-card-how">
          {say('codes.openThis')} {pupilAddress(location.origin)}
          <br />
          {say('codes.typeLocator')} <strong>{session.locator}</strong>
        </p>
        <Simulated />
      </div>
      <QrCode text={seatLink(location.origin, session.locator, card.code)} label={say('codes.qr')} />
    </li>
  )
}

export const PrintedCards = ({ session, codes }: Props) => (
  <div class="print-only">
    <HandOutList session={session} codes={codes} />
    <ol class="seat-cards">
      {codes.map((card) => (
        <SeatCard key={card.seatId} session={session} card={card} />
      ))}
    </ol>
  </div>
)

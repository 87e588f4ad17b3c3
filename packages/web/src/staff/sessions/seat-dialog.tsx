// What can be done about one seat: mark who is not here or does not want to, replace a lost card, note what happened.
import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { SeatCode, SessionDetail } from '../wire.ts'
import { NoteForm, SaveNote } from './note-form.tsx'
import { lookOf, type Seat } from './seat-look.ts'

type Props = {
  readonly session: SessionDetail
  readonly seat: Seat
  readonly onChanged: (session: SessionDetail) => void
  readonly onCodes: (codes: readonly SeatCode[]) => void
  readonly onClose: () => void
}

const at = (session: SessionDetail, seat: Seat) => ({ params: { path: { sessionId: session.id, seatId: seat.seatId } } })

const mark = (session: SessionDetail, seat: Seat, absence: 'absent' | 'declined' | null) =>
  answered(server.POST('/api/v1/sessions/{sessionId}/seats/{seatId}/absence', { ...at(session, seat), body: { absence } }))

const replaceCard = (session: SessionDetail, seat: Seat) =>
  answered(server.POST('/api/v1/sessions/{sessionId}/seats/{seatId}/code', at(session, seat)))

const marks = [
  { absence: 'absent', word: 'seat.markAbsent' },
  { absence: 'declined', word: 'seat.markDeclined' },
] as const

export const SeatDialog = ({ session, seat, onChanged, onCodes, onClose }: Props) => {
  const { say } = useSpeech()
  const [noting, note] = useState(false)
  const marking = useAction(mark)
  const replacing = useAction(replaceCard)
  const received = seat.state === 'submitted' || seat.state === 'stopped'
  const isMarked = seat.state === 'absent' || seat.state === 'declined'
  const markAs = async (absence: 'absent' | 'declined' | null) => {
    const changed = await marking.run(session, seat, absence)
    if (!changed) return
    onChanged(changed)
    onClose()
  }
  const newCard = async () => {
    const made = await replacing.run(session, seat)
    if (!made) return
    onCodes(made.codes)
    onClose()
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.close')}
      </button>
      {noting && <SaveNote />}
    </>
  )
  const noted = (changed: SessionDetail) => {
    onChanged(changed)
    onClose()
  }
  return (
    <Dialog title={say('seat.title', { number: seat.number, initial: seat.initial ?? '' })} onClose={onClose} actions={actions}>
      <p class="seat-now">{say('seat.now', { state: say(lookOf(seat.state).word) })}</p>
      {!received && (
        <div class="stack">
          {!isMarked &&
            marks.map(({ absence, word }) => (
              <button key={absence} type="button" class="button" disabled={marking.busy} onClick={() => void markAs(absence)}>
                {say(word)}
              </button>
            ))}
          {isMarked && (
            <button type="button" class="button" disabled={marking.busy} onClick={() => void markAs(null)}>
              {say('seat.unmark')}
            </button>
          )}
          {session.state !== 'closed' && (
            <>
              <button type="button" class="button" disabled={replacing.busy} onClick={() => void newCard()}>
                {say('seat.newCard')}
              </button>
              <p class="field-hint">{say('seat.newCardHint')}</p>
            </>
          )}
        </div>
      )}
      <Refused refusal={marking.refusal ?? replacing.refusal} />
      {noting ? (
        <NoteForm session={session} seatId={seat.seatId} onNoted={noted} />
      ) : (
        <p>
          <button type="button" class="button" onClick={() => note(true)}>
            {say('note.add')}
          </button>
        </p>
      )}
    </Dialog>
  )
}

// What happened in the room, as it was noted: of the class or of one seat.
import { useState } from 'preact/hooks'
import { Dialog } from '../shell/dialog.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { SessionDetail } from '../wire.ts'
import { NoteForm, SaveNote } from './note-form.tsx'

type Props = { readonly session: SessionDetail; readonly onChanged: (session: SessionDetail) => void }

export const Notes = ({ session, onChanged }: Props) => {
  const { say, language } = useSpeech()
  const [adding, add] = useState(false)
  const numberOf = (seatId: string) => session.seats.find((seat) => seat.seatId === seatId)?.number ?? ''
  const noted = (changed: SessionDetail) => {
    onChanged(changed)
    add(false)
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={() => add(false)}>
        {say('shell.cancel')}
      </button>
      <SaveNote />
    </>
  )
  return (
    <section class="section">
      <h2>{say('note.title')}</h2>
      {session.notes.length === 0 ? (
        <p class="muted">{say('note.none')}</p>
      ) : (
        <ul class="notes">
          {session.notes.map((note) => (
            <li key={note.noteId}>
              <span class="muted">{clockWords(note.notedAt, Date.now(), language)}</span>{' '}
              <strong>
                {note.seatId === null ? say('note.class') : say('codes.seat', { number: numberOf(note.seatId) })} ·{' '}
                {say(`note.${note.kind}`)}
              </strong>{' '}
              {note.words}
            </li>
          ))}
        </ul>
      )}
      <p class="no-print">
        <button type="button" class="button" onClick={() => add(true)}>
          {say('note.add')}
        </button>
      </p>
      {adding && (
        <Dialog title={say('note.add')} onClose={() => add(false)} actions={actions}>
          <NoteForm session={session} seatId={null} onNoted={noted} />
        </Dialog>
      )}
    </section>
  )
}

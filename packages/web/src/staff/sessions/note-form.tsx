import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Choice } from '../shell/choice.tsx'
import { Field } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { SessionDetail } from '../wire.ts'

type Kind = SessionDetail['notes'][number]['kind']
const noteKinds: readonly Kind[] = ['noise', 'interruption', 'read-aloud', 'other']

const add = (sessionId: string, seatId: string | null, kind: Kind, words: string) =>
  answered(server.POST('/api/v1/sessions/{sessionId}/notes', { params: { path: { sessionId } }, body: { seatId, kind, words } }))

type Props = {
  readonly session: SessionDetail
  /** Null for the whole class. */
  readonly seatId: string | null
  readonly onNoted: (session: SessionDetail) => void
}

/** Stands among the buttons of the dialog that holds the form. */
export const SaveNote = () => {
  const { say } = useSpeech()
  return (
    <button type="submit" form="note" class="button button-primary">
      {say('note.save')}
    </button>
  )
}

export const NoteForm = ({ session, seatId, onNoted }: Props) => {
  const { say } = useSpeech()
  const [kind, setKind] = useState<Kind | null>(null)
  const [words, setWords] = useState('')
  const [told, setTold] = useState(false)
  const adding = useAction(add)
  const submit = async (event: Event) => {
    event.preventDefault()
    setTold(kind === null)
    if (kind === null) return
    const changed = await adding.run(session.id, seatId, kind, words)
    if (!changed) return
    setKind(null)
    setWords('')
    onNoted(changed)
  }
  return (
    <form id="note" class="form" onSubmit={submit}>
      <Choice
        legend={say('note.kind')}
        options={noteKinds.map((value) => ({ value, label: say(`note.${value}`) }))}
        value={kind}
        onValue={setKind}
      />
      <p class="field-error" role="alert">
        {told && kind === null ? say('note.chooseKind') : ''}
      </p>
      <Field label={say('note.words')} hint={say('note.wordsHint')} value={words} onValue={setWords} maxLength={300} autoComplete="off" />
      <Refused refusal={adding.refusal} />
    </form>
  )
}

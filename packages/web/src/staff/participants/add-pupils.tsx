import { useMemo } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Dialog } from '../shell/dialog.tsx'
import { TextArea } from '../shell/field.tsx'
import { Missing, useMissing } from '../shell/missing.tsx'
import { Refused } from '../shell/refused.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { NewPupil, Participant } from '../wire.ts'
import { ListFaults, ListPreview } from './list-preview.tsx'
import { repeated } from './namesakes.ts'
import { type PupilList, readList, readyPupils } from './read-list.ts'

const add = (classId: string, participants: readonly NewPupil[]) =>
  answered(
    server.POST('/api/v1/classes/{classId}/participants', { params: { path: { classId } }, body: { participants: [...participants] } }),
  )

const stateWords = (say: Say, text: string, { rows, faults }: PupilList): string => {
  if (text.trim() === '') return say('list.notYet')
  if (faults.length > 0) return ''
  if (rows.length === 0) return say('list.headerOnly')
  const wrong = rows.filter((row) => !row.pupil).length
  return wrong > 0 ? say('list.wrong', { count: rows.length, wrong }) : say('list.ready', { count: rows.length })
}

const missingWords = (text: string, { rows, faults }: PupilList) => {
  if (text.trim() === '') return 'list.pasteFirst'
  return rows.length === 0 && faults.length === 0 ? 'list.headerOnly' : 'list.correctFirst'
}

type Props = {
  readonly classId: string
  readonly enrolled: readonly Participant[]
  /** Kept by the page, so that a dialog closed by mistake loses nothing. */
  readonly text: string
  readonly onText: (text: string) => void
  readonly onAdded: (count: number) => void
  readonly onClose: () => void
}

export const AddPupils = ({ classId, enrolled, text, onText, onAdded, onClose }: Props) => {
  const { say } = useSpeech()
  const list = useMemo(() => readList(text, new Date(), enrolled), [text, enrolled])
  const pupils = readyPupils(list)
  const namesakes = repeated([...enrolled, ...(pupils ?? [])].map(({ name }) => name))
  const adding = useAction(add)
  const missing = useMissing(pupils ? null : say(missingWords(text, list)))
  const write = (next: string) => {
    adding.forget()
    onText(next)
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!missing.isWhole()) return
    const made = pupils && (await adding.run(classId, pupils))
    if (made) onAdded(made.participantIds.length)
  }
  const actions = (
    <>
      <Missing said={missing.said} />
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="add-pupils" class="button button-primary" disabled={adding.busy}>
        {pupils ? say('list.submit', { count: pupils.length }) : say('list.add')}
      </button>
    </>
  )
  return (
    <Dialog title={say('list.add')} onClose={onClose} actions={actions} wide>
      <form id="add-pupils" class="form" onSubmit={submit}>
        <TextArea
          label={say('list.text')}
          hint={say('list.hint')}
          value={text}
          onValue={write}
          rows={6}
          placeholder={say('list.example')}
          table
        />
        <p class={pupils ? 'list-state list-ready' : 'list-state'} role="status">
          {adding.refusal ? '' : stateWords(say, text, list)}
        </p>
        <ListFaults list={list} />
        <Refused refusal={adding.refusal} />
        {list.ignored.length > 0 && <p class="muted">{say('list.ignored', { names: list.ignored.join(', ') })}</p>}
        {pupils && namesakes.length > 0 && <p class="muted">{say('roster.namesakes', { names: namesakes.join('、') })}</p>}
        <ListPreview list={list} refusedRow={adding.refusal?.row ?? null} />
      </form>
    </Dialog>
  )
}

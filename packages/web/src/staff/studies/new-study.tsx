import { useId, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Dialog } from '../shell/dialog.tsx'
import { TextArea } from '../shell/field.tsx'
import { Missing, useMissing } from '../shell/missing.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Protocol } from '../wire.ts'
import { ProtocolPreview } from './protocol-preview.tsx'
import { readProtocolText } from './protocol-text.ts'

const create = (value: object) => answered(server.POST('/api/v1/studies', { body: { protocol: value as Protocol } })) // its shape is the server's to judge

const FileField = ({ onText }: { readonly onText: (text: string) => void }) => {
  const { say } = useSpeech()
  const id = useId()
  const [name, setName] = useState('')
  const take = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    if (!file) return
    onText(await new Response(file).text())
    setName(file.name)
    input.value = '' // the same file, corrected, can be chosen again
  }
  return (
    <div class="file-field">
      <input id={id} type="file" accept=".json,application/json" onChange={(event) => void take(event.currentTarget)} />
      <label for={id} class="button">
        {say('newStudy.file')}
      </label>
      <span class="muted" role="status">
        {name && say('newStudy.taken', { name })}
      </span>
    </div>
  )
}

export const NewStudy = ({ onClose }: { readonly onClose: () => void }) => {
  const { say, language } = useSpeech()
  const { route } = useLocation()
  const [text, setText] = useState('')
  const creating = useAction(create)
  const read = readProtocolText(text, language)
  const missing = useMissing(read.kind === 'protocol' ? null : say(text.trim() === '' ? 'newStudy.giveFirst' : 'newStudy.correctFirst'))
  const write = (next: string) => {
    creating.forget()
    setText(next)
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!missing.isWhole()) return
    const study = read.kind === 'protocol' && (await creating.run(read.value))
    if (study) route(`/studies/${study.id}`)
  }
  const fault =
    read.kind === 'not-json'
      ? say('newStudy.notJson', { line: read.line, column: read.column })
      : read.kind === 'not-object'
        ? say('newStudy.notObject')
        : null
  const actions = (
    <>
      <Missing said={missing.said} />
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="new-study" class="button button-primary" disabled={creating.busy}>
        {say('newStudy.submit')}
      </button>
    </>
  )
  return (
    <Dialog title={say('newStudy.title')} onClose={onClose} actions={actions} wide>
      <form id="new-study" class="form" onSubmit={submit}>
        <p>{say('newStudy.intro')}</p>
        <FileField onText={write} />
        <TextArea label={say('newStudy.text')} error={fault} value={text} onValue={write} rows={6} table />
        <Refused refusal={creating.refusal} />
        {read.kind === 'protocol' && <ProtocolPreview preview={read.preview} />}
      </form>
    </Dialog>
  )
}

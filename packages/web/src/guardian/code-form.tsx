import { useState } from 'preact/hooks'
import { useSpeech } from './speech.ts'
import { type Confirmed, confirm } from './wire.ts'

type Props = { readonly token: string; readonly onConfirmed: (code: string, confirmed: Confirmed) => void }

export const CodeForm = ({ token, onConfirmed }: Props) => {
  const { say } = useSpeech()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const submit = async (event: Event) => {
    event.preventDefault()
    if (code.trim() === '') setWrong(say('code.needed'))
    if (busy || code.trim() === '') return
    setBusy(true)
    setWrong(null)
    try {
      onConfirmed(code, await confirm(token, code))
    } catch (error) {
      setWrong((error as Error).message || say('unreachable'))
    }
    setBusy(false)
  }
  return (
    <form class="card" onSubmit={submit}>
      <h2>{say('code.title')}</h2>
      <div class={wrong ? 'field field-wrong' : 'field'}>
        <label for="code">{say('code.label')}</label>
        <input
          id="code"
          class="code"
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
          maxLength={12}
          aria-describedby="code-hint code-wrong"
        />
        <p id="code-hint" class="field-hint">
          {say('code.hint')}
        </p>
        <p id="code-wrong" class="field-error" role="alert">
          {wrong ?? ''}
        </p>
      </div>
      <button type="submit" class="button button-primary wide" disabled={busy}>
        {say('code.go')}
      </button>
    </form>
  )
}

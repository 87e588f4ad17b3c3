import { useRef, useState } from 'preact/hooks'
import { useSpeech } from '../../shell/speech.tsx'
import { base64Of, mostBytes } from './file-text.ts'

type Props = {
  readonly again: boolean
  readonly busy: boolean
  readonly onFile: (file: { readonly name: string; readonly file: string }) => void
}

/** A file by button or by drag and drop. What the browser itself cannot take is told here. */
export const ChooseFile = ({ again, busy, onFile }: Props) => {
  const { say } = useSpeech()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [trouble, setTrouble] = useState('')
  const take = async (file: File | undefined) => {
    if (!file || busy) return
    setTrouble('')
    if (file.size > mostBytes) return setTrouble(say('roster.tooLarge', { name: file.name }))
    try {
      onFile({ name: file.name, file: await base64Of(file) })
    } catch {
      setTrouble(say('roster.unreadable', { name: file.name }))
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer?.files[0])
  }
  return (
    <section
      class={over ? 'drop drop-over' : 'drop'}
      aria-label={say('roster.choose')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>
        {say('roster.drop')}{' '}
        <button type="button" class={again ? 'button' : 'button button-primary'} disabled={busy} onClick={() => input.current?.click()}>
          {say(again ? 'roster.chooseOther' : 'roster.choose')}
        </button>
      </p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.csv,.tsv,.txt,.xls"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0])
          event.currentTarget.value = '' // the same file may be chosen again after it was corrected
        }}
      />
      {!again && <p class="field-hint">{say('roster.kinds')}</p>}
      {trouble && (
        <p class="notice notice-error" role="alert">
          {trouble}
        </p>
      )}
    </section>
  )
}

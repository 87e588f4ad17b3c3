import { useRef, useState } from 'preact/hooks'
import { useSpeech } from './speech.tsx'

/** A link that is shown once: selectable, and copied by a button also where the clipboard interface needs https. */
export const CopyLine = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { say } = useSpeech()
  const line = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = () => {
    line.current?.select()
    setCopied(document.execCommand('copy'))
  }
  return (
    <div class="copy-line">
      <input ref={line} readOnly value={text} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="button" onClick={copy}>
        {say('shell.copy')}
      </button>
      <span class="copy-done" role="status">
        {copied ? say('shell.copied') : ''}
      </span>
    </div>
  )
}

import { useLayoutEffect, useRef } from 'preact/hooks'
import { useSettled } from '../frame/use-settled.ts'
import { useSpeech } from '../speech.ts'

type Props = { readonly onStop: () => void; readonly onGoOn: () => void }

/** Takes the question's place while it asks, so nothing behind it can be reached. */
export const StopDialog = ({ onStop, onGoOn }: Props) => {
  const { say } = useSpeech()
  const settled = useSettled()
  const goOn = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    goOn.current?.focus()
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onGoOn()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
  return (
    <div class="dialog" role="alertdialog" aria-modal="true" aria-labelledby="stop-title" aria-describedby="stop-body">
      <h1 id="stop-title">{say('stop.title')}</h1>
      <p id="stop-body" class="lead">
        {say('stop.body')}
      </p>
      <div class="actions">
        <button type="button" class="primary" ref={goOn} onClick={onGoOn}>
          {say('stop.no')}
        </button>
        <button type="button" disabled={!settled} onClick={onStop}>
          {say('stop.yes')}
        </button>
      </div>
    </div>
  )
}

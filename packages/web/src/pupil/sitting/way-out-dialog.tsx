import { useLayoutEffect, useRef } from 'preact/hooks'
import { useSettled } from '../frame/use-settled.ts'
import { useSpeech } from '../speech.ts'

type Props = { readonly asks: 'stop' | 'decline'; readonly onLeave: () => void; readonly onGoOn: () => void }

/** Takes the question's place while it asks, so nothing behind it can be reached. */
export const WayOutDialog = ({ asks, onLeave, onGoOn }: Props) => {
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
    <div class="dialog" role="alertdialog" aria-modal="true" aria-labelledby="way-out-title" aria-describedby="way-out-body">
      <h1 id="way-out-title">{say(`${asks}.title`)}</h1>
      <p id="way-out-body" class="lead">
        {say(`${asks}.body`)}
      </p>
      <div class="actions">
        <button type="button" class="primary" ref={goOn} onClick={onGoOn}>
          {say(`${asks}.no`)}
        </button>
        <button type="button" disabled={!settled} onClick={onLeave}>
          {say(`${asks}.yes`)}
        </button>
      </div>
    </div>
  )
}

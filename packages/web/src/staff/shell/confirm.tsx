import type { Refusal } from '../refusal.ts'
import { Dialog } from './dialog.tsx'
import { Refused } from './refused.tsx'
import { useSpeech } from './speech.tsx'

type Props = {
  readonly title: string
  readonly body: string
  readonly verb: string
  readonly busy: boolean
  readonly refusal: Refusal | null
  readonly danger?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}

export const Confirm = ({ title, body, verb, busy, refusal, danger = false, onConfirm, onClose }: Props) => {
  const { say } = useSpeech()
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="button" class={danger ? 'button button-danger' : 'button button-primary'} disabled={busy} onClick={onConfirm}>
        {verb}
      </button>
    </>
  )
  return (
    <Dialog title={title} onClose={onClose} actions={actions}>
      <p>{body}</p>
      <Refused refusal={refusal} />
    </Dialog>
  )
}

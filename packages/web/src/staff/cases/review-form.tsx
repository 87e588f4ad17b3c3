import { useId, useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Choice } from '../shell/choice.tsx'
import { Confirm } from '../shell/confirm.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Flag } from '../wire.ts'
import { type Decision, decisionWords, reviewFault } from './review.ts'

const record = (flagId: string, decision: Decision, reason: string) =>
  answered(server.POST('/api/v1/flags/{flagId}/review', { params: { path: { flagId } }, body: { decision, reason } }))

const decisions: readonly Decision[] = ['confirmed', 'dismissed']

export const ReviewForm = ({ flag, onReviewed }: { readonly flag: Flag; readonly onReviewed: (flag: Flag) => void }) => {
  const { say } = useSpeech()
  const reasonId = useId()
  const [decision, setDecision] = useState<Decision | null>(null)
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const [told, setTold] = useState(false)
  const recording = useAction(record)
  const fault = reviewFault(decision, reason)
  const submit = (event: Event) => {
    event.preventDefault()
    setTold(fault !== null)
    setAsking(fault === null)
  }
  const go = async () => {
    const reviewed = decision && (await recording.run(flag.flagId, decision, reason.trim()))
    if (reviewed) onReviewed(reviewed)
  }
  return (
    <form class="review" onSubmit={submit} noValidate>
      <Choice
        legend={say('case.decision')}
        options={decisions.map((value) => ({ value, label: say(decisionWords(flag.kind, value).choose) }))}
        value={decision}
        onValue={setDecision}
      />
      <div class="field">
        <label for={reasonId}>{say('case.reason')}</label>
        <textarea
          id={reasonId}
          rows={2}
          maxLength={2000}
          value={reason}
          aria-describedby={`${reasonId}-hint`}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <p id={`${reasonId}-hint`} class="field-hint">
          {say('case.reasonHint')}
        </p>
        <p class="field-error" role="alert">
          {told && fault ? say(fault) : ''}
        </p>
      </div>
      <button type="submit" class="button button-primary">
        {say('case.submit')}
      </button>
      {asking && (
        <Confirm
          title={say('case.submitTitle')}
          body={say('case.submitBody')}
          verb={say('case.submit')}
          busy={recording.busy}
          refusal={recording.refusal}
          onConfirm={() => void go()}
          onClose={() => setAsking(false)}
        />
      )}
    </form>
  )
}

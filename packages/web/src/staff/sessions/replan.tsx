import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { hourOf, instantOf } from '../time.ts'
import type { SessionDetail } from '../wire.ts'
import { type Plan, PlanFields, useProctors } from './plan-fields.tsx'

const save = (sessionId: string, plannedFor: string, { place, proctorId }: Plan) =>
  answered(server.POST('/api/v1/sessions/{sessionId}/plan', { params: { path: { sessionId } }, body: { plannedFor, place, proctorId } }))

type Props = { readonly session: SessionDetail; readonly onChanged: (session: SessionDetail) => void; readonly onClose: () => void }

export const Replan = ({ session, onChanged, onClose }: Props) => {
  const { say } = useSpeech()
  const { plannedFor, place, proctor } = session
  const [plan, setPlan] = useState<Plan>({ ...hourOf(new Date(plannedFor)), place, proctorId: proctor.accountId })
  const proctors = useProctors(session.schoolId)
  const saving = useAction(save)
  const instant = instantOf(plan)
  const submit = async (event: Event) => {
    event.preventDefault()
    const changed = instant && (await saving.run(session.id, instant, plan))
    if (!changed) return
    onChanged(changed)
    onClose()
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="replan" class="button button-primary" disabled={saving.busy}>
        {say('plan.save')}
      </button>
    </>
  )
  return (
    <Dialog title={say('plan.change')} onClose={onClose} actions={actions}>
      <form id="replan" class="form" onSubmit={submit}>
        <PlanFields plan={plan} proctors={proctors} onPlan={setPlan} />
        <Refused refusal={saving.refusal} />
      </form>
    </Dialog>
  )
}

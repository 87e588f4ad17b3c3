// When, where and by whom: the same fields when a session is planned and when its plan is changed.
import { answered, server } from '../server.ts'
import { Field, Select } from '../shell/field.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { Hour } from '../time.ts'

export type Plan = Hour & { readonly place: string; readonly proctorId: string }

export const useProctors = (schoolId: string) => {
  const request = useRequest(
    () => answered(server.GET('/api/v1/schools/{schoolId}/proctors', { params: { path: { schoolId } } })),
    [schoolId],
  )
  return request.kind === 'ready' ? request.value.proctors : []
}

type Props = {
  readonly plan: Plan
  readonly proctors: readonly { readonly accountId: string; readonly displayName: string }[]
  readonly onPlan: (plan: Plan) => void
}

export const PlanFields = ({ plan, proctors, onPlan }: Props) => {
  const { say } = useSpeech()
  return (
    <>
      <div class="fields">
        <Field label={say('plan.date')} type="date" value={plan.date} onValue={(date) => onPlan({ ...plan, date })} required />
        <Field label={say('plan.time')} type="time" value={plan.time} onValue={(time) => onPlan({ ...plan, time })} required />
      </div>
      <Field
        label={say('plan.place')}
        hint={say('plan.placeHint')}
        maxLength={60}
        autoComplete="off"
        value={plan.place}
        onValue={(place) => onPlan({ ...plan, place })}
      />
      <Select
        label={say('plan.proctor')}
        value={plan.proctorId}
        onValue={(proctorId) => onPlan({ ...plan, proctorId })}
        choices={proctors.map(({ accountId, displayName }) => ({ value: accountId, label: displayName }))}
      />
    </>
  )
}

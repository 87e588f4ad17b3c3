import { useEffect, useState } from 'preact/hooks'
import { answered, server } from '../../server.ts'
import { Field, Select } from '../../shell/field.tsx'
import { Refused } from '../../shell/refused.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useRequest } from '../../shell/use-request.ts'
import type { Unit, YearPlan, YearState, YearWish } from '../../wire.ts'
import { ClassesTable } from './classes-table.tsx'
import { complete } from './wish.ts'

const planOf = (unitId: string, wish: YearWish) =>
  answered(server.POST('/api/v1/units/{unitId}/school-year/plan', { params: { path: { unitId } }, body: wish }))
const turn = (unitId: string, wish: YearWish, planHash: string, confirm: string) =>
  answered(server.POST('/api/v1/units/{unitId}/school-year', { params: { path: { unitId } }, body: { ...wish, planHash, confirm } }))

type Props = {
  readonly school: Unit
  readonly units: readonly Unit[]
  readonly state: YearState
  readonly onTurned: (label: string) => void
}

/** The plan for a wish; while another is asked for, the last one stays to be read. */
const usePlan = (schoolId: string, wish: YearWish) => {
  const told = complete(wish)
  const request = useRequest(() => planOf(schoolId, told), [schoolId, JSON.stringify(told)])
  const [last, setLast] = useState<YearPlan | null>(null)
  useEffect(() => {
    if (request.kind === 'ready') setLast(request.value)
  }, [request])
  return { request, plan: request.kind === 'ready' ? request.value : last, told }
}

export const TurnForm = ({ school, units, state, onTurned }: Props) => {
  const { say } = useSpeech()
  const [wish, setWish] = useState<YearWish>({ label: state.label, lastGrade: state.lastGrade, classes: [], pupils: [] })
  const [confirm, setConfirm] = useState('')
  const { request, plan, told } = usePlan(school.id, wish)
  const turning = useAction(turn)
  const ready = request.kind === 'ready' && request.value.undecided === 0 && confirm.trim() === wish.label
  const submit = async (event: Event) => {
    event.preventDefault()
    if (request.kind === 'ready' && (await turning.run(school.id, told, request.value.planHash, confirm.trim()))) onTurned(wish.label)
  }
  return (
    <form class="form" onSubmit={submit}>
      <div class="columns">
        <Field
          label={say('year.label')}
          hint={say('year.labelHint')}
          value={wish.label}
          onValue={(label) => setWish({ ...wish, label: label.trim() })}
          maxLength={9}
          autoComplete="off"
        />
        <Select
          label={say('year.lastGrade')}
          value={String(wish.lastGrade)}
          onValue={(value) => setWish({ ...wish, lastGrade: Number(value) })}
          choices={Array.from({ length: 12 }, (_, at) => ({ value: String(at + 1), label: say('year.grade', { grade: at + 1 }) }))}
        />
      </div>
      {request.kind === 'failed' && <Refused refusal={request.refusal} />}
      {plan && <ClassesTable plan={plan} units={units} schoolId={school.id} wish={wish} onWish={setWish} />}
      {plan && (
        <p role="status">
          {say('year.sum', plan.counts)} {plan.undecided > 0 && <b>{say('year.undecided', { count: plan.undecided })}</b>}
        </p>
      )}
      <div class="year-confirm">
        <Field label={say('year.confirm', { label: wish.label })} value={confirm} onValue={setConfirm} maxLength={9} autoComplete="off" />
      </div>
      <Refused refusal={turning.refusal} />
      <p class="button-row">
        <button type="submit" class="button button-primary" disabled={!ready || turning.busy}>
          {say('year.go')}
        </button>
      </p>
    </form>
  )
}

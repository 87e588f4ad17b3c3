import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { answered, server } from '../server.ts'
import { holdCodes } from '../sessions/held-codes.ts'
import { type Plan, PlanFields, useProctors } from '../sessions/plan-fields.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Select } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import { hourOf, instantOf } from '../time.ts'
import type { InstrumentListed, StudyListed } from '../wire.ts'

const factors = ['none', 'birth-day', 'student-number-tail'] as const
type Wish = { readonly classId: string; readonly studyId: string; readonly wave: string; readonly secondFactor: (typeof factors)[number] }

const create = (wish: Wish, plannedFor: string, { place, proctorId }: Plan) =>
  answered(server.POST('/api/v1/sessions', { body: { ...wish, plannedFor, place, proctorId } }))

const minutesOf = (battery: StudyListed['waves'][number]['battery'], instruments: readonly InstrumentListed[]) =>
  battery.reduce((sum, asked) => {
    const known = instruments.find(({ id, version }) => id === asked.instrument && version === asked.version)
    return sum + (known?.estimatedMinutes ?? 0)
  }, 0)

type Props = {
  readonly classId: string
  readonly schoolId: string
  readonly studies: readonly StudyListed[]
  readonly onClose: () => void
}

/** Where nothing can be asked yet: who makes it so. */
export const NothingToAsk = ({ onClose }: Pick<Props, 'onClose'>) => {
  const { say } = useSpeech()
  const actions = (
    <button type="button" class="button" onClick={onClose}>
      {say('shell.close')}
    </button>
  )
  return (
    <Dialog title={say('class.plan')} onClose={onClose} actions={actions}>
      <p>{say('class.noStudies')}</p>
    </Dialog>
  )
}

export const PlanSession = ({ classId, schoolId, studies, onClose }: Props) => {
  const { say, pick } = useSpeech()
  const { route } = useLocation()
  const [studyId, setStudyId] = useState(studies[0]?.id ?? '')
  const waves = studies.find((study) => study.id === studyId)?.waves ?? []
  const [chosen, setWave] = useState('')
  const wave = waves.some((known) => known.id === chosen) ? chosen : (waves[0]?.id ?? '')
  const { me } = useStaff()
  const proctors = useProctors(schoolId)
  const library = useRequest(() => answered(server.GET('/api/v1/instruments')), [])
  const [plan, setPlan] = useState<Plan>({ ...hourOf(new Date()), place: '', proctorId: me.account.id })
  const [secondFactor, askFor] = useState<Wish['secondFactor']>('none')
  const instant = instantOf(plan)
  const planning = useAction(create)
  const battery = waves.find((known) => known.id === wave)?.battery ?? []
  const minutes = library.kind === 'ready' ? minutesOf(battery, library.value.instruments) : 0
  const submit = async (event: Event) => {
    event.preventDefault()
    const session = instant && (await planning.run({ classId, studyId, wave, secondFactor }, instant, plan))
    if (!session) return
    holdCodes(session.id, session.codes)
    route(`/sessions/${session.id}`)
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="plan-session" class="button button-primary" disabled={planning.busy}>
        {say('class.create')}
      </button>
    </>
  )
  return (
    <Dialog title={say('class.plan')} onClose={onClose} actions={actions}>
      <form id="plan-session" class="form" onSubmit={submit}>
        <Select
          label={say('class.study')}
          value={studyId}
          onValue={setStudyId}
          choices={studies.map((study) => ({ value: study.id, label: pick(study.title) }))}
        />
        <Select
          label={say('class.wave')}
          value={wave}
          onValue={setWave}
          choices={waves.map((known) => ({ value: known.id, label: pick(known.label) }))}
          {...(minutes > 0 && { hint: say('plan.minutes', { minutes }) })}
        />
        <PlanFields plan={plan} proctors={proctors} onPlan={setPlan} />
        <Select
          label={say('factor.label')}
          hint={say('factor.hint')}
          value={secondFactor}
          onValue={(value) => askFor(factors.find((factor) => factor === value) ?? 'none')}
          choices={factors.map((factor) => ({ value: factor, label: say(`factor.${factor}`) }))}
        />
        <p>{say('class.noSessionsHint')}</p>
        <p>{say('class.createHint')}</p>
        <Refused refusal={planning.refusal} />
      </form>
    </Dialog>
  )
}

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { answered, server } from '../server.ts'
import { holdCodes } from '../sessions/held-codes.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Select } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { StudyListed } from '../wire.ts'

const plan = (classId: string, studyId: string, wave: string) =>
  answered(server.POST('/api/v1/sessions', { body: { classId, studyId, wave } }))

type Props = { readonly classId: string; readonly studies: readonly StudyListed[]; readonly onClose: () => void }

export const PlanSession = ({ classId, studies, onClose }: Props) => {
  const { say, pick } = useSpeech()
  const { route } = useLocation()
  const [studyId, setStudyId] = useState(studies[0]?.id ?? '')
  const waves = studies.find((study) => study.id === studyId)?.waves ?? []
  const [chosen, setWave] = useState('')
  const wave = waves.some((known) => known.id === chosen) ? chosen : (waves[0]?.id ?? '')
  const planning = useAction(plan)
  const submit = async (event: Event) => {
    event.preventDefault()
    const session = await planning.run(classId, studyId, wave)
    if (!session) return
    holdCodes(session.id, session.codes)
    route(`/sessions/${session.id}`)
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="plan-session" class="button button-primary" disabled={planning.busy || wave === ''}>
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
        />
        <p>{say('class.noSessionsHint')}</p>
        <p>{say('class.createHint')}</p>
        <Refused refusal={planning.refusal} />
      </form>
    </Dialog>
  )
}

import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Checklist } from '../shell/checklist.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { Empty } from '../shell/empty.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import { pathOf } from '../units/tree.ts'
import type { Study, Unit } from '../wire.ts'
import { isTrial } from './protocol.ts'

const add = (studyId: string, schoolIds: readonly string[]) =>
  answered(server.POST('/api/v1/studies/{studyId}/schools', { params: { path: { studyId } }, body: { schoolIds: [...schoolIds] } }))

const outside = (study: Study, units: readonly Unit[]) =>
  units
    .filter((unit) => unit.kind === 'school' && study.schools.every((school) => school.schoolId !== unit.id))
    .map((unit) => ({ id: unit.id, label: pathOf(unit, units) }))

const Schools = ({ items, some, chosen, onChosen }: Omit<Parameters<typeof Checklist>[0], 'legend'> & { readonly some: boolean }) => {
  const { say } = useSpeech()
  if (items.length > 0) return <Checklist legend={say('home.schools')} items={items} chosen={chosen} onChosen={onChosen} />
  return <Empty title={say(some ? 'schools.allIn' : 'units.emptyTitle')} hint={say(some ? 'schools.allInHint' : 'schools.noneHint')} />
}

type Props = { readonly study: Study; readonly onAdded: () => void; readonly onClose: () => void }

export const AddSchools = ({ study, onAdded, onClose }: Props) => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [told, setTold] = useState(false)
  const adding = useAction(add)
  const submit = async (event: Event) => {
    event.preventDefault()
    setTold(chosen.size === 0)
    if (chosen.size > 0 && (await adding.run(study.id, Array.from(chosen)))) onAdded()
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="add-schools" class="button button-primary" disabled={adding.busy}>
        {chosen.size === 0 ? say('schools.add') : say('schools.submit', { count: chosen.size })}
      </button>
    </>
  )
  return (
    <Dialog title={say('schools.add')} onClose={onClose} actions={actions} wide>
      <form id="add-schools" class="form" onSubmit={submit}>
        <p>{say(isTrial(study.protocol) ? 'schools.intro' : 'screening.schoolsIntro')}</p>
        <Answer to={request}>
          {({ units }) => (
            <Schools
              items={outside(study, units)}
              some={units.some((unit) => unit.kind === 'school')}
              chosen={chosen}
              onChosen={setChosen}
            />
          )}
        </Answer>
        <p class="field-error" role="alert">
          {told && chosen.size === 0 ? say('schools.chooseFirst') : ''}
        </p>
        <Refused refusal={adding.refusal} />
      </form>
    </Dialog>
  )
}

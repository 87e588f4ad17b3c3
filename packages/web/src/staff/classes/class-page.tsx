import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { pathInSchool } from '../units/tree.ts'
import { PlanSession } from './plan-session.tsx'
import { Roster } from './roster.tsx'
import { SessionsOfClass } from './sessions-of-class.tsx'

const everything = async (classId: string) => {
  const path = { classId }
  const [{ units }, { sessions }, { studies }] = await Promise.all([
    answered(server.GET('/api/v1/units')),
    answered(server.GET('/api/v1/classes/{classId}/sessions', { params: { path } })),
    answered(server.GET('/api/v1/studies')),
  ])
  const unit = units.find((candidate) => candidate.id === classId)
  const school = units.find((candidate) => candidate.id === unit?.schoolId)
  return { name: unit ? pathInSchool(unit, units) : '', schoolName: school?.name ?? '', sessions, studies }
}

const ClassDesk = ({ classId }: { readonly classId: string }) => {
  const { say } = useSpeech()
  const request = useRequest(() => everything(classId), [classId])
  const [planning, setPlanning] = useState(false)
  const ready = request.kind === 'ready' ? request.value : null
  const actions = (
    <button type="button" class="button button-primary" disabled={!ready || ready.studies.length === 0} onClick={() => setPlanning(true)}>
      {say('class.plan')}
    </button>
  )
  return (
    <Page
      title={say('unit.class')}
      heading={ready?.name}
      lead={ready?.schoolName}
      trail={[{ label: say('classes.title'), href: '/classes' }]}
      actions={actions}
    >
      <Answer to={request}>
        {({ sessions, studies }) => (
          <>
            <SessionsOfClass sessions={sessions} studies={studies} />
            {planning && <PlanSession classId={classId} studies={studies} onClose={() => setPlanning(false)} />}
          </>
        )}
      </Answer>
      <Roster classId={classId} />
    </Page>
  )
}

export const ClassPage = () => {
  const { id = '' } = useRoute().params
  return <ClassDesk key={id} classId={id} />
}

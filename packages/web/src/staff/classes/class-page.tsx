import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import { pathInSchool, rolesIn } from '../units/tree.ts'
import type { Me } from '../wire.ts'
import { NothingToAsk, PlanSession } from './plan-session.tsx'
import { PupilsOfClass } from './pupils-of-class.tsx'
import { SessionsOfClass } from './sessions-of-class.tsx'

/** A counsellor keeps the consents of a class but not its sessions; a proctor the other way round (PRIV-04). */
const everything = async (classId: string, held: Me['roles']) => {
  const [{ units }, { studies }] = await Promise.all([answered(server.GET('/api/v1/units')), answered(server.GET('/api/v1/studies'))])
  const unit = units.find((candidate) => candidate.id === classId)
  const school = units.find((candidate) => candidate.id === unit?.schoolId)
  const roles = rolesIn(classId, units, held)
  const holds = (...wanted: Me['roles'][number]['role'][]) => wanted.some((role) => roles.indexOf(role) >= 0)
  const atDesk = holds('proctor', 'administrator')
  const sessions = atDesk
    ? (await answered(server.GET('/api/v1/classes/{classId}/sessions', { params: { path: { classId } } }))).sessions
    : null
  return {
    name: unit ? pathInSchool(unit, units) : '',
    schoolId: school?.id ?? '',
    schoolName: school?.name ?? '',
    sessions,
    studies,
    mayAdd: atDesk,
    mayScreen: holds('administrator'),
    mayConsent: holds('counsellor', 'administrator'),
  }
}

const ClassDesk = ({ classId }: { readonly classId: string }) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const request = useRequest(() => everything(classId, me.roles), [classId])
  const [planning, setPlanning] = useState(false)
  const ready = request.kind === 'ready' ? request.value : null
  const actions = ready?.sessions && (
    <>
      {ready.mayScreen && (
        <a class="button" href="/screenings/new">
          {say('screening.new')}
        </a>
      )}
      <button type="button" class="button button-primary" onClick={() => setPlanning(true)}>
        {say('class.plan')}
      </button>
    </>
  )
  return (
    <Page
      title={say('class.title')}
      heading={ready?.name}
      lead={ready?.schoolName}
      trail={[{ label: say('classes.title'), href: '/classes' }]}
      actions={actions}
    >
      <Answer to={request}>
        {({ schoolId, sessions, studies, mayAdd, mayConsent }) => (
          <>
            {sessions && <SessionsOfClass sessions={sessions} studies={studies} />}
            {planning && studies.length === 0 && <NothingToAsk onClose={() => setPlanning(false)} />}
            {planning && studies.length > 0 && (
              <PlanSession classId={classId} schoolId={schoolId} studies={studies} onClose={() => setPlanning(false)} />
            )}
            <PupilsOfClass classId={classId} mayAdd={mayAdd} mayConsent={mayConsent} />
          </>
        )}
      </Answer>
    </Page>
  )
}

export const ClassPage = () => {
  const { id = '' } = useRoute().params
  return <ClassDesk key={id} classId={id} />
}

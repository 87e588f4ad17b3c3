import { useRoute } from 'preact-iso'
import { SessionsOfClass } from '../../classes/sessions-of-class.tsx'
import { answered, server } from '../../server.ts'
import { Answer } from '../../shell/answer.tsx'
import { Page } from '../../shell/page.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { Table } from '../../shell/table.tsx'
import { useRequest } from '../../shell/use-request.ts'
import { cameWords, wentWords } from './stay-words.ts'

const everything = async (classId: string) => {
  const params = { path: { classId } }
  const [past, { sessions }, { studies }] = await Promise.all([
    answered(server.GET('/api/v1/classes/{classId}/enrolments', { params })),
    answered(server.GET('/api/v1/classes/{classId}/sessions', { params })),
    answered(server.GET('/api/v1/studies')),
  ])
  return { ...past, sessions, studies }
}

const PastDesk = ({ classId }: { readonly classId: string }) => {
  const { say } = useSpeech()
  const request = useRequest(() => everything(classId), [classId])
  const ready = request.kind === 'ready' ? request.value : null
  return (
    <Page
      title={say('past.title')}
      heading={ready && `${ready.schoolName} · ${ready.name}`}
      lead={say('past.intro')}
      trail={[{ label: say('units.title'), href: '/units' }]}
    >
      <Answer to={request}>
        {({ pupils, sessions, studies }) => (
          <>
            <Table caption={say('past.title')} heads={[say('past.pupil'), say('past.from'), say('past.to'), say('past.went')]}>
              {pupils.map((stay) => (
                <tr key={`${stay.participantId} ${stay.from}`}>
                  <th scope="row">{stay.name}</th>
                  <td>
                    {stay.from.slice(0, 10)} {cameWords(say, stay)}
                  </td>
                  <td>{stay.to?.slice(0, 10) ?? ''}</td>
                  <td>{wentWords(say, stay)}</td>
                </tr>
              ))}
            </Table>
            {sessions.length > 0 && <SessionsOfClass sessions={sessions} studies={studies} />}
          </>
        )}
      </Answer>
    </Page>
  )
}

export const PastClass = () => {
  const { id = '' } = useRoute().params
  return <PastDesk key={id} classId={id} />
}

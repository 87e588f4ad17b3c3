import { useRoute } from 'preact-iso'
import { answered, server } from '../../server.ts'
import { Answer } from '../../shell/answer.tsx'
import { Page } from '../../shell/page.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { Table } from '../../shell/table.tsx'
import { useRequest } from '../../shell/use-request.ts'
import { cameWords, wentWords } from './stay-words.ts'

const PastDesk = ({ classId }: { readonly classId: string }) => {
  const { say } = useSpeech()
  const request = useRequest(
    () => answered(server.GET('/api/v1/classes/{classId}/enrolments', { params: { path: { classId } } })),
    [classId],
  )
  const ready = request.kind === 'ready' ? request.value : null
  return (
    <Page
      title={say('past.title')}
      heading={ready && `${ready.schoolName} · ${ready.name}`}
      lead={say('past.intro')}
      trail={[{ label: say('units.title'), href: '/units' }]}
    >
      <Answer to={request}>
        {({ pupils }) => (
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
        )}
      </Answer>
    </Page>
  )
}

export const PastClass = () => {
  const { id = '' } = useRoute().params
  return <PastDesk key={id} classId={id} />
}

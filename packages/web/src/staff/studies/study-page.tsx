import { useRoute } from 'preact-iso'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import { Allocation } from './allocation.tsx'
import { Datasets } from './datasets.tsx'
import { ProtocolInWords } from './protocol-in-words.tsx'
import { Waves } from './waves.tsx'

const everything = async (studyId: string) => {
  const [study, { instruments }] = await Promise.all([
    answered(server.GET('/api/v1/studies/{studyId}', { params: { path: { studyId } } })),
    answered(server.GET('/api/v1/instruments')),
  ])
  return { study, instruments }
}

const StudyDesk = ({ studyId }: { readonly studyId: string }) => {
  const { say, pick } = useSpeech()
  const { has } = useStaff()
  const request = useRequest(() => everything(studyId), [studyId])
  const ready = request.kind === 'ready' ? request.value : null
  return (
    <Page
      title={say('studies.title')}
      heading={ready && pick(ready.study.title)}
      trail={[{ label: say('studies.title'), href: '/studies' }]}
    >
      <Answer to={request}>
        {({ study, instruments }, { reload }) => (
          <>
            {study.protocol.simulated && (
              <p class="simulated">{study.protocol.notice ? pick(study.protocol.notice) : say('studies.simulated')}</p>
            )}
            <div class="columns">
              <ProtocolInWords protocol={study.protocol} instruments={instruments} />
              <Allocation study={study} onChanged={reload} />
            </div>
            <Waves waves={study.waves} />
            {has('researcher') && <Datasets study={study} onMade={reload} />}
          </>
        )}
      </Answer>
    </Page>
  )
}

export const StudyPage = () => {
  const { id = '' } = useRoute().params
  return <StudyDesk key={id} studyId={id} />
}

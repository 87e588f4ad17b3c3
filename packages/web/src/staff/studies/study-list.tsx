import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { StudyListed } from '../wire.ts'

const Line = ({ study }: { readonly study: StudyListed }) => {
  const { say, pick } = useSpeech()
  return (
    <li class="study-line">
      <h2>
        <a href={`/studies/${study.id}`}>{pick(study.title)}</a>
      </h2>
      <p class="muted">
        {say('studies.waves', { count: study.waves.length })} · {say(study.allocated ? 'studies.allocated' : 'studies.notAllocated')}
      </p>
      {study.simulated && <p class="simulated">{say('studies.simulated')}</p>}
    </li>
  )
}

export const StudyList = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/studies')), [])
  return (
    <Page title={say('studies.title')}>
      <Answer to={request}>
        {({ studies }) =>
          studies.length === 0 ? (
            <Empty title={say('studies.emptyTitle')} hint={say('studies.emptyHint')} />
          ) : (
            <ul class="lines">
              {studies.map((study) => (
                <Line key={study.id} study={study} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Page>
  )
}

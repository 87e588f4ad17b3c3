import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { Waves } from '../studies/waves.tsx'
import type { Study } from '../wire.ts'

const mostStudies = 3

const everything = async () => {
  const { studies } = await answered(server.GET('/api/v1/studies'))
  return Promise.all(
    studies
      .slice(0, mostStudies)
      .map((study) => answered(server.GET('/api/v1/studies/{studyId}', { params: { path: { studyId: study.id } } }))),
  )
}

const Progress = ({ study }: { readonly study: Study }) => {
  const { say, pick } = useSpeech()
  return (
    <section class="section">
      <h2>
        <a href={`/studies/${study.id}`}>{pick(study.title)}</a>
      </h2>
      {study.protocol.simulated && <p class="simulated">{say('studies.simulated')}</p>}
      <Waves waves={study.waves} />
    </section>
  )
}

export const ResearcherToday = () => {
  const { say } = useSpeech()
  const request = useRequest(everything, [])
  return (
    <Answer to={request}>
      {(studies) =>
        studies.length === 0 ? (
          <p>
            {say('home.studiesNone')} <a href="/studies">{say('home.stepStudy')}</a>
          </p>
        ) : (
          studies.map((study) => <Progress key={study.id} study={study} />)
        )
      }
    </Answer>
  )
}

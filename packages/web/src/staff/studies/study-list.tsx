import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { keepsStudies, useStaff } from '../staff.ts'
import type { StudyListed } from '../wire.ts'
import { NewStudy } from './new-study.tsx'

const stateOf = ({ kind, allocated }: StudyListed) =>
  kind === 'screening' ? 'screening.kind' : allocated ? 'studies.allocated' : 'studies.notAllocated'

const Line = ({ study }: { readonly study: StudyListed }) => {
  const { say, pick } = useSpeech()
  return (
    <li class="study-line">
      <h2>
        <a href={`/studies/${study.id}`}>{pick(study.title)}</a>
      </h2>
      <p class="muted">
        {say('studies.waves', { count: study.waves.length })} · {say(stateOf(study))}
      </p>
      {study.simulated && <p class="simulated">{say('studies.simulated')}</p>}
    </li>
  )
}

export const StudyList = () => {
  const { say } = useSpeech()
  const { me, has } = useStaff()
  const request = useRequest(() => answered(server.GET('/api/v1/studies')), [])
  const [making, setMaking] = useState(false)
  const mayMake = keepsStudies(me)
  const actions = (
    <>
      {has('administrator') && (
        <a class="button button-primary" href="/screenings/new">
          {say('screening.new')}
        </a>
      )}
      {mayMake && (
        <button type="button" class={has('administrator') ? 'button' : 'button button-primary'} onClick={() => setMaking(true)}>
          {say('newStudy.title')}
        </button>
      )}
    </>
  )
  return (
    <Page title={say('studies.title')} actions={actions}>
      {making && <NewStudy onClose={() => setMaking(false)} />}
      <Answer to={request}>
        {({ studies }) =>
          studies.length === 0 ? (
            <Empty title={say('studies.emptyTitle')} hint={say(mayMake ? 'studies.emptyHint' : 'studies.emptyWait')} />
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

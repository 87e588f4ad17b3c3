import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { answered, server } from '../../server.ts'
import { Answer } from '../../shell/answer.tsx'
import { Empty } from '../../shell/empty.tsx'
import { Page } from '../../shell/page.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { useRequest } from '../../shell/use-request.ts'
import type { YearState } from '../../wire.ts'
import { TurnForm } from './turn-form.tsx'
import { YearsSoFar } from './years-so-far.tsx'

const everything = async (unitId: string) => {
  const [{ units }, state] = await Promise.all([
    answered(server.GET('/api/v1/units')),
    answered(server.GET('/api/v1/units/{unitId}/school-year', { params: { path: { unitId } } })),
  ])
  return { units, state, school: units.find((unit) => unit.id === unitId) ?? null }
}

const Past = ({ past }: Pick<YearState, 'past'>) => {
  const { say } = useSpeech()
  const labels = [...new Set(past.map(({ until }) => until))]
  if (past.length === 0) return null
  return (
    <section class="section">
      <h2>{say('year.past')}</h2>
      {labels.map((label) => (
        <section key={label}>
          <h3>{say('year.pastUntil', { label })}</h3>
          <ul class="tiles">
            {past
              .filter(({ until }) => until === label)
              .map(({ classId, name }) => (
                <li key={classId}>
                  <a class="tile" href={`/past-classes/${classId}`}>
                    {name}
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

const YearDesk = ({ unitId }: { readonly unitId: string }) => {
  const { say } = useSpeech()
  const request = useRequest(() => everything(unitId), [unitId])
  const [turned, setTurned] = useState('')
  const ready = request.kind === 'ready' ? request.value : null
  return (
    <Page
      title={say('year.title')}
      heading={ready?.school && say('year.of', { name: ready.school.name })}
      lead={say('year.intro')}
      trail={[{ label: say('units.title'), href: '/units' }]}
    >
      <p class="done-line" role="status">
        {turned && say('year.turned', { label: turned })}
      </p>
      <Answer to={request}>
        {({ units, state, school }, { reload }) => {
          const again = (label: string) => {
            setTurned(label)
            reload()
          }
          return (
            <>
              {school && state.classes > 0 && turned === '' && (
                <TurnForm key={state.label} school={school} units={units} state={state} onTurned={again} />
              )}
              {state.classes === 0 && <Empty title={say('year.noClass')} />}
              <YearsSoFar key={state.years.length} schoolId={unitId} state={state} onUndone={() => again('')} />
              <Past past={state.past} />
            </>
          )
        }}
      </Answer>
    </Page>
  )
}

export const YearPage = () => {
  const { id = '' } = useRoute().params
  return <YearDesk key={id} unitId={id} />
}

import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { Figures } from './figures.tsx'

export const PrincipalToday = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [])
  return (
    <section class="section">
      <h2>{say('home.overview')}</h2>
      <p class="muted">{say('home.overviewHint')}</p>
      <Answer to={request}>
        {({ units }) => {
          const count = (kind: 'school' | 'class') => units.filter((unit) => unit.kind === kind).length
          return (
            <Figures
              figures={[
                { label: say('home.schools'), value: count('school') },
                { label: say('home.classCount'), value: count('class') },
              ]}
            />
          )
        }}
      </Answer>
    </section>
  )
}

import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { type ClassesOfSchool, classesBySchool, pathInSchool } from '../units/tree.ts'
import type { Unit } from '../wire.ts'

const School = ({ school, classes, units }: ClassesOfSchool & { readonly units: readonly Unit[] }) => {
  const { say } = useSpeech()
  return (
    <section class="section">
      <h2>
        {school.name} <span class="muted count">{say('classes.count', { count: classes.length })}</span>
      </h2>
      {classes.length === 0 && <p class="muted">{say('units.noClass')}</p>}
      <ul class="tiles">
        {classes.map((unit) => (
          <li key={unit.id}>
            <a class="tile" href={`/classes/${unit.id}`}>
              {pathInSchool(unit, units)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const ClassList = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [])
  return (
    <Page title={say('classes.title')}>
      <Answer to={request}>
        {({ units }) => {
          const schools = classesBySchool(units)
          if (schools.length === 0) return <Empty title={say('classes.emptyTitle')} hint={say('classes.emptyHint')} />
          return schools.map((own) => <School key={own.school.id} {...own} units={units} />)
        }}
      </Answer>
    </Page>
  )
}

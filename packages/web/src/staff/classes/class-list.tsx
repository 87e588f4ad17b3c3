import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import { type ClassesOfSchool, classesBySchool, rolesIn } from '../units/tree.ts'
import type { Me, Unit } from '../wire.ts'
import { ClassTiles } from './class-tiles.tsx'

/** Who may add pupils may take over a roster. */
const mayImport = (unitId: string, units: readonly Unit[], held: Me['roles']) =>
  rolesIn(unitId, units, held).some((role) => role === 'proctor' || role === 'administrator')

const School = ({ school, classes, units }: ClassesOfSchool & { readonly units: readonly Unit[] }) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  return (
    <section class="section">
      <div class="section-head">
        <h2>
          {school.name} <span class="muted count">{say('classes.count', { count: classes.length })}</span>
        </h2>
        {mayImport(school.id, units, me.roles) && (
          <div class="section-actions">
            <a class="button" href={`/classes/${school.id}/roster`}>
              {say('roster.openSchool')}
            </a>
          </div>
        )}
      </div>
      <ClassTiles classes={classes} units={units} />
    </section>
  )
}

export const ClassList = () => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [])
  const units = request.kind === 'ready' ? request.value.units : []
  const county = units.find((unit) => unit.kind === 'county')
  const several = classesBySchool(units).length > 1
  const forAll = county && several && mayImport(county.id, units, me.roles) && (
    <p class="section">
      <a href={`/classes/${county.id}/roster`}>{say('roster.openCounty')}</a>
    </p>
  )
  return (
    <Page title={say('classes.title')}>
      <Answer to={request}>
        {({ units }) => {
          const schools = classesBySchool(units)
          if (schools.length === 0) return <Empty title={say('classes.emptyTitle')} hint={say('classes.emptyHint')} />
          return schools.map((own) => <School key={own.school.id} {...own} units={units} />)
        }}
      </Answer>
      {forAll}
    </Page>
  )
}

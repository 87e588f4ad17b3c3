import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Select } from '../shell/field.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import { dayWords } from '../time.ts'
import { rolesIn } from '../units/tree.ts'
import type { Rota, Unit } from '../wire.ts'
import { CallThem } from './call-them.tsx'
import { OnDutyCard } from './on-duty.tsx'
import { SetCapacity } from './set-capacity.tsx'
import { SetTurn } from './set-turn.tsx'

const Days = ({ rota }: { readonly rota: Rota }) => {
  const { say, language } = useSpeech()
  return (
    <Table class="duty-days" caption={say('duty.days')} heads={[say('duty.day'), say('duty.owner'), say('duty.deputy')]}>
      {rota.days.map(({ day, owner, deputy }) => (
        <tr key={day}>
          <th scope="row">{dayWords(day, language)}</th>
          <td class={owner ? undefined : 'muted'}>{owner?.displayName ?? say('duty.nobody')}</td>
          <td class={deputy ? undefined : 'muted'}>{deputy?.displayName ?? say('duty.nobody')}</td>
        </tr>
      ))}
    </Table>
  )
}

type SchoolProps = { readonly school: Unit; readonly mayChange: boolean; readonly mayCall: boolean }

const DutyOfSchool = ({ school, mayChange, mayCall }: SchoolProps) => {
  const { say } = useSpeech()
  const request = useRequest(
    () => answered(server.GET('/api/v1/schools/{schoolId}/duty', { params: { path: { schoolId: school.id } } })),
    [school.id],
  )
  return (
    <Answer to={request}>
      {(rota, { replace }) => (
        <>
          <section class="section">
            <h2>{say('duty.today')}</h2>
            <p class="muted">{say('duty.lead', { days: rota.provenDays })}</p>
            <dl class="on-duty">
              <OnDutyCard label={say('duty.owner')} one={rota.today.owner} days={rota.provenDays} />
              <OnDutyCard label={say('duty.deputy')} one={rota.today.deputy} days={rota.provenDays} />
            </dl>
            {mayCall && (rota.today.owner || rota.today.deputy) && <CallThem schoolId={school.id} onCalled={replace} />}
          </section>
          {mayChange && (
            <section class="section">
              <h2>{say('duty.set')}</h2>
              <SetTurn schoolId={school.id} rota={rota} onRota={replace} />
            </section>
          )}
          <section class="section">
            <h2>{say('duty.days')}</h2>
            <Days rota={rota} />
          </section>
          <section class="section">
            <h2>{say('duty.capacity')}</h2>
            <SetCapacity schoolId={school.id} rota={rota} onRota={replace} mayChange={mayChange} />
          </section>
        </>
      )}
    </Answer>
  )
}

const Schools = ({ units }: { readonly units: readonly Unit[] }) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const schools = units.filter((unit) => unit.kind === 'school')
  const [chosen, setChosen] = useState(new URLSearchParams(location.search).get('school') ?? '')
  const school = schools.find((unit) => unit.id === chosen) ?? schools[0]
  if (!school) return <Empty title={say('duty.noSchool')} hint="" />
  const roles = rolesIn(school.id, units, me.roles)
  const holds = (...wanted: (typeof roles)[number][]) => wanted.some((role) => roles.indexOf(role) >= 0)
  return (
    <>
      {schools.length > 1 && (
        <div class="form duty-narrow">
          <Select
            label={say('duty.school')}
            value={school.id}
            onValue={setChosen}
            choices={schools.map((unit) => ({ value: unit.id, label: unit.name }))}
          />
        </div>
      )}
      <DutyOfSchool
        key={school.id}
        school={school}
        mayChange={holds('administrator', 'principal')}
        mayCall={holds('administrator', 'principal', 'proctor')}
      />
    </>
  )
}

export const DutyPage = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [])
  return (
    <Page title={say('duty.title')}>
      <Answer to={request}>{({ units }) => <Schools units={units} />}</Answer>
    </Page>
  )
}

import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import { rolesIn } from '../units/tree.ts'
import type { Me } from '../wire.ts'
import { Figures } from './figures.tsx'
import { NextSteps } from './next-steps.tsx'

const everything = async ({ roles }: Me) => {
  const [{ units }, { accounts }] = await Promise.all([answered(server.GET('/api/v1/units')), answered(server.GET('/api/v1/accounts'))])
  const schools = units.filter((unit) => unit.kind === 'school')
  return {
    schools: schools.length,
    own: schools.map(({ id }) => id).filter((id) => rolesIn(id, units, roles).includes('administrator')),
    classes: units.filter((unit) => unit.kind === 'class').length,
    active: accounts.filter((account) => account.state === 'active').length,
    waiting: accounts.filter((account) => account.state === 'invited' || account.state === 'pending').length,
  }
}

export const AdministratorToday = () => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const request = useRequest(() => everything(me), [])
  return (
    <section class="section">
      <h2>{say('home.administration')}</h2>
      <Answer to={request}>
        {({ schools, own, classes, active, waiting }) => (
          <>
            <Figures
              figures={[
                { label: say('home.schools'), value: schools },
                { label: say('home.classCount'), value: classes },
                { label: say('home.accountsActive'), value: active },
                { label: say('home.accountsWaiting'), value: waiting },
              ]}
            />
            {(classes === 0 || active + waiting < 2) && <p>{say('home.first')}</p>}
            <ul class="todo">
              {classes === 0 && (
                <li>
                  <a href="/units">{say('home.stepSchools')}</a>
                </li>
              )}
              {active + waiting < 2 && (
                <li>
                  <a href="/accounts">{say('home.stepAccounts')}</a>
                </li>
              )}
            </ul>
            {classes > 0 && active + waiting >= 2 && (
              <>
                <p>{say('home.allSet')}</p>
                <NextSteps schoolIds={own} />
              </>
            )}
          </>
        )}
      </Answer>
    </section>
  )
}

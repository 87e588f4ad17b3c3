import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import { Figures } from './figures.tsx'

const everything = async () => {
  const [{ units }, { accounts }] = await Promise.all([answered(server.GET('/api/v1/units')), answered(server.GET('/api/v1/accounts'))])
  return {
    schools: units.filter((unit) => unit.kind === 'school').length,
    classes: units.filter((unit) => unit.kind === 'class').length,
    active: accounts.filter((account) => account.state === 'active').length,
    waiting: accounts.filter((account) => account.state === 'invited' || account.state === 'pending').length,
  }
}

export const AdministratorToday = () => {
  const { say } = useSpeech()
  const request = useRequest(everything, [])
  return (
    <section class="section">
      <h2>{say('home.administration')}</h2>
      <Answer to={request}>
        {({ schools, classes, active, waiting }) => (
          <>
            <Figures
              figures={[
                { label: say('home.schools'), value: schools },
                { label: say('home.classCount'), value: classes },
                { label: say('home.accountsActive'), value: active },
                { label: say('home.accountsWaiting'), value: waiting },
              ]}
            />
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
              <p>
                {say('home.allSet')} <a href="/classes">{say('home.stepPupils')}</a>
              </p>
            )}
          </>
        )}
      </Answer>
    </section>
  )
}

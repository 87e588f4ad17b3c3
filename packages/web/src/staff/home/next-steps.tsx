// After units and accounts: what the first screening still needs, in its order, with what is there already.
import type { StaffKey } from '../../i18n/staff.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Tag } from '../shell/tag.tsx'
import { useRequest } from '../shell/use-request.ts'

const mostAsked = 12 // of more schools it is not asked who is on duty

const rotaOf = (schoolId: string) => answered(server.GET('/api/v1/schools/{schoolId}/duty', { params: { path: { schoolId } } }))

const dutyIsSet = async (schoolIds: readonly string[]) => {
  if (schoolIds.length > mostAsked) return null
  const rotas = await Promise.all(schoolIds.map(rotaOf))
  return rotas.every(({ days }) => days.some(({ owner, deputy }) => owner !== null && deputy !== null))
}

type Step = { readonly words: StaffKey; readonly href: string; readonly done: boolean | null }

const stepsOf = async (schoolIds: readonly string[]): Promise<readonly Step[]> => {
  const [{ notices }, { studies }, duty] = await Promise.all([
    answered(server.GET('/api/v1/notices')),
    answered(server.GET('/api/v1/studies')),
    dutyIsSet(schoolIds),
  ])
  return [
    { words: 'home.stepNotices', href: '/notices', done: notices.some(({ purpose, current }) => purpose === 'screening' && current) },
    { words: 'home.stepDuty', href: '/duty', done: duty },
    { words: 'home.stepScreening', href: '/screenings/new', done: studies.length > 0 },
    { words: 'home.stepPupils', href: '/classes', done: null },
  ]
}

export const NextSteps = ({ schoolIds }: { readonly schoolIds: readonly string[] }) => {
  const { say } = useSpeech()
  const request = useRequest(() => stepsOf(schoolIds), [schoolIds.join()])
  return (
    <Answer to={request}>
      {(steps) => (
        <ol class="todo">
          {steps.map(({ words, href, done }) => (
            <li key={href}>
              <a href={href}>{say(words)}</a>{' '}
              {done !== null && (
                <Tag tone={done ? 'good' : 'quiet'} shape={done ? 'disc' : 'ring'}>
                  {say(done ? 'home.stepDone' : 'home.stepOpen')}
                </Tag>
              )}
            </li>
          ))}
        </ol>
      )}
    </Answer>
  )
}

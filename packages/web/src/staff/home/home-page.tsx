import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useStaff } from '../staff.ts'
import { AdministratorToday } from './administrator-today.tsx'
import { CounsellorToday } from './counsellor-today.tsx'
import { PrincipalToday } from './principal-today.tsx'
import { ProctorToday } from './proctor-today.tsx'
import { ResearcherToday } from './researcher-today.tsx'

/** What needs doing now, for each role that this person holds; the children's concerns come first. */
export const HomePage = () => {
  const { say } = useSpeech()
  const { me, roles, has } = useStaff()
  return (
    <Page title={say('home.title')} heading={say('home.greeting', { name: me.account.displayName })}>
      {roles.length === 0 && <p>{say('home.noRoles')}</p>}
      {has('counsellor') && <CounsellorToday />}
      {has('proctor') && <ProctorToday />}
      {has('administrator') && <AdministratorToday />}
      {has('principal') && <PrincipalToday />}
      {has('researcher') && <ResearcherToday />}
    </Page>
  )
}

import type { VNode } from 'preact'
import { LocationProvider, Route, Router, useLocation } from 'preact-iso'
import { AcceptInvitation } from './accounts/accept-invitation.tsx'
import { AccountsPage } from './accounts/accounts-page.tsx'
import { RedeemLink } from './accounts/redeem-link.tsx'
import { SignIn } from './accounts/sign-in.tsx'
import { CasePage } from './cases/case-page.tsx'
import { CaseQueue } from './cases/case-queue.tsx'
import { ClassList } from './classes/class-list.tsx'
import { ClassPage } from './classes/class-page.tsx'
import { DutyPage } from './duty/duty-page.tsx'
import { HomePage } from './home/home-page.tsx'
import { KitsPage } from './kits/kits-page.tsx'
import { LibraryPage } from './library/library-page.tsx'
import { NoticePage } from './notices/notice-page.tsx'
import { NoticesPage } from './notices/notices-page.tsx'
import { StandingPage } from './notices/standing-page.tsx'
import { RosterPage } from './participants/roster/roster-page.tsx'
import { usePresence } from './presence.ts'
import { ReportPage } from './reports/report-page.tsx'
import { PaperPage } from './sessions/paper-page.tsx'
import { ReconciliationPage } from './sessions/reconciliation-page.tsx'
import { SessionPage } from './sessions/session-page.tsx'
import { Entrance } from './shell/entrance.tsx'
import { NotFound } from './shell/not-found.tsx'
import { Refused } from './shell/refused.tsx'
import { Shell } from './shell/shell.tsx'
import { Speaking, useSpeech } from './shell/speech.tsx'
import { StaffContext, staffOf } from './staff.ts'
import { NewScreening } from './studies/new-screening.tsx'
import { StudyList } from './studies/study-list.tsx'
import { StudyPage } from './studies/study-page.tsx'
import { UnitsPage } from './units/units-page.tsx'
import { PastClass } from './units/year/past-class.tsx'
import { YearPage } from './units/year/year-page.tsx'
import type { Me } from './wire.ts'

const Rooms = () => (
  <Router>
    <Route path="/" component={HomePage} />
    <Route path="/classes" component={ClassList} />
    <Route path="/classes/:id" component={ClassPage} />
    <Route path="/sessions/:id" component={SessionPage} />
    <Route path="/sessions/:id/reconciliation" component={ReconciliationPage} />
    <Route path="/sessions/:id/paper" component={PaperPage} />
    <Route path="/cases" component={CaseQueue} />
    <Route path="/cases/:id" component={CasePage} />
    <Route path="/screenings/new" component={NewScreening} />
    <Route path="/studies" component={StudyList} />
    <Route path="/studies/:id" component={StudyPage} />
    <Route path="/reports/:id" component={ReportPage} />
    <Route path="/classes/:id/roster" component={RosterPage} />
    <Route path="/duty" component={DutyPage} />
    <Route path="/notices" component={NoticesPage} />
    <Route path="/notices/:id" component={NoticePage} />
    <Route path="/notices/:id/standing" component={StandingPage} />
    <Route path="/units" component={UnitsPage} />
    <Route path="/units/:id/school-year" component={YearPage} />
    <Route path="/past-classes/:id" component={PastClass} />
    <Route path="/accounts" component={AccountsPage} />
    <Route path="/kits" component={KitsPage} />
    <Route path="/instruments" component={LibraryPage} />
    <Route default component={NotFound} />
  </Router>
)

type Doors = { readonly enter: (me: Me) => void }

/** The ways in: each stands before anyone is signed in. */
const waysIn: Readonly<Record<string, (doors: Doors) => VNode>> = {
  '/set-up': ({ enter }) => <AcceptInvitation onEnter={enter} />,
  '/invitation': ({ enter }) => <AcceptInvitation onEnter={enter} />,
  '/sign-in-link': ({ enter }) => <RedeemLink onEnter={enter} />,
  '/sign-in': ({ enter }) => <SignIn onEnter={enter} />,
}

const Gate = () => {
  const { say } = useSpeech()
  const { path, route } = useLocation()
  const wayIn = waysIn[path]
  const { presence, ask, enter, leave } = usePresence(!wayIn)
  const arrive = (me: Me) => {
    enter(me)
    route('/', true)
  }
  // whoever signs in next begins at home, not where this person stopped
  const goHome = async () => {
    await leave()
    route('/', true)
  }
  if (wayIn) return wayIn({ enter: arrive })
  if (presence.kind === 'unknown')
    return (
      <p class="loading loading-page" role="status">
        {say('shell.loading')}
      </p>
    )
  if (presence.kind === 'unreachable')
    return (
      <Entrance title={say('app.name')}>
        <Refused refusal={presence.refusal} title={say('shell.loadFailed')} retry={ask} />
      </Entrance>
    )
  if (presence.kind === 'away') return <SignIn onEnter={enter} />
  const away = presence.kind === 'expired'
  return (
    <>
      {away && <SignIn onEnter={enter} again />}
      <StaffContext.Provider value={staffOf(presence.me, away)}>
        <Shell key={presence.me.account.id} onLeave={goHome}>
          <Rooms />
        </Shell>
      </StaffContext.Provider>
    </>
  )
}

export const App = () => (
  <Speaking>
    <LocationProvider scope={/^\/(?!p\/|g(\/|$)|api\/)/}>
      <Gate />
    </LocationProvider>
  </Speaking>
)

import type { StaffKey } from '../../i18n/staff.ts'
import { answered, server } from '../server.ts'
import { SessionState } from '../sessions/session-state.tsx'
import { Answer } from '../shell/answer.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useRequest } from '../shell/use-request.ts'
import { clockWords } from '../time.ts'
import type { SessionSummary } from '../wire.ts'
import { sessionsByDay } from './sessions-by-day.ts'

type Props = { readonly title: StaffKey; readonly sessions: readonly SessionSummary[] }

const Sessions = ({ title, sessions }: Props) => {
  const { say, language } = useSpeech()
  if (sessions.length === 0) return null
  const somewhere = sessions.some(({ place }) => place !== '')
  return (
    <>
      <h3>{say(title)}</h3>
      <Table
        caption={say(title)}
        heads={[
          say('class.title'),
          say('class.when'),
          ...(somewhere ? [say('class.place')] : []),
          say('class.state'),
          say('class.submitted'),
          say('class.locator'),
        ]}
      >
        {sessions.map((session) => (
          <tr key={session.id}>
            <th scope="row">
              <a href={`/sessions/${session.id}`}>{session.className}</a> <span class="muted">{session.schoolName}</span>
            </th>
            <td>{clockWords(session.plannedFor, Date.now(), language)}</td>
            {somewhere && <td>{session.place || say('shell.none')}</td>}
            <td>
              <SessionState state={session.state} />
            </td>
            <td class="number">
              {session.counts.submitted} / {session.counts.seats}
            </td>
            <td class="mono">{session.locator}</td>
          </tr>
        ))}
      </Table>
    </>
  )
}

export const ProctorToday = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/sessions')), [])
  return (
    <section class="section">
      <h2>{say('home.sessions')}</h2>
      <Answer to={request}>
        {({ sessions }) => {
          const { today, past, coming, closed } = sessionsByDay(sessions, Date.now())
          return (
            <>
              {sessions.length === 0 && <p>{say('home.sessionsNone')}</p>}
              <Sessions title="home.sessionsToday" sessions={today} />
              <Sessions title="home.sessionsPast" sessions={past} />
              <Sessions title="home.sessionsComing" sessions={coming} />
              <Sessions title="home.sessionsClosed" sessions={closed} />
            </>
          )
        }}
      </Answer>
      <p>
        <a class="button" href="/classes">
          {say('home.toClasses')}
        </a>
      </p>
    </section>
  )
}

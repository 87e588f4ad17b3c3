import { answered, server } from '../server.ts'
import { SessionState } from '../sessions/session-state.tsx'
import { Answer } from '../shell/answer.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { SessionSummary } from '../wire.ts'

const mostClasses = 40 // beyond that the list of classes is the better way in

const sessionsNow = async () => {
  const { units } = await answered(server.GET('/api/v1/units'))
  const classes = units.filter((unit) => unit.kind === 'class').slice(0, mostClasses)
  const found = await Promise.all(
    classes.map((unit) => answered(server.GET('/api/v1/classes/{classId}/sessions', { params: { path: { classId: unit.id } } }))),
  )
  return found.flatMap(({ sessions }) => sessions).filter((session) => session.state !== 'closed')
}

const Sessions = ({ sessions }: { readonly sessions: readonly SessionSummary[] }) => {
  const { say } = useSpeech()
  if (sessions.length === 0) return <p>{say('home.sessionsNone')}</p>
  return (
    <Table caption={say('home.sessions')} heads={[say('unit.class'), say('class.state'), say('class.locator'), say('class.submitted')]}>
      {[...sessions.filter((session) => session.state === 'open'), ...sessions.filter((session) => session.state === 'planned')].map(
        (session) => (
          <tr key={session.id}>
            <th scope="row">
              <a href={`/sessions/${session.id}`}>{session.className}</a> <span class="muted">{session.schoolName}</span>
            </th>
            <td>
              <SessionState state={session.state} />
            </td>
            <td class="mono">{session.locator}</td>
            <td class="number">
              {session.counts.submitted} / {session.counts.seats}
            </td>
          </tr>
        ),
      )}
    </Table>
  )
}

export const ProctorToday = () => {
  const { say } = useSpeech()
  const request = useRequest(sessionsNow, [])
  return (
    <section class="section">
      <h2>{say('home.sessions')}</h2>
      <Answer to={request}>{(sessions) => <Sessions sessions={sessions} />}</Answer>
      <p>
        <a class="button" href="/classes">
          {say('home.toClasses')}
        </a>
      </p>
    </section>
  )
}

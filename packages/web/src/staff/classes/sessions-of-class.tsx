import { SessionState } from '../sessions/session-state.tsx'
import { Empty } from '../shell/empty.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { clockWords } from '../time.ts'
import type { SessionSummary, StudyListed } from '../wire.ts'

type Props = { readonly sessions: readonly SessionSummary[]; readonly studies: readonly StudyListed[] }

export const SessionsOfClass = ({ sessions, studies }: Props) => {
  const { say, pick, language } = useSpeech()
  const waveName = ({ studyId, wave }: SessionSummary) => {
    const label = studies.find((study) => study.id === studyId)?.waves.find((known) => known.id === wave)?.label
    return label ? pick(label) : wave
  }
  return (
    <section class="section">
      <h2>{say('class.sessions')}</h2>
      {sessions.length === 0 ? (
        <Empty title={say('class.noSessions')} hint={say(studies.length === 0 ? 'class.noStudies' : 'class.noSessionsHint')} />
      ) : (
        <Table
          caption={say('class.sessions')}
          heads={[say('class.wave'), say('class.when'), say('class.state'), say('class.locator'), say('class.submitted')]}
        >
          {sessions.map((session) => (
            <tr key={session.id}>
              <th scope="row">
                <a href={`/sessions/${session.id}`}>{waveName(session)}</a>
              </th>
              <td>{clockWords(session.plannedFor, Date.now(), language)}</td>
              <td>
                <SessionState state={session.state} />
              </td>
              <td class="mono">{session.locator}</td>
              <td class="number">
                {session.counts.submitted} / {session.counts.seats}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  )
}

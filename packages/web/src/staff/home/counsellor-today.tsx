import { CaseLines } from '../cases/case-lines.tsx'
import { QueueIsLive } from '../cases/queue-is-live.tsx'
import { useQueue } from '../cases/use-queue.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useNow } from '../shell/use-now.ts'
import type { QueuedCase } from '../wire.ts'
import { Figures } from './figures.tsx'

const shown = 3

const Queue = ({ cases }: { readonly cases: readonly QueuedCase[] }) => {
  const { say } = useSpeech()
  const now = useNow()
  const count = (is: (found: QueuedCase) => boolean) => cases.filter(is).length
  return (
    <>
      <Figures
        figures={[
          { label: say('home.casesOpen'), value: cases.length },
          { label: say('home.casesImmediate'), value: count((found) => found.urgency === 'immediate') },
          { label: say('home.casesOverdue'), value: count((found) => Date.parse(found.dueAt) < now), urgent: true },
        ]}
      />
      {cases.length === 0 ? (
        <Empty title={say('cases.emptyOpen')} hint={say('cases.emptyOpenHint')} />
      ) : (
        <>
          <h3>{say('home.mostUrgent')}</h3>
          <CaseLines cases={cases.slice(0, shown)} now={now} />
          <p>
            <a class="button button-primary" href="/cases">
              {say('home.toCases')}
            </a>
          </p>
        </>
      )}
    </>
  )
}

export const CounsellorToday = () => {
  const { say } = useSpeech()
  const { request, stale } = useQueue('open')
  return (
    <section class="section">
      <h2>{say('nav.cases')}</h2>
      <QueueIsLive stale={stale} />
      <Answer to={request}>{({ cases }) => <Queue cases={cases} />}</Answer>
    </section>
  )
}

import { useLocation } from 'preact-iso'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useNow } from '../shell/use-now.ts'
import { CaseLines } from './case-lines.tsx'
import { QueueIsLive } from './queue-is-live.tsx'
import { useQueue } from './use-queue.ts'

type State = 'open' | 'reviewed'

const Filter = ({ state }: { readonly state: State }) => {
  const { say } = useSpeech()
  return (
    <nav class="tabs" aria-label={say('cases.filter')}>
      <a href="/cases" aria-current={state === 'open' ? 'page' : undefined}>
        {say('cases.open')}
      </a>
      <a href="/cases?state=reviewed" aria-current={state === 'reviewed' ? 'page' : undefined}>
        {say('cases.reviewed')}
      </a>
    </nav>
  )
}

export const CaseQueue = () => {
  const { say } = useSpeech()
  const state: State = useLocation().query.state === 'reviewed' ? 'reviewed' : 'open'
  const { request, stale } = useQueue(state)
  const now = useNow()
  return (
    <Page title={say('cases.title')} lead={state === 'open' ? say('cases.order') : undefined}>
      <Filter state={state} />
      <QueueIsLive stale={stale} />
      <Answer to={request}>
        {({ cases }) =>
          cases.length > 0 ? (
            <CaseLines cases={cases} now={now} />
          ) : (
            <Empty
              title={say(state === 'open' ? 'cases.emptyOpen' : 'cases.emptyReviewed')}
              hint={say(state === 'open' ? 'cases.emptyOpenHint' : 'cases.emptyReviewedHint')}
            />
          )
        }
      </Answer>
    </Page>
  )
}

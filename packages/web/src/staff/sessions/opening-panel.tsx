// Before a planned session is opened: each condition in words, what to do about it, and then the button.
import { useCallback, useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useEvery } from '../shell/use-every.ts'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import type { Opening, SessionDetail } from '../wire.ts'
import { ConditionLine } from './condition-line.tsx'
import { linesOf, openLines } from './conditions.ts'
import { isOlderThan } from './own-page.ts'

type Confirmed = Opening['confirm']
type Props = { readonly session: SessionDetail; readonly onChanged: (session: SessionDetail) => void }

const interval = 5000

const look = (sessionId: string) => answered(server.GET('/api/v1/sessions/{sessionId}/opening', { params: { path: { sessionId } } }))
const open = (sessionId: string, confirmed: Confirmed) =>
  answered(server.POST('/api/v1/sessions/{sessionId}/open', { params: { path: { sessionId } }, body: { confirmed } }))

const Conditions = ({ opening, session, onChanged, onLook }: Props & { readonly opening: Opening; readonly onLook: () => void }) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const [confirmed, setConfirmed] = useState<ReadonlySet<Confirmed[number]>>(new Set())
  const opens = useAction(open)
  const lines = linesOf(opening, { say, pageIsOld: isOlderThan(opening.page) })
  const left = openLines(lines, confirmed)
  const toggle = (one: Confirmed[number]) => {
    const next = new Set(confirmed)
    if (!next.delete(one)) next.add(one)
    setConfirmed(next)
  }
  const go = async () => {
    const opened = await opens.run(session.id, [...confirmed])
    if (opened) onChanged(opened)
    else onLook()
  }
  return (
    <>
      <ul class="conditions">
        {lines.map((line) => (
          <ConditionLine
            key={line.id}
            line={line}
            name={me.account.displayName}
            session={session}
            confirmed={line.confirm !== undefined && confirmed.has(line.confirm)}
            onConfirm={toggle}
            onLook={onLook}
          />
        ))}
      </ul>
      <p class="button-row">
        <button type="button" class="button button-primary" disabled={opens.busy || left > 0} onClick={() => void go()}>
          {say('session.openVerb')}
        </button>
        <span class="muted" role="status">
          {left > 0 ? say('ready.left', { count: left }) : say('ready.hint')}
        </span>
      </p>
      <Refused refusal={opens.refusal} />
    </>
  )
}

export const OpeningPanel = ({ session, onChanged }: Props) => {
  const { say } = useSpeech()
  const request = useRequest(() => look(session.id), [session.id])
  const replace = request.kind === 'ready' ? request.replace : null
  const again = useCallback(async () => {
    const opening = await look(session.id).catch(() => null) // the next look comes soon
    if (opening && replace) replace(opening)
  }, [session.id, replace !== null])
  useEvery(interval, again)
  return (
    <section class="ready" aria-labelledby="ready">
      <h2 id="ready">{say('ready.title')}</h2>
      <Answer to={request}>
        {(opening, { reload }) => <Conditions opening={opening} session={session} onChanged={onChanged} onLook={reload} />}
      </Answer>
    </section>
  )
}

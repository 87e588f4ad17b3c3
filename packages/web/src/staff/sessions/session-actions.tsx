import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Confirm } from '../shell/confirm.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { SeatCode, SessionDetail } from '../wire.ts'
import { Replan } from './replan.tsx'

type Verb = 'reopen' | 'close' | 'codes' | 'seats'
type Props = {
  readonly session: SessionDetail
  readonly onChanged: (session: SessionDetail) => void
  readonly onCodes: (codes: readonly SeatCode[]) => void
}

const at = (session: SessionDetail) => ({ params: { path: { sessionId: session.id } } })

const questions = {
  reopen: { title: 'session.reopenTitle', body: 'session.reopenBody', verb: 'session.reopenVerb' },
  close: { title: 'session.closeTitle', body: 'session.closeBody', verb: 'session.closeVerb' },
  seats: { title: 'session.addSeatsTitle', body: 'session.addSeatsBody', verb: 'session.addSeats' },
  codes: { title: 'codes.newTitle', body: 'codes.newBody', verb: 'codes.newConfirm' },
} as const

const perform = async (verb: Verb, { session, onChanged, onCodes }: Props): Promise<'done' | 'nobody'> => {
  if (verb === 'reopen')
    onChanged(await answered(server.POST('/api/v1/sessions/{sessionId}/open', { ...at(session), body: { confirmed: [] } })))
  if (verb === 'close') onChanged(await answered(server.POST('/api/v1/sessions/{sessionId}/close', at(session))))
  if (verb === 'codes') onCodes((await answered(server.POST('/api/v1/sessions/{sessionId}/codes', at(session)))).codes)
  if (verb === 'seats') {
    const { codes } = await answered(server.POST('/api/v1/sessions/{sessionId}/seats', at(session)))
    if (codes.length === 0) return 'nobody'
    onCodes(codes)
  }
  return 'done'
}

export const SessionActions = (props: Props) => {
  const { say } = useSpeech()
  const { session } = props
  const [asking, setAsking] = useState<Verb | null>(null)
  const performing = useAction(perform)
  const ask = (verb: Verb) => {
    performing.forget()
    setNobody(false)
    setAsking(verb)
  }
  const [nobody, setNobody] = useState(false)
  const go = async () => {
    const done = asking && (await performing.run(asking, props))
    if (!done) return
    setNobody(done === 'nobody')
    setAsking(null)
  }
  const [replanning, setReplanning] = useState(false)
  const next: Verb = session.state === 'open' ? 'close' : 'reopen'
  const wording = (verb: Verb) => questions[verb]
  const { counts } = session
  return (
    <>
      <a class="button" href={`/sessions/${session.id}/paper`}>
        {say('paper.open')}
      </a>
      {session.state !== 'planned' && (
        <a class={session.state === 'closed' ? 'button button-primary' : 'button'} href={`/sessions/${session.id}/reconciliation`}>
          {say('sum.open')}
        </a>
      )}
      {session.state !== 'closed' && (
        <>
          <button type="button" class="button" onClick={() => ask('seats')}>
            {say('session.addSeats')}
          </button>
          <button type="button" class="button" onClick={() => ask('codes')}>
            {say('codes.new')}
          </button>
        </>
      )}
      {session.state === 'planned' ? (
        <button type="button" class="button" onClick={() => setReplanning(true)}>
          {say('plan.change')}
        </button>
      ) : (
        <button type="button" class={session.state === 'closed' ? 'button' : 'button button-primary'} onClick={() => ask(next)}>
          {say(wording(next).verb)}
        </button>
      )}
      {replanning && <Replan session={session} onChanged={props.onChanged} onClose={() => setReplanning(false)} />}
      {nobody && (
        <p class="notice" role="status">
          {say('session.addSeatsNone')}
        </p>
      )}
      {asking && (
        <Confirm
          title={say(wording(asking).title)}
          body={say(wording(asking).body, { left: counts.notStarted + counts.started + counts.held })}
          verb={say(wording(asking).verb)}
          danger={asking === 'codes'}
          busy={performing.busy}
          refusal={performing.refusal}
          onConfirm={() => void go()}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}

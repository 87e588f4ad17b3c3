import { useEffect, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Page } from '../shell/page.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { SeatCode, SessionDetail } from '../wire.ts'
import { CodesOnce } from './codes-once.tsx'
import { Counts } from './counts.tsx'
import { takeCodes } from './held-codes.ts'
import { Notes } from './notes.tsx'
import { OpeningPanel } from './opening-panel.tsx'
import { PupilAddress } from './pupil-address.tsx'
import { SeatBoard } from './seat-board.tsx'
import { SessionActions } from './session-actions.tsx'
import { SessionState } from './session-state.tsx'
import { useSession } from './use-session.ts'
import { useWaveNames } from './wave-name.ts'

const Heading = ({ session }: { readonly session: SessionDetail }) => {
  const wave = useWaveNames()(session.wave, session.studyId)
  return (
    <>
      {session.className} · {wave} <SessionState state={session.state} />
    </>
  )
}

const PlanLine = ({ session }: { readonly session: SessionDetail }) => {
  const { say, language } = useSpeech()
  const { schoolName, plannedFor, place, proctor, estimatedMinutes, secondFactor } = session
  const parts = [
    schoolName,
    clockWords(plannedFor, Date.now(), language),
    place,
    proctor.displayName,
    say('plan.minutes', { minutes: estimatedMinutes }),
    secondFactor === 'none' ? '' : say('factor.asked', { what: say(`factor.${secondFactor}`) }),
  ]
  return <>{parts.filter((part) => part !== '').join(' · ')}</>
}

const SessionDesk = ({ sessionId }: { readonly sessionId: string }) => {
  const { say, language } = useSpeech()
  const { session, refusal, knownAt, show, look } = useSession(sessionId)
  const [codes, setCodes] = useState<readonly SeatCode[] | null>(() => takeCodes(sessionId))
  const [folded, fold] = useState(false)
  const isOpen = session?.state === 'open'
  useEffect(() => fold(isOpen), [isOpen]) // names and codes do not stand on the board while pupils are in the room
  const tellCodes = (made: readonly SeatCode[]) => {
    setCodes(made)
    fold(false)
  }
  const trail = [{ label: say('classes.title'), href: '/classes' }]
  if (!session)
    return (
      <Page title={say('session.title')} trail={trail}>
        {refusal ? (
          <Refused refusal={refusal} title={say('shell.loadFailed')} retry={look} />
        ) : (
          <p class="loading" role="status">
            {say('shell.loading')}
          </p>
        )}
      </Page>
    )
  return (
    <Page
      title={say('session.title')}
      heading={<Heading session={session} />}
      lead={<PlanLine session={session} />}
      trail={[...trail, { label: session.className, href: `/classes/${session.classId}` }]}
      actions={<SessionActions session={session} onChanged={show} onCodes={tellCodes} />}
    >
      {session.state === 'planned' && <OpeningPanel session={session} onChanged={show} />}
      {codes && <CodesOnce session={session} codes={codes} folded={folded} onFold={fold} onHide={() => setCodes(null)} />}
      <div class="session-top">
        {session.state !== 'closed' && <PupilAddress session={session} />}
        <Counts counts={session.counts} />
      </div>
      <p class={refusal ? 'live live-stale' : 'live'} role="status">
        {refusal
          ? say('session.stale', { at: clockWords(new Date(knownAt).toISOString(), Date.now(), language) })
          : session.state === 'open'
            ? say('session.live')
            : ''}
      </p>
      <SeatBoard session={session} onChanged={show} onCodes={tellCodes} />
      <Notes session={session} onChanged={show} />
    </Page>
  )
}

export const SessionPage = () => {
  const { id = '' } = useRoute().params
  return <SessionDesk key={id} sessionId={id} />
}

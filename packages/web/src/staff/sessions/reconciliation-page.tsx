// After a session: seats = received + stopped + absent + declined + missing. Who is missing is named, and every receipt can be held beside a pupil's.
import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { shortReceipt } from '../../ui/receipt.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Field } from '../shell/field.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useRequest } from '../shell/use-request.ts'
import { clockWords } from '../time.ts'
import type { Reconciliation, SessionDetail } from '../wire.ts'
import { Counts } from './counts.tsx'
import { lookOf } from './seat-look.ts'
import { useWaveNames } from './wave-name.ts'

const ask = async (sessionId: string) => {
  const at = { params: { path: { sessionId } } }
  const [session, sum] = await Promise.all([
    answered(server.GET('/api/v1/sessions/{sessionId}', at)),
    answered(server.GET('/api/v1/sessions/{sessionId}/reconciliation', at)),
  ])
  return { session, sum, askedAt: new Date().toISOString() }
}

/** With the year, never “today”: it is read on paper later. */
const dateWords = (at: string, language: 'zh-CN' | 'en') => clockWords(at, 0, language)

const Which = ({ session, askedAt }: { readonly session: SessionDetail; readonly askedAt: string }) => {
  const { say, language } = useSpeech()
  const wave = useWaveNames()(session.wave, session.studyId)
  return (
    <p class="lead">
      {session.schoolName} {session.className} · {wave} · {say('session.locator')} <span class="mono">{session.locator}</span> ·{' '}
      {say('sum.asOf', { at: dateWords(askedAt, language) })}
    </p>
  )
}

const Sum = ({ counts }: Pick<Reconciliation, 'counts'>) => {
  const { say } = useSpeech()
  const { seats, declined, absent, stopped } = counts
  const missing = counts.notStarted + counts.started + counts.held
  return (
    <>
      <p class="sum">
        <span class="part">
          {say(stopped > 0 ? 'sum.lineStopped' : 'sum.line', {
            seats,
            received: counts.submitted + stopped,
            stopped,
            declined,
            absent,
            missing,
          })}
        </span>
        <strong>{say(missing === 0 ? 'sum.complete' : 'sum.missing')}</strong>
      </p>
      <div class="session-top">
        <Counts counts={counts} />
      </div>
    </>
  )
}

const Missing = ({ missing }: Pick<Reconciliation, 'missing'>) => {
  const { say } = useSpeech()
  if (missing.length === 0) return <p class="muted">{say('sum.nobodyMissing')}</p>
  return (
    <Table caption={say('sum.missingTitle')} heads={[say('codes.seatNumber'), say('codes.name'), say('sum.state')]}>
      {missing.map((seat) => (
        <tr key={seat.seatId}>
          <td class="number">{seat.number}</td>
          <th scope="row">{seat.name}</th>
          <td>
            {say(lookOf(seat.state).word)}
            {seat.soFar && <div class="muted">{say('sum.soFar', seat.soFar)}</div>}
          </td>
        </tr>
      ))}
    </Table>
  )
}

const Receipts = ({ receipts }: Pick<Reconciliation, 'receipts'>) => {
  const { say, language } = useSpeech()
  const [sought, seek] = useState('')
  const wanted = sought.trim().toUpperCase()
  const shown = receipts.filter(({ submissionId }) => shortReceipt(submissionId).includes(wanted))
  return (
    <>
      <p class="muted">{say('receipt.hint')}</p>
      <div class="no-print narrow">
        <Field label={say('receipt.seek')} value={sought} onValue={seek} maxLength={8} autoComplete="off" spellcheck={false} />
      </div>
      {shown.length === 0 ? (
        <p>{say(receipts.length === 0 ? 'receipt.none' : 'receipt.unknown')}</p>
      ) : (
        <Table caption={say('receipt.title')} heads={[say('codes.seatNumber'), say('receipt.number'), say('receipt.at')]}>
          {shown.map((receipt) => (
            <tr key={receipt.seatId}>
              <td class="number">{receipt.number}</td>
              <th scope="row" class="mono" title={receipt.bodyHash}>
                {shortReceipt(receipt.submissionId)}
              </th>
              <td>{dateWords(receipt.receivedAt, language)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}

export const ReconciliationPage = () => {
  const { say } = useSpeech()
  const { id = '' } = useRoute().params
  const request = useRequest(() => ask(id), [id])
  const trail = [
    { label: say('classes.title'), href: '/classes' },
    { label: say('session.title'), href: `/sessions/${id}` },
  ]
  const print = (
    <button type="button" class="button" onClick={() => window.print()}>
      {say('sum.print')}
    </button>
  )
  return (
    <Page title={say('sum.title')} trail={trail} actions={print}>
      <Answer to={request}>
        {({ session, sum: { counts, missing, receipts }, askedAt }) => (
          <>
            <Which session={session} askedAt={askedAt} />
            <Sum counts={counts} />
            <section class="section">
              <h2>{say('sum.missingTitle')}</h2>
              <Missing missing={missing} />
            </section>
            <section class="section">
              <h2>{say('receipt.title')}</h2>
              <Receipts receipts={receipts} />
            </section>
          </>
        )}
      </Answer>
    </Page>
  )
}

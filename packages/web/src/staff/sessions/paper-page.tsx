// The desk where paper sheets are keyed: by number from the pile, twice, by two people.
import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { shortReceipt } from '../../ui/receipt.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import { useStaff } from '../staff.ts'
import type { Definition, PaperCompared, PaperDesk, PaperEntered } from '../wire.ts'
import { PaperClerks } from './paper-clerks.tsx'
import { PaperConflicts } from './paper-conflicts.tsx'
import { PaperEntry } from './paper-entry.tsx'
import { formsOf } from './paper-form.ts'
import { dropSheet, heldSheet, holdSheet } from './paper-held.ts'
import { type PaperSeat, paperLook } from './paper-look.ts'
import { PaperSeats } from './paper-seats.tsx'
import { PrintForms } from './print-forms.tsx'

const ask = async (sessionId: string) => {
  const desk = await answered(server.GET('/api/v1/sessions/{sessionId}/paper', { params: { path: { sessionId } } }))
  return { desk, forms: await formsOf(desk.battery) }
}

const compare = (sessionId: string, seatId: string) =>
  answered(server.GET('/api/v1/sessions/{sessionId}/seats/{seatId}/paper', { params: { path: { sessionId, seatId } } }))

type At =
  | { readonly kind: 'list' }
  | { readonly kind: 'entry'; readonly seat: PaperSeat }
  | { readonly kind: 'conflicts'; readonly seatId: string; readonly compared: PaperCompared }

type DeskProps = {
  readonly sessionId: string
  readonly desk: PaperDesk
  readonly forms: readonly Definition[]
  /** Something was stored; what is known of the seats now, until the server has told all of it. */
  readonly onChanged: (seats: readonly PaperSeat[]) => void
}

/** A seat as it stands after a save: whoever types its number again at once is told so. */
const afterSaving = (seats: readonly PaperSeat[], seatId: string, { turn, conflicts }: PaperEntered) => {
  const paper = turn === 1 ? 'once' : conflicts.length > 0 ? 'conflict' : 'agreed'
  return seats.map((seat) => (seat.seatId === seatId ? ({ ...seat, paper, mine: true } as const) : seat))
}

const useSaved = () => {
  const { say } = useSpeech()
  return ({ turn, sheetNumber: sheet, conflicts, receipt }: PaperEntered) => {
    if (turn === 1) return say('paper.savedFirst', { sheet, receipt: shortReceipt(receipt.submissionId) })
    return conflicts.length === 0 ? say('paper.savedSecond', { sheet }) : say('paper.savedDiffers', { sheet, count: conflicts.length })
  }
}

const Desk = ({ sessionId, desk, forms, onChanged }: DeskProps) => {
  const { say } = useSpeech()
  const saved = useSaved()
  const [at, go] = useState<At>({ kind: 'list' })
  const [told, tell] = useState('')
  const { id: clerk } = useStaff().me.account
  const comparing = useAction(compare)
  const [began, begin] = useState(false)
  const list = () => go({ kind: 'list' })
  const pick = async (seat: PaperSeat) => {
    const { sheetNumber: sheet, paper } = seat
    tell('')
    begin(true)
    comparing.forget()
    if (paper === 'not-entered' || (paper === 'once' && !seat.mine)) return go({ kind: 'entry', seat })
    if (paper === 'once') return tell(say('paper.mineOnce', { sheet }))
    if (paper === 'agreed' || paper === 'on-device') return tell(say('paper.nothingToDo', { sheet, state: say(paperLook(paper).word) }))
    const compared = await comparing.run(sessionId, seat.seatId)
    if (compared) go({ kind: 'conflicts', seatId: seat.seatId, compared })
  }
  const keep = (seat: PaperSeat, made: PaperEntered) => {
    dropSheet(clerk, seat.seatId)
    tell(saved(made))
    onChanged(afterSaving(desk.seats, seat.seatId, made))
    const { sheetNumber, conflicts } = made
    const { seatId } = seat
    const next: At =
      conflicts.length === 0 ? { kind: 'list' } : { kind: 'conflicts', seatId, compared: { sheetNumber, conflicts, mine: true } }
    go((known) => (known.kind === 'entry' && known.seat.seatId === seatId ? next : known)) // whoever has gone on is not called back
  }
  return (
    <>
      <p class={told ? 'notice notice-good' : ''} role="status">
        {told}
      </p>
      <Refused refusal={comparing.refusal} />
      {at.kind === 'entry' && (
        <PaperEntry
          key={at.seat.seatId}
          sessionId={sessionId}
          desk={desk}
          forms={forms}
          seat={at.seat}
          held={heldSheet(clerk, at.seat.seatId)}
          onHold={(grid) => holdSheet(clerk, at.seat.seatId, grid)}
          onSaved={(made) => keep(at.seat, made)}
          onLeave={list}
        />
      )}
      {at.kind === 'conflicts' && (
        <PaperConflicts
          key={at.seatId}
          sessionId={sessionId}
          seatId={at.seatId}
          forms={forms}
          compared={at.compared}
          onDecided={(compared) => {
            go((known) => (known.kind === 'conflicts' && known.seatId === at.seatId ? { ...known, compared } : known))
            tell('')
            onChanged(desk.seats)
          }}
          onLeave={list}
        />
      )}
      {at.kind === 'list' && (
        <>
          <p class="lead">
            {desk.schoolName} {desk.className}
          </p>
          <p>{say('paper.intro')}</p>
          <PrintForms sessionId={sessionId} desk={desk} />
          <PaperSeats desk={desk} again={began} onPick={(seat) => void pick(seat)} />
          <PaperClerks clerks={desk.clerks} />
        </>
      )}
    </>
  )
}

export const PaperPage = () => {
  const { say } = useSpeech()
  const { id = '' } = useRoute().params
  const request = useRequest(() => ask(id), [id])
  const trail = [
    { label: say('classes.title'), href: '/classes' },
    { label: say('session.title'), href: `/sessions/${id}` },
  ]
  return (
    <Page title={say('paper.title')} trail={trail}>
      <Answer to={request}>
        {({ desk, forms }, { reload, replace }) => (
          <Desk
            sessionId={id}
            desk={desk}
            forms={forms}
            onChanged={(seats) => {
              replace({ desk: { ...desk, seats: [...seats] }, forms })
              reload()
            }}
          />
        )}
      </Answer>
    </Page>
  )
}

// The desk where paper sheets are keyed: by number from the pile, twice, by two people.
import { useRef, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { shortReceipt } from '../../ui/receipt.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import type { Definition, PaperCompared, PaperDesk, PaperEntered } from '../wire.ts'
import { PaperClerks } from './paper-clerks.tsx'
import { PaperConflicts } from './paper-conflicts.tsx'
import { PaperEntry } from './paper-entry.tsx'
import { formsOf } from './paper-form.ts'
import type { Grid } from './paper-grid.ts'
import { type PaperSeat, paperLook } from './paper-look.ts'
import { PaperSeats } from './paper-seats.tsx'

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

const PrintLinks = ({ sessionId, languages }: { readonly sessionId: string; readonly languages: readonly string[] }) => {
  const { say } = useSpeech()
  const nameOf = (language: string) => (language === 'zh-CN' || language === 'en' ? say(`language.${language}`) : language)
  return (
    <p class="button-row">
      {languages.map((language) => (
        <a
          key={language}
          class="button"
          href={`/api/v1/sessions/${sessionId}/paper/forms?language=${encodeURIComponent(language)}`}
          target="_blank"
          rel="noopener"
        >
          {say('paper.print', { language: nameOf(language) })}
        </a>
      ))}
    </p>
  )
}

type DeskProps = {
  readonly sessionId: string
  readonly desk: PaperDesk
  readonly forms: readonly Definition[]
  readonly onChanged: () => void
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
  const held = useRef(new Map<string, Grid>())
  const comparing = useAction(compare)
  const list = () => go({ kind: 'list' })
  const pick = async (seat: PaperSeat) => {
    const { sheetNumber: sheet, paper } = seat
    tell('')
    comparing.forget()
    if (paper === 'not-entered' || (paper === 'once' && !seat.mine)) return go({ kind: 'entry', seat })
    if (paper === 'once') return tell(say('paper.mineOnce', { sheet }))
    if (paper === 'agreed' || paper === 'on-device') return tell(say('paper.nothingToDo', { sheet, state: say(paperLook(paper).word) }))
    const compared = await comparing.run(sessionId, seat.seatId)
    if (compared) go({ kind: 'conflicts', seatId: seat.seatId, compared })
  }
  const keep = (seat: PaperSeat, made: PaperEntered) => {
    held.current.delete(seat.seatId)
    tell(saved(made))
    onChanged()
    const { sheetNumber, conflicts } = made
    go(
      conflicts.length === 0
        ? { kind: 'list' }
        : { kind: 'conflicts', seatId: seat.seatId, compared: { sheetNumber, conflicts, mine: true } },
    )
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
          held={held.current.get(at.seat.seatId)}
          onHold={(grid) => held.current.set(at.seat.seatId, grid)}
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
            go({ ...at, compared })
            tell('')
            onChanged()
          }}
          onLeave={list}
        />
      )}
      {at.kind === 'list' && (
        <>
          <PrintLinks sessionId={sessionId} languages={desk.languages} />
          <PaperSeats desk={desk} onPick={(seat) => void pick(seat)} />
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
    <Page title={say('paper.title')} lead={say('paper.intro')} trail={trail}>
      <Answer to={request}>
        {({ desk, forms }, { reload }) => (
          <>
            <p class="lead">
              {desk.schoolName} {desk.className}
            </p>
            <Desk sessionId={id} desk={desk} forms={forms} onChanged={reload} />
          </>
        )}
      </Answer>
    </Page>
  )
}

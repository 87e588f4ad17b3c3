// One reading of one sheet. What was keyed stays until the server has it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLanguageName } from '../library/language-name.ts'
import { answered, server } from '../server.ts'
import { Field, Select } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Definition, PaperDesk, PaperEntered, PaperReading } from '../wire.ts'
import { PaperBoxes } from './paper-boxes.tsx'
import { boxesLeft, emptyGrid, firstOpen, type Grid, goTo, isComplete, press, readingOf } from './paper-grid.ts'
import type { PaperSeat } from './paper-look.ts'

const save = (sessionId: string, seatId: string, body: PaperReading) =>
  answered(server.POST('/api/v1/sessions/{sessionId}/seats/{seatId}/paper', { params: { path: { sessionId, seatId } }, body }))

/** A reload would forget what was keyed; it is kept in the page alone. */
const useWarningBeforeLeaving = (some: boolean) =>
  useEffect(() => {
    if (!some) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [some])

const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10) // the schools' one time zone

type Props = {
  readonly sessionId: string
  readonly desk: PaperDesk
  readonly forms: readonly Definition[]
  readonly seat: PaperSeat
  /** What was keyed of this sheet before the clerk went back to the list. */
  readonly held: Grid | undefined
  readonly onHold: (grid: Grid) => void
  readonly onSaved: (made: PaperEntered) => void
  readonly onLeave: () => void
}

export const PaperEntry = ({ sessionId, desk, forms, seat, held, onHold, onSaved, onLeave }: Props) => {
  const { say } = useSpeech()
  const nameOf = useLanguageName()
  const [grid, setGrid] = useState(() => held ?? emptyGrid(forms))
  const [answeredOn, setDay] = useState(() => local(desk.openedAt ? new Date(desk.openedAt) : new Date()))
  const [language, setLanguage] = useState(desk.languages[0] ?? 'zh-CN')
  const saving = useAction(save)
  const first = seat.paper === 'not-entered'
  const change = (next: (grid: Grid) => Grid) =>
    setGrid((known) => {
      const changed = next(known)
      onHold(changed)
      return changed
    })
  const top = useRef<HTMLElement>(null)
  useEffect(() => top.current?.scrollIntoView?.(), []) // the whole grid in one look
  useWarningBeforeLeaving(firstOpen(grid) > 0)
  const submit = async () => {
    const made = await saving.run(sessionId, seat.seatId, { answeredOn, language, sheets: [...readingOf(forms, grid)] })
    if (made) onSaved(made)
  }
  return (
    <section ref={top} class="section paper-section">
      <h2>
        {say('paper.sheet', { sheet: seat.sheetNumber })} · {say(first ? 'paper.first' : 'paper.second')}
      </h2>
      {seat.state === 'started' && <p class="notice notice-warn">{say('paper.begun')}</p>}
      {first && (
        <div class="paper-about">
          <Field label={say('paper.day')} value={answeredOn} onValue={setDay} maxLength={10} autoComplete="off" />
          {desk.languages.length > 1 && (
            <Select
              label={say('paper.language')}
              value={language}
              onValue={setLanguage}
              choices={desk.languages.map((value) => ({ value, label: nameOf(value) }))}
            />
          )}
        </div>
      )}
      <PaperBoxes
        forms={forms}
        grid={grid}
        onKey={(key) => change((known) => press(known, key))}
        onGoTo={(place) => change((known) => goTo(known, place))}
        onDone={() => void submit()}
      />
      <Refused refusal={saving.refusal} title={say('paper.lost')} />
      <p class="button-row">
        <button type="button" class="button button-primary" disabled={!isComplete(grid) || saving.busy} onClick={() => void submit()}>
          {say('paper.save')}
        </button>
        <button type="button" class="button" onClick={onLeave}>
          {say('paper.leave')}
        </button>
        {!isComplete(grid) && <span class="muted">{say('paper.boxesLeft', { count: boxesLeft(grid) })}</span>}
      </p>
    </section>
  )
}

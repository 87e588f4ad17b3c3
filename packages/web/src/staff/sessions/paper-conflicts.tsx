// Two readings side by side where they differ, and the one that holds.
import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Choice } from '../shell/choice.tsx'
import { Field } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Definition, PaperCompared } from '../wire.ts'
import { itemText, valuesOf, valueText } from './paper-form.ts'

type Conflict = PaperCompared['conflicts'][number]
type Answer = Conflict['first']
type Basis = 'third-person' | 'paper'

const decide = (sessionId: string, seatId: string, chosen: ReadonlyMap<string, Answer>, basis: Basis, reason: string) =>
  answered(
    server.POST('/api/v1/sessions/{sessionId}/seats/{seatId}/paper/decisions', {
      params: { path: { sessionId, seatId } },
      body: { decisions: [...chosen].map(([conflictId, answer]) => ({ conflictId, answer })), basis, reason },
    }),
  )

const useAnswerWords = (forms: readonly Definition[]) => {
  const { say, language } = useSpeech()
  return ({ instrument, item }: Conflict, answer: Answer): string => {
    if (answer === 'skipped') return say('paper.empty')
    if (answer === 'declined') return say('paper.declined')
    if (answer === 'not_shown') return say('paper.notShown')
    const form = forms.find(({ id }) => id === instrument)
    return form ? valueText(form, item, answer, language) : String(answer)
  }
}

type RowProps = {
  readonly forms: readonly Definition[]
  readonly conflict: Conflict
  readonly chosen: Answer | undefined
  readonly onChoose: (answer: Answer) => void
}

const Decided = ({ forms, conflict }: Pick<RowProps, 'forms' | 'conflict'>) => {
  const { say } = useSpeech()
  const words = useAnswerWords(forms)
  const { decided } = conflict
  if (!decided) return null
  const { answer, by: name, basis, reason } = decided
  return <>{say('paper.decidedBy', { answer: words(conflict, answer), name, basis: say(`paper.${basis}`), reason })}</>
}

/** Both readings first, then whatever else the box could hold: the paper may show that both misread it. */
const choicesOf = (form: Definition | undefined, { item, first, second }: Conflict): readonly Answer[] => {
  const all: readonly Answer[] = [first, second, ...(form ? valuesOf(form, item) : []), 'skipped', 'declined']
  return all.filter((answer, place) => all.indexOf(answer) === place)
}

const Row = ({ forms, conflict, chosen, onChoose }: RowProps) => {
  const { say, language } = useSpeech()
  const words = useAnswerWords(forms)
  const form = forms.find(({ id }) => id === conflict.instrument)
  const number = (form?.items.findIndex(({ id }) => id === conflict.item) ?? -1) + 1
  const choices = choicesOf(form, conflict)
  return (
    <tr>
      <th scope="row">
        {form?.acronym} {number}. <span class="paper-question">{form ? itemText(form, conflict.item, language) : conflict.item}</span>
      </th>
      <td class="paper-side" data-head={say('paper.first')}>
        {words(conflict, conflict.first)}
      </td>
      <td class="paper-side" data-head={say('paper.second')}>
        {words(conflict, conflict.second)}
      </td>
      <td class="field" data-head={say('paper.choose')}>
        {conflict.decided ? (
          <Decided forms={forms} conflict={conflict} />
        ) : (
          <select
            aria-label={`${say('paper.choose')}: ${form?.acronym ?? ''} ${number}`}
            value={chosen === undefined ? '' : String(choices.indexOf(chosen))}
            onChange={(event) => {
              const answer = choices[Number(event.currentTarget.value)]
              if (event.currentTarget.value !== '' && answer !== undefined) onChoose(answer)
            }}
          >
            <option value="">—</option>
            {choices.map((answer, place) => (
              <option key={String(answer)} value={String(place)}>
                {words(conflict, answer)}
              </option>
            ))}
          </select>
        )}
      </td>
    </tr>
  )
}

type Props = {
  readonly sessionId: string
  readonly seatId: string
  readonly forms: readonly Definition[]
  readonly compared: PaperCompared
  readonly onDecided: (compared: PaperCompared) => void
  readonly onLeave: () => void
}

const shortestReason = 2

const faultOf = (say: Say, left: number, basis: Basis | null, reason: string): string | null => {
  if (left > 0) return say('paper.chooseEach', { count: left })
  if (basis === null) return say('paper.chooseBasis')
  return reason.trim().length < shortestReason ? say('paper.reasonNeeded') : null
}

export const PaperConflicts = ({ sessionId, seatId, forms, compared, onDecided, onLeave }: Props) => {
  const { say } = useSpeech()
  const [chosen, choose] = useState<ReadonlyMap<string, Answer>>(new Map())
  const [basis, setBasis] = useState<Basis | null>(compared.mine ? 'paper' : null)
  const [reason, setReason] = useState('')
  const [told, setTold] = useState(false)
  const deciding = useAction(decide)
  const open = compared.conflicts.filter(({ decided }) => decided === null)
  const fault = faultOf(say, open.length - chosen.size, basis, reason)
  const submit = async (event: Event) => {
    event.preventDefault()
    setTold(fault !== null)
    if (basis === null || fault !== null) return
    const made = await deciding.run(sessionId, seatId, chosen, basis, reason)
    if (made) onDecided(made)
  }
  const bases: readonly Basis[] = compared.mine ? ['paper'] : ['third-person', 'paper']
  const heads = [say('paper.item'), say('paper.first'), say('paper.second'), say('paper.choose')]
  const title = say('paper.differences', { sheet: compared.sheetNumber })
  return (
    <section class="section">
      <h2>{title}</h2>
      <p class="muted">{say('paper.differencesHint')}</p>
      <form class="form" onSubmit={submit}>
        <Table class="paper-differences" caption={title} heads={heads}>
          {compared.conflicts.map((conflict) => (
            <Row
              key={conflict.conflictId}
              forms={forms}
              conflict={conflict}
              chosen={chosen.get(conflict.conflictId)}
              onChoose={(answer) => choose((known) => new Map([...known, [conflict.conflictId, answer]]))}
            />
          ))}
        </Table>
        {open.length > 0 && (
          <>
            <Choice
              legend={say('paper.basis')}
              {...(compared.mine && { hint: say('paper.notThird') })}
              options={bases.map((value) => ({ value, label: say(`paper.${value}`) }))}
              value={basis}
              onValue={setBasis}
            />
            <Field
              label={say('paper.reason')}
              hint={say('paper.reasonHint')}
              value={reason}
              onValue={setReason}
              maxLength={300}
              autoComplete="off"
            />
            <p class="field-error" role="alert">
              {told ? fault : ''}
            </p>
            <Refused refusal={deciding.refusal} title={say('paper.lost')} />
          </>
        )}
        <p class="button-row">
          {open.length > 0 && (
            <button type="submit" class="button button-primary" disabled={deciding.busy}>
              {say('paper.decide')}
            </button>
          )}
          <button type="button" class="button" onClick={onLeave}>
            {say('paper.leave')}
          </button>
        </p>
      </form>
    </section>
  )
}

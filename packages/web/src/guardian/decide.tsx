import { useState } from 'preact/hooks'
import { useSpeech } from './speech.ts'
import { type Answer, answer, type Confirmed, type Decision, type Notice, type Receipt } from './wire.ts'

const relations = ['parent', 'other-guardian', 'caregiver'] as const
type Relation = (typeof relations)[number]

export type Decided = Pick<Answer, 'name' | 'answers'> & { readonly receipt: Receipt }
type Props = {
  readonly token: string
  readonly code: string
  readonly confirmed: Confirmed
  readonly notices: readonly Notice[]
  readonly onDecided: (decided: Decided) => void
}

/** A no after a yes is a withdrawal. */
export const decisionOf = (agrees: boolean, standing: Decision | null): Decision => {
  if (agrees) return 'given'
  return standing === 'given' || standing === 'withdrawn' ? 'withdrawn' : 'refused'
}

const standingOf = (notice: Notice, { decisions }: Confirmed): Decision | null =>
  decisions.find(({ purpose, party }) => purpose === notice.purpose && party === notice.party)?.decision ?? null

type QuestionProps = {
  readonly notice: Notice
  readonly standing: Decision | null
  readonly agrees: boolean | undefined
  readonly onAgrees: (agrees: boolean) => void
}

/** Two buttons of one size and weight (PRIV-04). */
const Question = ({ notice, standing, agrees, onAgrees }: QuestionProps) => {
  const { say } = useSpeech()
  return (
    <fieldset class="question">
      <legend>
        {say(`purpose.${notice.purpose}`)}
        {notice.party !== null && ` · ${notice.party}`}
      </legend>
      {standing && <p class="muted">{say('decide.now', { decision: say(`decide.${standing}`) })}</p>}
      <div class="two">
        {[true, false].map((value) => (
          <label key={String(value)} class={agrees === value ? 'chosen' : ''}>
            <input type="radio" name={notice.noticeId} checked={agrees === value} onChange={() => onAgrees(value)} />
            <span>{say(value ? 'decide.yes' : 'decide.no')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export const Decide = ({ token, code, confirmed, notices, onDecided }: Props) => {
  const { say } = useSpeech()
  const [agreed, setAgreed] = useState<Readonly<Record<string, boolean>>>({})
  const [name, setName] = useState('')
  const [relation, setRelation] = useState<Relation | null>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState('')
  const [pressed, setPressed] = useState(false)
  const lacks = () => {
    if (notices.some(({ noticeId }) => agreed[noticeId] === undefined)) return say('decide.needsAll')
    if (relation === null) return say('decide.needsRelation')
    if (relation === 'caregiver') return say('relation.caregiverHint')
    return name.trim() === '' ? say('decide.needsName') : ''
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    setPressed(true)
    setWrong('')
    if (busy || lacks() !== '' || relation === null) return
    setBusy(true)
    const answers = notices.map((notice) => ({
      noticeId: notice.noticeId,
      decision: decisionOf(agreed[notice.noticeId] ?? false, standingOf(notice, confirmed)),
    }))
    try {
      const receipt = await answer({ token, code, name: name.trim(), relationship: relation, answers })
      onDecided({ name: name.trim(), answers, receipt })
    } catch (error) {
      setWrong((error as Error).message || say('unreachable'))
    }
    setBusy(false)
  }
  return (
    <form class="card" onSubmit={submit} noValidate>
      <h2>{say('decide.title')}</h2>
      <p class="child">{say('decide.child', { name: confirmed.name })}</p>
      {notices.map((notice) => (
        <Question
          key={notice.noticeId}
          notice={notice}
          standing={standingOf(notice, confirmed)}
          agrees={agreed[notice.noticeId]}
          onAgrees={(agrees) => setAgreed({ ...agreed, [notice.noticeId]: agrees })}
        />
      ))}
      <fieldset class="question">
        <legend>{say('decide.relation')}</legend>
        {relations.map((value) => (
          <label key={value} class="line">
            <input type="radio" name="relation" checked={relation === value} onChange={() => setRelation(value)} />
            <span>{say(`relation.${value}`)}</span>
          </label>
        ))}
        {relation === 'caregiver' && <p class="notice notice-warn">{say('relation.caregiverHint')}</p>}
      </fieldset>
      <div class="field">
        <label for="name">{say('decide.name')}</label>
        <input id="name" value={name} onInput={(event) => setName(event.currentTarget.value)} autoComplete="name" maxLength={60} />
        <p class="field-hint">{say('decide.nameHint')}</p>
      </div>
      <p class="field-error" role="alert">
        {pressed && relation !== 'caregiver' ? lacks() || wrong : wrong}
      </p>
      <button type="submit" class="button button-primary wide" disabled={busy || relation === 'caregiver'}>
        {say(busy ? 'decide.sending' : 'decide.send')}
      </button>
    </form>
  )
}

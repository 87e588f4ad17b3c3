import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Field, Select } from '../shell/field.tsx'
import { Missing, useMissing } from '../shell/missing.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Rota } from '../wire.ts'

type Turn = { readonly fromDay: string; readonly toDay: string; readonly ownerId: string; readonly deputyId: string }
type Props = { readonly schoolId: string; readonly rota: Rota; readonly onRota: (rota: Rota) => void }

const save = (schoolId: string, body: Turn) =>
  answered(server.POST('/api/v1/schools/{schoolId}/duty', { params: { path: { schoolId } }, body }))

export const SetTurn = ({ schoolId, rota, onRota }: Props) => {
  const { say } = useSpeech()
  const { days, counsellors, today } = rota
  const [turn, setTurn] = useState<Turn>({
    fromDay: today.day,
    toDay: days[days.length - 1]?.day ?? today.day,
    ownerId: today.owner?.accountId ?? '',
    deputyId: today.deputy?.accountId ?? '',
  })
  const [saved, setSaved] = useState(false)
  const saving = useAction(save)
  const missing = useMissing(turn.ownerId !== '' && turn.deputyId !== '' ? null : say('duty.chooseBoth'))
  const change = (part: Partial<Turn>) => {
    setSaved(false)
    setTurn({ ...turn, ...part })
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (!missing.isWhole()) return
    const made = await saving.run(schoolId, turn)
    if (made) onRota(made)
    setSaved(made !== undefined)
  }
  if (counsellors.length < 2) return <p class="notice notice-warn">{say('duty.fewCounsellors')}</p>
  const people = (other: string) => [
    { value: '', label: say('duty.choose') },
    ...counsellors
      .filter(({ accountId }) => accountId !== other)
      .map(({ accountId, displayName }) => ({ value: accountId, label: displayName })),
  ]
  return (
    <form class="form" onSubmit={submit}>
      <p class="muted">{say('duty.setHint')}</p>
      <div class="fields">
        <Field label={say('duty.from')} type="date" value={turn.fromDay} onValue={(fromDay) => change({ fromDay })} required />
        <Field label={say('duty.to')} type="date" min={turn.fromDay} value={turn.toDay} onValue={(toDay) => change({ toDay })} required />
        <Select label={say('duty.owner')} value={turn.ownerId} onValue={(ownerId) => change({ ownerId })} choices={people(turn.deputyId)} />
        <Select
          label={say('duty.deputy')}
          value={turn.deputyId}
          onValue={(deputyId) => change({ deputyId })}
          choices={people(turn.ownerId)}
        />
      </div>
      <p class="button-row">
        <button type="submit" class="button button-primary" disabled={saving.busy}>
          {say('duty.save')}
        </button>
        {saved && <span role="status">{say('duty.saved')}</span>}
      </p>
      <Missing said={missing.said} />
      <Refused refusal={saving.refusal} />
    </form>
  )
}

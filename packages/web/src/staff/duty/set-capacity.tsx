import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Field } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Rota } from '../wire.ts'

type Props = { readonly schoolId: string; readonly rota: Rota; readonly onRota: (rota: Rota) => void; readonly mayChange: boolean }

const save = (schoolId: string, perDay: number) =>
  answered(server.POST('/api/v1/schools/{schoolId}/capacity', { params: { path: { schoolId } }, body: { perDay } }))

export const SetCapacity = ({ schoolId, rota: { capacity }, onRota, mayChange }: Props) => {
  const { say } = useSpeech()
  const [perDay, setPerDay] = useState(String(capacity.perDay))
  const [saved, setSaved] = useState(false)
  const saving = useAction(save)
  const hint = say(capacity.stated ? 'duty.capacityStated' : 'duty.capacityDefault')
  if (!mayChange)
    return (
      <p>
        <strong>{capacity.perDay}</strong> <span class="muted">{hint}</span>
      </p>
    )
  const submit = async (event: Event) => {
    event.preventDefault()
    const made = await saving.run(schoolId, Number(perDay))
    if (made) onRota(made)
    setSaved(made !== undefined)
  }
  return (
    <form class="form duty-narrow" onSubmit={submit}>
      <Field label={say('duty.perDay')} hint={hint} inputMode="numeric" pattern="[0-9]{1,3}" value={perDay} onValue={setPerDay} required />
      <p class="button-row">
        <button type="submit" class="button" disabled={saving.busy}>
          {say('plan.save')}
        </button>
        {saved && <span role="status">{say('duty.saved')}</span>}
      </p>
      <Refused refusal={saving.refusal} />
    </form>
  )
}

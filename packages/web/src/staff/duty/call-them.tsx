import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Rota } from '../wire.ts'

const call = (schoolId: string) => answered(server.POST('/api/v1/schools/{schoolId}/trial-alerts', { params: { path: { schoolId } } }))

type Props = { readonly schoolId: string; readonly onCalled: (rota: Rota) => void }

/** Sends a trial alert to whoever is on duty today. */
export const CallThem = ({ schoolId, onCalled }: Props) => {
  const { say } = useSpeech()
  const calling = useAction(call)
  const [called, setCalled] = useState(false)
  const send = async () => {
    const rota = await calling.run(schoolId)
    if (rota) onCalled(rota)
    setCalled(rota !== undefined)
  }
  return (
    <div class="call-them">
      <p class="button-row">
        <button type="button" class="button" disabled={calling.busy} onClick={() => void send()}>
          {say('duty.call')}
        </button>
        {called && <span role="status">{say('duty.called')}</span>}
      </p>
      <p class="field-hint">{say('duty.callHint')}</p>
      <Refused refusal={calling.refusal} />
    </div>
  )
}

// A trial alert stands on every page of whoever is called, until it is confirmed: that proves that a call reaches this person (SAF-08).
import { useCallback, useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { useEvery } from '../shell/use-every.ts'
import { clockWords } from '../time.ts'
import type { TrialAlert } from '../wire.ts'

const interval = 5000

const confirm = (alertIds: string[]) => answered(server.POST('/api/v1/trial-alerts/confirm', { body: { alertIds } }))

export const TrialBanner = () => {
  const { say, language } = useSpeech()
  const [alerts, setAlerts] = useState<readonly TrialAlert[]>([])
  const look = useCallback(
    () =>
      answered(server.GET('/api/v1/trial-alerts')).then(
        ({ alerts: found }) => setAlerts(found),
        () => {},
      ), // the next look comes soon
    [],
  )
  useEvery(interval, look)
  const confirming = useAction(confirm)
  const answer = async () => {
    if (await confirming.run(alerts.map(({ id }) => id))) setAlerts([])
  }
  if (alerts.length === 0) return null
  return (
    <div class="trial" role="alert">
      <div class="trial-line">
        <div>
          <p class="notice-title">{say('trial.title')}</p>
          <ul>
            {alerts.map(({ id, schoolName, sentBy, sentAt }) => (
              <li key={id}>{say('trial.line', { school: schoolName, by: sentBy, at: clockWords(sentAt, Date.now(), language) })}</li>
            ))}
          </ul>
          <p>{say('trial.why')}</p>
          <Refused refusal={confirming.refusal} />
        </div>
        <button type="button" class="button button-primary" disabled={confirming.busy} onClick={() => void answer()}>
          {say('trial.confirm')}
        </button>
      </div>
    </div>
  )
}

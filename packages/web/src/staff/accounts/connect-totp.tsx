import { useState } from 'preact/hooks'
import { QrCode } from '../../ui/qr-code.tsx'
import { answered, server } from '../server.ts'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Me, TotpSecret } from '../wire.ts'
import { inGroups } from './password.ts'
import { TotpField } from './totp-field.tsx'

const confirm = (token: string, totp: string) => answered(server.POST('/api/v1/invitations/confirm', { body: { token, totp } }))

const Secret = ({ secret }: { readonly secret: TotpSecret }) => {
  const { say } = useSpeech()
  return (
    <div class="totp">
      <div>
        <h3>{say('entry.scan')}</h3>
        <QrCode text={secret.otpauthUri} label={say('entry.qr')} />
      </div>
      <div>
        <h3>{say('entry.byHand')}</h3>
        <p class="totp-secret">
          {inGroups(secret.totpSecret).map((group, position) => (
            <span key={position}>{group} </span>
          ))}
        </p>
        <p class="field-hint">{say('entry.byHandHint')}</p>
      </div>
    </div>
  )
}

type Props = { readonly token: string; readonly secret: TotpSecret; readonly onEnter: (me: Me) => void }

export const ConnectTotp = ({ token, secret, onEnter }: Props) => {
  const { say } = useSpeech()
  const [totp, setTotp] = useState('')
  const confirming = useAction(confirm)
  const submit = async (event: Event) => {
    event.preventDefault()
    const me = await confirming.run(token, totp)
    if (me) onEnter(me)
    else setTotp('')
  }
  return (
    <form class="form" onSubmit={submit}>
      <h2>{say('entry.totp')}</h2>
      <p>{say('entry.totpWhy')}</p>
      <Secret secret={secret} />
      <TotpField label={say('entry.confirm')} value={totp} onValue={setTotp} />
      <Refused refusal={confirming.refusal} />
      <button type="submit" class="button button-primary" disabled={confirming.busy}>
        {say('entry.finish')}
      </button>
    </form>
  )
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Entrance } from '../shell/entrance.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { Invitation, Me, TotpSecret } from '../wire.ts'
import { ConnectTotp } from './connect-totp.tsx'
import { LinkMissing } from './link-missing.tsx'
import { NewAccount } from './new-account.tsx'
import { useToken } from './token.ts'
import { useSetUp } from './use-set-up.ts'

type Doors = { readonly onEnter: (me: Me) => void }

const Steps = ({ token, invitation, onEnter }: Doors & { readonly token: string; readonly invitation: Invitation }) => {
  const { say } = useSpeech()
  const [secret, setSecret] = useState<TotpSecret | null>(null)
  const step = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (secret) step.current?.focus()
  }, [secret])
  return (
    <>
      <p ref={step} class="step" tabIndex={-1}>
        {say('entry.stepOf', { step: secret ? 2 : 1, of: 2 })}
      </p>
      {secret ? (
        <ConnectTotp token={token} secret={secret} onEnter={onEnter} />
      ) : (
        <NewAccount token={token} invitation={invitation} onAccepted={setSecret} />
      )}
    </>
  )
}

const Invited = ({ token, onEnter }: Doors & { readonly token: string }) => {
  const invitation = useRequest(() => answered(server.POST('/api/v1/invitations/inspect', { body: { token } })), [token])
  return <Answer to={invitation}>{(found) => <Steps token={token} invitation={found} onEnter={onEnter} />}</Answer>
}

/** Set-up of an empty server and the acceptance of an invitation walk the same two steps. */
export const AcceptInvitation = ({ onEnter }: Doors) => {
  const { say } = useSpeech()
  const token = useToken()
  const { demo } = useSetUp()
  const title = location.pathname === '/set-up' ? say('entry.setUpTitle') : say('entry.invitationTitle')
  return (
    <Entrance title={title} demo={demo} wide>
      {token ? <Invited key={token} token={token} onEnter={onEnter} /> : <LinkMissing />}
    </Entrance>
  )
}

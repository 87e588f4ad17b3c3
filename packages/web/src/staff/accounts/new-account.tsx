import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Field } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { clockWords } from '../time.ts'
import type { Invitation, TotpSecret } from '../wire.ts'
import { passwordFault } from './password.ts'

type Filled = { readonly username: string; readonly displayName: string; readonly countyName: string; readonly password: string }

const accept = (token: string, setUp: boolean, { countyName, ...person }: Filled) =>
  answered(server.POST('/api/v1/invitations/accept', { body: { token, ...person, ...(setUp && { countyName }) } }))

const faultWords = (say: Say, password: string, username: string) => {
  const fault = password === '' ? null : passwordFault(password, username)
  if (!fault) return null
  return fault.kind === 'short' ? say('entry.short', { missing: fault.missing }) : say('entry.sameAsName')
}

type Props = { readonly token: string; readonly invitation: Invitation; readonly onAccepted: (secret: TotpSecret) => void }

export const NewAccount = ({ token, invitation, onAccepted }: Props) => {
  const { say, language } = useSpeech()
  const setUp = invitation.purpose === 'set-up'
  const [filled, setFilled] = useState<Filled>({
    username: invitation.username ?? '',
    displayName: invitation.displayName ?? '',
    countyName: '',
    password: '',
  })
  const [repeated, setRepeated] = useState('')
  const accepting = useAction(accept)
  const fill = (part: Partial<Filled>) => setFilled({ ...filled, ...part })
  const fault = faultWords(say, filled.password, filled.username)
  const differs = repeated !== '' && repeated !== filled.password
  const submit = async (event: Event) => {
    event.preventDefault()
    if (passwordFault(filled.password, filled.username) || repeated !== filled.password) return
    const secret = await accepting.run(token, setUp, filled)
    if (secret) onAccepted(secret)
  }
  return (
    <form class="form" onSubmit={submit}>
      <h2>{say('entry.who')}</h2>
      <p class="field-hint">{say('entry.expires', { at: clockWords(invitation.expiresAt, Date.now(), language) })}</p>
      {setUp && (
        <Field
          label={say('entry.county')}
          value={filled.countyName}
          onValue={(countyName) => fill({ countyName })}
          maxLength={60}
          required
        />
      )}
      <Field
        label={say('entry.displayName')}
        hint={say('entry.displayNameHint')}
        value={filled.displayName}
        onValue={(displayName) => fill({ displayName })}
        autoComplete="name"
        maxLength={60}
        required
      />
      <Field
        label={say('entry.username')}
        hint={say('entry.usernameHint')}
        value={filled.username}
        onValue={(username) => fill({ username })}
        autoComplete="username"
        autoCapitalize="none"
        spellcheck={false}
        pattern="[A-Za-z0-9][A-Za-z0-9._\-]{1,39}"
        required
      />
      <Field
        label={say('entry.password')}
        hint={say('entry.passwordHint')}
        error={fault}
        value={filled.password}
        onValue={(password) => fill({ password })}
        type="password"
        autoComplete="new-password"
        required
      />
      <Field
        label={say('entry.repeat')}
        error={differs ? say('entry.differs') : null}
        value={repeated}
        onValue={setRepeated}
        type="password"
        autoComplete="new-password"
        required
      />
      <Refused refusal={accepting.refusal} />
      <button type="submit" class="button button-primary" disabled={accepting.busy}>
        {say('entry.next')}
      </button>
    </form>
  )
}

import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Entrance } from '../shell/entrance.tsx'
import { Field } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Me } from '../wire.ts'
import { TotpField } from './totp-field.tsx'
import { useSetUp } from './use-set-up.ts'

const signIn = (username: string, password: string, totp: string) =>
  answered(server.POST('/api/v1/sign-in', { body: { username, password, totp } }))

const SetUpNeeded = () => {
  const { say } = useSpeech()
  return (
    <div class="notice" role="note">
      <p class="notice-title">{say('signIn.setUpNeeded')}</p>
      <p>{say('signIn.setUpHint')}</p>
    </div>
  )
}

export const SignIn = ({ onEnter, again = false }: { readonly onEnter: (me: Me) => void; readonly again?: boolean }) => {
  const { say } = useSpeech()
  const { needed, demo, signInLinks } = useSetUp()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const entering = useAction(signIn)
  const submit = async (event: Event) => {
    event.preventDefault()
    const me = await entering.run(username, password, totp)
    if (me) onEnter(me)
    else setTotp('')
  }
  return (
    <Entrance title={say(again ? 'signIn.again' : 'signIn.title')} lead={again ? say('signIn.againHint') : undefined} demo={demo}>
      {needed && <SetUpNeeded />}
      <form class="form" onSubmit={submit}>
        <Field
          label={say('signIn.username')}
          value={username}
          onValue={setUsername}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellcheck={false}
          required
        />
        <Field
          label={say('signIn.password')}
          value={password}
          onValue={setPassword}
          type="password"
          name="password"
          autoComplete="current-password"
          required
        />
        <TotpField label={say('signIn.totp')} value={totp} onValue={setTotp} />
        <Refused refusal={entering.refusal} />
        <button type="submit" class="button button-primary button-wide" disabled={entering.busy}>
          {say('signIn.submit')}
        </button>
      </form>
      {signInLinks && <p class="aside">{say('signIn.demoHint')}</p>}
      <p class="aside">
        <a href="/p/">{say('signIn.pupil')}</a>
      </p>
    </Entrance>
  )
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { device } from '../remember.ts'
import type { Arrival } from '../sign-in.ts'
import { useSpeech } from '../speech.ts'
import { codeLength, locatorLength, readTyped, type Ticket } from '../typed.ts'
import type { Pupil } from '../use-pupil.ts'
import { CodeField } from './code-field.tsx'
import { OnThisDevice } from './on-this-device.tsx'

type Props = { readonly pupil: Pupil; readonly ticket: Ticket | null }
type Trouble = Exclude<Arrival, { kind: 'record' }> | { readonly kind: 'locatorShort' | 'codeShort' }

const troubleWith = ({ locator, code }: Ticket): Trouble | null => {
  if (locator.length !== locatorLength) return { kind: 'locatorShort' }
  return code.length === codeLength ? null : { kind: 'codeShort' }
}

export const Door = ({ pupil, ticket }: Props) => {
  const { language, say } = useSpeech()
  const [locator, setLocator] = useState(ticket?.locator ?? device.read('tongxing.locator'))
  const [code, setCode] = useState(ticket?.code ?? '')
  const [factor, setFactor] = useState('')
  const [asks, setAsks] = useState('') // what the server asks besides the code
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const alive = useRef(true)
  const form = useRef<HTMLFormElement>(null)
  const enter = async () => {
    const typed = { locator: readTyped(locator), code: readTyped(code) }
    const found = troubleWith(typed)
    setTrouble(found)
    if (found || busy) return
    setBusy(true)
    const arrival = await pupil.signIn(typed, factor)
    if (!alive.current || arrival.kind === 'record') return
    setBusy(false)
    if (arrival.kind === 'refused' && /-needed$/.test(arrival.code)) setAsks(arrival.detail)
    else setTrouble(arrival)
  }
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>(locator ? '#code' : '#locator')?.focus()
    if (ticket) enter()
    return () => {
      alive.current = false
    }
  }, [])
  useEffect(() => form.current?.querySelector<HTMLInputElement>('#factor')?.focus(), [asks])
  useEffect(() => {
    setTrouble(null)
    setAsks('')
  }, [language])
  const anew = (set: (value: string) => void) => (value: string) => {
    set(value)
    setAsks('')
    setFactor('')
  }
  const submit = (event: Event) => {
    event.preventDefault()
    enter()
  }
  return (
    <form class="door" ref={form} onSubmit={submit} noValidate>
      <h1>{say('door.title')}</h1>
      <p class="soft">{say('door.hint')}</p>
      <CodeField
        name="locator"
        hint={say('door.locatorHint')}
        value={locator}
        onInput={anew(setLocator)}
        length={locatorLength}
        wrong={trouble?.kind === 'locatorShort'}
      />
      <CodeField
        name="code"
        hint={say('door.codeHint')}
        value={code}
        onInput={anew(setCode)}
        length={codeLength}
        wrong={trouble?.kind === 'codeShort'}
      />
      {asks && <CodeField name="factor" hint={asks} value={factor} onInput={setFactor} length={13} wrong={trouble?.kind === 'refused'} />}
      <p class="soft small">{say('door.forgiving')}</p>
      <div role="alert">
        {trouble && <p class="trouble">{trouble.kind === 'refused' ? trouble.detail : say(`door.${trouble.kind}`)}</p>}
      </div>
      <button type="submit" class="primary wide" aria-disabled={busy}>
        {say(busy ? 'door.entering' : 'door.enter')}
      </button>
      <OnThisDevice queue={pupil.queue} />
    </form>
  )
}

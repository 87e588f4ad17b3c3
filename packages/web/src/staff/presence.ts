// Is somebody signed in? When a sign-in ends in the middle of work the page stays, hidden, so that nothing typed is lost.
import { useEffect, useState } from 'preact/hooks'
import { type Refusal, refusalOf } from './refusal.ts'
import { answered, server, whenSignedOut } from './server.ts'
import type { Me } from './wire.ts'

export type Presence =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreachable'; readonly refusal: Refusal }
  | { readonly kind: 'away' }
  | { readonly kind: 'here'; readonly me: Me }
  | { readonly kind: 'expired'; readonly me: Me }

const expire = (presence: Presence): Presence => (presence.kind === 'here' ? { kind: 'expired', me: presence.me } : presence)

const asked = async (): Promise<Presence> => {
  try {
    return { kind: 'here', me: await answered(server.GET('/api/v1/me')) }
  } catch (error) {
    const refusal = refusalOf(error)
    return refusal.status === 401 ? { kind: 'away' } : { kind: 'unreachable', refusal }
  }
}

/** `needed` is false on the ways in, which work whoever is or is not signed in. */
export const usePresence = (needed: boolean) => {
  const [presence, setPresence] = useState<Presence>({ kind: 'unknown' })
  const ask = () => void asked().then(setPresence)
  useEffect(() => whenSignedOut(() => setPresence(expire)), [])
  useEffect(() => {
    if (needed && presence.kind === 'unknown') ask()
  }, [needed])
  const leave = async () => {
    await answered(server.POST('/api/v1/sign-out', { body: {} }))
    setPresence({ kind: 'away' })
  }
  return { presence, ask, enter: (me: Me) => setPresence({ kind: 'here', me }), leave }
}

import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { type Refusal, refusalOf } from '../refusal.ts'

export type Requested<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly refusal: Refusal; readonly retry: () => void }
  | { readonly kind: 'ready'; readonly value: T; readonly reload: () => void; readonly replace: (value: T) => void }

type Held<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly refusal: Refusal }
  | { readonly kind: 'ready'; readonly value: T }

/** Asks when the page opens and whenever `keys` change; an answer to an earlier question is dropped. */
export const useRequest = <T>(ask: () => Promise<T>, keys: readonly unknown[]): Requested<T> => {
  const [held, setHeld] = useState<Held<T>>({ kind: 'loading' })
  const asked = useRef(0)
  const reload = useCallback(() => {
    asked.current += 1
    const own = asked.current
    const settle = (next: Held<T>) => own === asked.current && setHeld(next)
    ask().then(
      (value) => settle({ kind: 'ready', value }),
      (error: unknown) => settle({ kind: 'failed', refusal: refusalOf(error) }),
    )
  }, keys)
  useEffect(() => {
    setHeld({ kind: 'loading' })
    reload()
    return () => {
      asked.current += 1
    }
  }, [reload])
  if (held.kind === 'ready') return { ...held, reload, replace: (value) => setHeld({ kind: 'ready', value }) }
  if (held.kind === 'failed') return { ...held, retry: reload }
  return held
}

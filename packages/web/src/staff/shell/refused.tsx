import { useEffect, useRef } from 'preact/hooks'
import type { Refusal } from '../refusal.ts'
import { useSpeech } from './speech.tsx'

type Props = { readonly refusal: Refusal | null; readonly title?: string; readonly retry?: () => void }

/** What was refused, why, and what is allowed: the server's sentence, read aloud at once by a screen reader. */
export const Refused = ({ refusal, title, retry }: Props) => {
  const { say } = useSpeech()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.scrollIntoView?.({ block: 'nearest' }), [refusal]) // below a long form it would go unseen
  if (!refusal) return null
  const unreachable = refusal.status === 0
  return (
    <div ref={place} class="notice notice-error" role="alert">
      <p class="notice-title">{title ?? say('shell.failed')}</p>
      <p>{unreachable ? say('shell.offline') : refusal.message || say('shell.code', { code: refusal.code })}</p>
      {!unreachable && refusal.message && <p class="notice-code">{say('shell.code', { code: refusal.code })}</p>}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {say('shell.retry')}
        </button>
      )}
    </div>
  )
}

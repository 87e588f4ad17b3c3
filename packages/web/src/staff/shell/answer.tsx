import type { ComponentChildren } from 'preact'
import { Refused } from './refused.tsx'
import { useSpeech } from './speech.tsx'
import type { Requested } from './use-request.ts'

type Ready<T> = Requested<T> & { readonly kind: 'ready' }
type Props<T> = { readonly to: Requested<T>; readonly children: (value: T, request: Ready<T>) => ComponentChildren }

/** The three states of a question to the server: waiting, refused, answered. */
export const Answer = <T,>({ to, children }: Props<T>) => {
  const { say } = useSpeech()
  if (to.kind === 'loading')
    return (
      <p class="loading" role="status">
        {say('shell.loading')}
      </p>
    )
  if (to.kind === 'failed') return <Refused refusal={to.refusal} title={say('shell.loadFailed')} retry={to.retry} />
  return <>{children(to.value, to)}</>
}

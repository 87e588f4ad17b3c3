import type { ComponentChildren } from 'preact'
import { Heading } from '../frame/heading.tsx'
import { useSpeech } from '../speech.ts'
import { Help } from './help.tsx'

type Props = { readonly contact: string | null; readonly onLeave: () => void; readonly children?: ComponentChildren }

/** The last page of every sitting, the same for everyone (SAF-11); only the line about the delivery differs. */
export const Ending = ({ contact, onLeave, children }: Props) => {
  const { say } = useSpeech()
  return (
    <section>
      <Heading>{say('help.thanks')}</Heading>
      {children}
      <h2>{say('help.title')}</h2>
      <Help contact={contact} />
      <div class="actions">
        <button type="button" class="primary" onClick={onLeave}>
          {say('help.done')}
        </button>
      </div>
      <p class="soft small">{say('help.doneHint')}</p>
    </section>
  )
}

import type { ComponentChildren } from 'preact'
import { Heading } from '../frame/heading.tsx'
import type { Seat } from '../sealed.ts'
import { useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'
import { Help } from './help.tsx'
import { Talk } from './talk.tsx'

type Props = { readonly pupil: Pupil; readonly seat: Seat; readonly children?: ComponentChildren }

/** The last page of every sitting, the same for everyone (SAF-11); only the line about the delivery differs. */
export const Ending = ({ pupil, seat, children }: Props) => {
  const { say } = useSpeech()
  return (
    <section>
      <Heading>{say('help.thanks')}</Heading>
      {children}
      <h2>{say('help.title')}</h2>
      <Help contact={seat.contact}>
        <Talk pupil={pupil} seat={seat} />
      </Help>
      <div class="actions">
        <button type="button" class="primary" onClick={pupil.leave}>
          {say('help.done')}
        </button>
      </div>
      <p class="soft small">{say('help.doneHint')}</p>
    </section>
  )
}

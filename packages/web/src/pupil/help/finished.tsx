import { Heading } from '../frame/heading.tsx'
import type { SealedSheet } from '../keep/record.ts'
import { useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'
import { DeliveryLine } from './delivery-line.tsx'
import { Help } from './help.tsx'

/** The last page of every sitting: finished, stopped, received or still on its way. */
export const Finished = ({ pupil, sealed }: { readonly pupil: Pupil; readonly sealed: SealedSheet }) => {
  const { say } = useSpeech()
  return (
    <section>
      <Heading>{say('help.thanks')}</Heading>
      <DeliveryLine pupil={pupil} seat={sealed.seat} />
      <h2>{say('help.title')}</h2>
      <Help contact={sealed.contact} />
      <div class="actions">
        <button type="button" class="primary" onClick={pupil.leave}>
          {say('help.done')}
        </button>
      </div>
      <p class="soft small">{say('help.doneHint')}</p>
    </section>
  )
}

import { Heading } from '../frame/heading.tsx'
import type { Seat } from '../sealed.ts'
import { useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'
import { Help } from './help.tsx'
import { Talk } from './talk.tsx'

/** `seat`: null before anybody has signed in. */
type Props = { readonly pupil: Pupil; readonly seat: Seat | null; readonly onReturn: () => void }

export const HelpPage = ({ pupil, seat, onReturn }: Props) => {
  const { say } = useSpeech()
  return (
    <section>
      <Heading>{say('help.title')}</Heading>
      <Help contact={seat?.contact ?? null}>{seat && <Talk pupil={pupil} seat={seat} />}</Help>
      <div class="actions">
        <button type="button" class="primary" onClick={onReturn}>
          {say('help.return')}
        </button>
      </div>
    </section>
  )
}

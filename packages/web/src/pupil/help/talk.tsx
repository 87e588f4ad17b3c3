// SAF-02: whoever would like to talk to somebody says so here, whatever was answered; the button is there for everyone.
import { talkOf } from '../keep/record.ts'
import type { Seat } from '../sealed.ts'
import { useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'

export const Talk = ({ pupil, seat }: { readonly pupil: Pupil; readonly seat: Seat }) => {
  const { say } = useSpeech()
  const delivery = pupil.queue.deliveryOf(talkOf(seat.seat))
  return (
    <div class="talk">
      {delivery ? (
        <p class={`delivery ${delivery.kind}`} role="status">
          {say(`talk.${delivery.kind}`)}
        </p>
      ) : (
        <button type="button" onClick={() => pupil.talk(seat)}>
          {say('talk.ask')}
        </button>
      )}
    </div>
  )
}

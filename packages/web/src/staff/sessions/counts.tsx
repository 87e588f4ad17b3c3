import { useSpeech } from '../shell/speech.tsx'
import { Mark } from '../shell/tag.tsx'
import type { SessionDetail } from '../wire.ts'
import { seatLooks } from './seat-look.ts'

export const Counts = ({ counts }: { readonly counts: SessionDetail['counts'] }) => {
  const { say } = useSpeech()
  return (
    <dl class="counts">
      <div>
        <dt>{say('session.seats')}</dt>
        <dd>{counts.seats}</dd>
      </div>
      {seatLooks.map((look) => (
        <div key={look.state} class={`tone-${look.tone}`}>
          <dt>
            <Mark shape={look.shape} /> {say(look.word)}
          </dt>
          <dd>{counts[look.count]}</dd>
        </div>
      ))}
    </dl>
  )
}

import { useSpeech } from '../shell/speech.tsx'
import { Tag } from '../shell/tag.tsx'
import { clockWords } from '../time.ts'
import type { OnDuty } from '../wire.ts'

/** Whether a call reaches this person, in a word and a sentence. */
const Reach = ({ one, days }: { readonly one: OnDuty; readonly days: number }) => {
  const { say, language } = useSpeech()
  const words = (at: string) => clockWords(at, Date.now(), language)
  if (one.proven && one.provenUntil)
    return (
      <Tag tone="good" shape="disc">
        {say('duty.proven', { until: words(one.provenUntil) })}
      </Tag>
    )
  return (
    <Tag tone="warn" shape="triangle">
      {one.waitingSince ? say('duty.waiting', { at: words(one.waitingSince) }) : say('duty.unproven', { days })}
    </Tag>
  )
}

type Props = { readonly label: string; readonly one: OnDuty | null; readonly days: number }

export const OnDutyCard = ({ label, one, days }: Props) => {
  const { say } = useSpeech()
  return (
    <div>
      <dt>{label}</dt>
      <dd class="on-duty-name">{one?.displayName ?? say('duty.nobody')}</dd>
      <dd>{one && <Reach one={one} days={days} />}</dd>
    </div>
  )
}

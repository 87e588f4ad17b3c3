import { useSpeech } from '../shell/speech.tsx'
import { Tag } from '../shell/tag.tsx'
import { clockWords } from '../time.ts'
import type { Flag } from '../wire.ts'
import { decisionWords } from './review.ts'

type Props = { readonly review: NonNullable<Flag['review']>; readonly kind: Flag['kind']; readonly now: number }

export const Reviewed = ({ review, kind, now }: Props) => {
  const { say, language } = useSpeech()
  const confirmed = review.decision === 'confirmed'
  return (
    <div class="reviewed">
      <p>
        <Tag tone={confirmed ? 'info' : 'quiet'} shape={confirmed ? 'disc' : 'bar'}>
          {say(decisionWords(kind, review.decision).made)}
        </Tag>{' '}
        <span class="muted">{say('case.decidedBy', { by: review.by, at: clockWords(review.at, now, language) })}</span>
      </p>
      <blockquote>{review.reason}</blockquote>
    </div>
  )
}

import { useSpeech } from '../shell/speech.tsx'
import { Tag } from '../shell/tag.tsx'
import { clockWords } from '../time.ts'
import type { Flag } from '../wire.ts'

export const Reviewed = ({ review, now }: { readonly review: NonNullable<Flag['review']>; readonly now: number }) => {
  const { say, language } = useSpeech()
  const confirmed = review.decision === 'confirmed'
  return (
    <div class="reviewed">
      <p>
        <Tag tone={confirmed ? 'info' : 'quiet'} shape={confirmed ? 'disc' : 'bar'}>
          {say(confirmed ? 'case.confirmed' : 'case.dismissed')}
        </Tag>{' '}
        <span class="muted">{say('case.decidedBy', { by: review.by, at: clockWords(review.at, now, language) })}</span>
      </p>
      <blockquote>{review.reason}</blockquote>
    </div>
  )
}

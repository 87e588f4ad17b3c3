import { useEffect, useRef } from 'preact/hooks'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { Flag } from '../wire.ts'
import { DueLine } from './due.tsx'
import { ReviewForm } from './review-form.tsx'
import { Reviewed } from './reviewed.tsx'
import { Urgency } from './urgency.tsx'

/** What was answered, where it is no option's text: a score, or an item left without an answer. */
const valueWords = (say: Say, value: string) =>
  value === 'skipped' || value === 'declined' || value === 'not_reached' ? say(`value.${value}`) : value

const late = 60 * 60_000

const Times = ({ flag, now }: { readonly flag: Flag; readonly now: number }) => {
  const { say, language } = useSpeech()
  const answered = clockWords(flag.answeredAt, now, language)
  const raised = clockWords(flag.raisedAt, now, language)
  const wasOffline = Date.parse(flag.raisedAt) - Date.parse(flag.answeredAt) > late
  return <>{wasOffline ? say('case.late', { answered, raised }) : answered}</>
}

export const FlagCard = ({
  flag,
  now,
  onReviewed,
}: {
  readonly flag: Flag
  readonly now: number
  readonly onReviewed: (flag: Flag) => void
}) => {
  const { say, pick } = useSpeech()
  const card = useRef<HTMLElement>(null)
  const before = useRef(flag.review)
  // its form is gone once a decision is recorded; the reader goes on from the card
  useEffect(() => {
    if (flag.review && !before.current) card.current?.focus()
    before.current = flag.review
  }, [flag.review])
  return (
    <article ref={card} tabIndex={-1} class={flag.review ? 'flag flag-reviewed' : `flag flag-${flag.urgency}`}>
      <header class="flag-head">
        <Urgency urgency={flag.urgency} />
        {!flag.review && <DueLine dueAt={flag.dueAt} now={now} />}
      </header>
      <h3>{pick(flag.reason)}</h3>
      {flag.before && (
        <p class="muted flag-again">{say('case.again', { value: pick(flag.before.valueText) || valueWords(say, flag.before.value) })}</p>
      )}
      {flag.unfinished && <p class="muted flag-again">{say('case.unfinished')}</p>}
      {flag.otherReviews.length > 0 && (
        <div class="flag-again other-reviews">
          <p>{say('case.otherReviews')}</p>
          {flag.otherReviews.map((other) => (
            <Reviewed key={`${other.decision} ${other.at}`} review={other} kind={flag.kind} now={now} />
          ))}
        </div>
      )}
      <div class="flag-body">
        <dl class="facts">
          {flag.kind !== 'request' && (
            <div>
              <dt>{pick(flag.subjectText)}</dt>
              <dd>{pick(flag.valueText) || valueWords(say, flag.value)}</dd>
            </div>
          )}
          <div>
            <dt>{say(flag.kind === 'request' ? 'case.askedAt' : 'case.at')}</dt>
            <dd>
              <Times flag={flag} now={now} />
            </dd>
          </div>
        </dl>
        {flag.review ? <Reviewed review={flag.review} kind={flag.kind} now={now} /> : <ReviewForm flag={flag} onReviewed={onReviewed} />}
      </div>
    </article>
  )
}

import { Heading } from '../frame/heading.tsx'
import { useSpeech } from '../speech.ts'
import type { SittingProps } from './sitting-props.ts'

export const Introduction = ({ seated, outline, sheet, move, onDecline }: SittingProps) => {
  const { say } = useSpeech()
  const minutes = Math.ceil(seated.battery.reduce((sum, form) => sum + form.estimatedMinutes, 0))
  return (
    <section>
      <Heading>{say('introduction.title')}</Heading>
      <p class="lead">{say('introduction.what', { count: outline.questions.length, minutes })}</p>
      <ul class="points">
        <li>{say('introduction.right')}</li>
        <li>{say('introduction.free')}</li>
        <li>{say('introduction.teachers')}</li>
        <li>{say('introduction.counsellor')}</li>
        <li>{say('introduction.kept')}</li>
      </ul>
      <div class="actions">
        <button type="button" class="primary" onClick={() => move({ kind: 'next' })}>
          {say('introduction.begin')}
        </button>
        {sheet.given.every((given) => given === null) && (
          <button type="button" class="quiet" onClick={onDecline}>
            {say('introduction.decline')}
          </button>
        )}
      </div>
    </section>
  )
}

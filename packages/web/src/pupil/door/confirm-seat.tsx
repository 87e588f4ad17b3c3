import { Heading } from '../frame/heading.tsx'
import type { OpenSheet } from '../keep/record.ts'
import { useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'

export const ConfirmSeat = ({ pupil, open }: { readonly pupil: Pupil; readonly open: OpenSheet }) => {
  const { say } = useSpeech()
  const { schoolName, className, seat } = open.seated
  return (
    <section>
      <Heading>{say('confirm.title')}</Heading>
      <dl class="who">
        <dt>{say('confirm.school')}</dt>
        <dd>{schoolName}</dd>
        <dt>{say('confirm.class')}</dt>
        <dd>{className}</dd>
        <dt>{say('confirm.seat')}</dt>
        <dd>{say('confirm.number', { number: seat.number })}</dd>
        <dt>{say('confirm.name')}</dt>
        <dd>{seat.initial}</dd>
      </dl>
      {open.sheet.at > 0 ? <p class="soft">{say('confirm.again')}</p> : open.seated.anew && <p class="soft">{say('confirm.anew')}</p>}
      <div class="actions">
        <button type="button" class="primary" onClick={() => pupil.sit(open)}>
          {say('confirm.yes')}
        </button>
        <button type="button" onClick={pupil.leave}>
          {say('confirm.no')}
        </button>
      </div>
    </section>
  )
}

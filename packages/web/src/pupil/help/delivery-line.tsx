import { shortReceipt } from '../../ui/receipt.ts'
import type { Delivery } from '../delivery.ts'
import { type Language, type Say, useSpeech } from '../speech.ts'
import type { Pupil } from '../use-pupil.ts'

const clock = (at: string, language: Language) =>
  new Date(at).toLocaleString(language, { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' })

const lineOf = (delivery: Delivery, safe: boolean, say: Say): string => {
  if (delivery.kind === 'waiting') return say(safe ? `sent.${delivery.why}` : 'sent.memory')
  if (delivery.kind === 'refused') return say('sent.refused', { detail: delivery.detail })
  return say(`sent.${delivery.kind}`)
}

type Props = { readonly pupil: Pupil; readonly seat: string; readonly declined?: boolean }

/** Of a decline only that it still waits: it has no receipt. */
export const DeliveryLine = ({ pupil, seat, declined }: Props) => {
  const { language, say } = useSpeech()
  const delivery = pupil.queue.deliveryOf(seat) ?? { kind: 'sending' }
  if (declined && delivery.kind !== 'waiting') return null
  const refused = delivery.kind === 'refused' ? delivery.code : null
  return (
    <div class={`delivery ${delivery.kind}`} role="status">
      <p>{lineOf(delivery, pupil.safe, say)}</p>
      {delivery.kind === 'received' && (
        <p class="soft small">
          {say('sent.receipt', { id: shortReceipt(delivery.receipt.submissionId), time: clock(delivery.receipt.receivedAt, language) })}
        </p>
      )}
      {refused && refused !== 'submission.erased' && <p>{say('sent.tellTeacher')}</p>}
      {refused === 'session.seat-unknown' && (
        <button type="button" onClick={pupil.leave}>
          {say('sent.again')}
        </button>
      )}
    </div>
  )
}

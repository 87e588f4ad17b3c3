import type { Queue } from '../queue.ts'
import { useSpeech } from '../speech.ts'

/** For the teacher: something here is not on the server yet. Whose it is stays unsaid. */
export const OnThisDevice = ({ queue }: { readonly queue: Queue }) => {
  const { say } = useSpeech()
  const waiting = queue.count('waiting')
  const refused = queue.count('refused')
  return (
    <div class="on-device" role="status">
      {waiting > 0 && <p>{say('door.waiting', { count: waiting })}</p>}
      {refused > 0 && <p>{say('door.refused', { count: refused })}</p>}
    </div>
  )
}

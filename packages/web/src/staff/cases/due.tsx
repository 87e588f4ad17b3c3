import { useSpeech } from '../shell/speech.tsx'
import { clockWords, dueIn } from '../time.ts'

/** When somebody has to have looked: how long that is from now, and the hour itself. */
export const DueLine = ({ dueAt, now }: { readonly dueAt: string; readonly now: number }) => {
  const { say, language } = useSpeech()
  const due = dueIn(dueAt, now)
  const distance = say(`due.${due.unit}`, { count: due.count })
  return (
    <span class={due.overdue ? 'due due-over' : 'due'}>
      <strong>{say(due.overdue ? 'due.overdue' : 'due.left', { distance })}</strong>{' '}
      <span class="muted">{clockWords(dueAt, now, language)}</span>
    </span>
  )
}

import { useSpeech } from '../speech.ts'

export const Progress = ({ number, total }: { readonly number: number; readonly total: number }) => {
  const { say } = useSpeech()
  return (
    <div class="progress">
      <p aria-live="polite">{say('question.of', { number, total })}</p>
      <progress value={number} max={total} aria-label={say('question.of', { number, total })} />
    </div>
  )
}

import { useSpeech } from '../speech.ts'

type Props = { readonly from: number; readonly number: number; readonly total: number }

/** `from` and `number`: the first and the last question of the page. */
export const Progress = ({ from, number, total }: Props) => {
  const { say } = useSpeech()
  const words = say(from === number ? 'question.of' : 'page.of', { from, number, total })
  return (
    <div class="progress">
      <p aria-live="polite">{words}</p>
      <progress value={number} max={total} aria-label={words} />
    </div>
  )
}

import { useSpeech } from '../speech.ts'

export const WayOut = ({ onStop }: { readonly onStop: () => void }) => {
  const { say } = useSpeech()
  return (
    <button type="button" class="quiet way-out" onClick={onStop}>
      {say('question.stop')}
    </button>
  )
}

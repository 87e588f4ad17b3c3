import { useSpeech } from '../speech.ts'

export const WayOut = ({ onStop }: { readonly onStop: () => void }) => {
  const { say } = useSpeech()
  return (
    <p class="way-out">
      <button type="button" class="quiet" onClick={onStop}>
        {say('question.stop')}
      </button>
    </p>
  )
}

import { useSpeech } from '../shell/speech.tsx'

/** Says whether the list keeps itself up to date; a list that cannot must not look as if it did. */
export const QueueIsLive = ({ stale }: { readonly stale: boolean }) => {
  const { say } = useSpeech()
  return (
    <p class={stale ? 'live live-stale' : 'live'} role="status">
      {say(stale ? 'cases.stale' : 'cases.live')}
    </p>
  )
}

import { useSpeech } from '../../shell/speech.tsx'

type Props = { readonly shown: number; readonly count: number; readonly more: number; readonly onMore: () => void }

export const MoreRows = ({ shown, count, more, onMore }: Props) => {
  const { say } = useSpeech()
  if (more === 0) return null
  return (
    <p class="more-rows">
      <span class="muted">{say('roster.showing', { shown, count })}</span>{' '}
      <button type="button" class="plain-button" onClick={onMore}>
        {say('roster.more', { count: more })}
      </button>
    </p>
  )
}

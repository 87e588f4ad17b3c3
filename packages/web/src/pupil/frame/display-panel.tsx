import { type Display, sizes } from '../display.ts'
import { useSpeech } from '../speech.ts'

type Props = { readonly display: Display; readonly show: (display: Display) => void }

export const DisplayPanel = ({ display, show }: Props) => {
  const { say } = useSpeech()
  return (
    <div class="display">
      <span id="size">{say('display.size')}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset does not lie in a row in old browsers */}
      <span role="group" aria-labelledby="size">
        {sizes.map((size) => (
          <button key={size} type="button" class={size} aria-pressed={size === display.size} onClick={() => show({ ...display, size })}>
            {say(`display.${size}`)}
          </button>
        ))}
      </span>
      <button type="button" aria-pressed={display.contrast} onClick={() => show({ ...display, contrast: !display.contrast })}>
        {say('display.contrast')}
      </button>
    </div>
  )
}

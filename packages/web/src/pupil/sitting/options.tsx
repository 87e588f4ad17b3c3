import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Given } from '../sheet.ts'
import { useSpeech } from '../speech.ts'

type Props = {
  readonly options: readonly { readonly value: number; readonly label: string }[]
  readonly given: Given | null
  readonly settled: boolean
  readonly onAnswer: (value: number) => void
}

const arrows: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** Arrows walk, Enter or space chooses; a number key chooses at once. Walking alone chooses nothing, for a choice moves on. */
export const Options = ({ options, given, settled, onAnswer }: Props) => {
  const { say } = useSpeech()
  const group = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!settled || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
      const buttons = Array.from(group.current?.querySelectorAll('button') ?? [])
      const step = arrows[event.key]
      const current = buttons.indexOf(document.activeElement as HTMLButtonElement) // -1 for whatever else has the focus
      if (step !== undefined) {
        event.preventDefault()
        buttons[current < 0 ? (step > 0 ? 0 : buttons.length - 1) : (current + step + buttons.length) % buttons.length]?.focus()
      }
      const chosen = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined
      if (chosen) onAnswer(chosen.value)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  const stop = options.some(({ value }) => value === given) ? given : options[0]?.value
  return (
    <>
      <div class="options" role="radiogroup" aria-labelledby="stem item" ref={group}>
        {options.map(({ value, label }, position) => (
          // biome-ignore lint/a11y/useSemanticElements: a native radio chooses when an arrow key reaches it, and a choice moves on
          <button
            key={value}
            type="button"
            class="option"
            role="radio"
            aria-checked={value === given}
            tabIndex={value === stop ? 0 : -1}
            disabled={!settled}
            onClick={() => onAnswer(value)}
          >
            <span class="key" aria-hidden="true">
              {position + 1}
            </span>
            {label}
          </button>
        ))}
      </div>
      <p class="keys soft small">{say('question.keys')}</p>
    </>
  )
}

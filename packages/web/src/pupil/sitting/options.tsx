import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Given } from '../sheet.ts'

type Props = {
  /** The id of what is asked. */
  readonly name: string
  readonly options: readonly { readonly value: number; readonly label: string }[]
  readonly given: Given | null
  readonly settled: boolean
  /** Takes the keys while the focus is in no group. */
  readonly next: boolean
  readonly onAnswer: (value: number) => void
}

const arrows: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }
const groups = '[role=radiogroup]'

/** After a number key the next group of the page, or what leads on. */
const focusAfter = (group: Element) => {
  const all = Array.from(document.querySelectorAll(groups))
  const after = all[all.indexOf(group) + 1]
  const stop = after ? after.querySelector<HTMLElement>('[tabindex="0"]') : document.querySelector<HTMLElement>('.feet > :last-child')
  if (stop && all.length > 1) stop.focus()
}

/** Arrows walk, Enter or space chooses; a number key chooses at once. Walking alone chooses nothing, for a choice may move on. */
export const Options = ({ name, options, given, settled, next, onAnswer }: Props) => {
  const group = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const focused = document.activeElement?.closest(groups) ?? null
      const own = group.current
      if (!own || !settled || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
      if (focused ? focused !== own : !next) return
      const buttons = Array.from(own.querySelectorAll('button'))
      const step = arrows[event.key]
      const current = buttons.indexOf(document.activeElement as HTMLButtonElement) // -1 for whatever else has the focus
      if (step !== undefined) {
        event.preventDefault()
        buttons[current < 0 ? (step > 0 ? 0 : buttons.length - 1) : (current + step + buttons.length) % buttons.length]?.focus()
      }
      const chosen = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined
      if (!chosen) return
      event.stopImmediatePropagation() // the group that gets the focus hears no key of this one
      onAnswer(chosen.value)
      focusAfter(own)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
  const stop = options.some(({ value }) => value === given) ? given : options[0]?.value
  return (
    <div class="options" role="radiogroup" aria-labelledby={`stem ${name}`} ref={group}>
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
  )
}

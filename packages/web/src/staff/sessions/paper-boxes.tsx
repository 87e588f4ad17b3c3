// The grid under the clerk's fingers: one field takes every key, the rows show where the next one goes.
import { useEffect, useRef } from 'preact/hooks'
import { useSpeech } from '../shell/speech.tsx'
import type { Definition } from '../wire.ts'
import { itemText } from './paper-form.ts'
import { type Grid, isComplete, type Mark } from './paper-grid.ts'

type Props = {
  readonly forms: readonly Definition[]
  readonly grid: Grid
  readonly onKey: (key: string) => void
  readonly onGoTo: (place: number) => void
  readonly onDone: () => void
}

const useMarkWords = () => {
  const { say } = useSpeech()
  return (mark: Mark | null | undefined) =>
    mark === 'empty'
      ? say('paper.empty')
      : mark === 'declined'
        ? say('paper.declined')
        : mark === null || mark === undefined
          ? ''
          : String(mark)
}

const keysToTell = ['Backspace', 'ArrowUp', 'ArrowDown']

const KeyField = ({ forms, grid, onKey, onDone }: Props) => {
  const { say, language } = useSpeech()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const box = grid.boxes[grid.at]
  const form = box && forms[box.form]
  const label = box && form ? `${box.number}. ${itemText(form, box.item, language)}` : say('paper.allDone')
  const down = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      if (isComplete(grid)) onDone()
      else onKey('Enter')
    } else if (keysToTell.indexOf(event.key) >= 0) {
      event.preventDefault()
      onKey(event.key)
    }
  }
  // a phone's keyboard and an input method tell of letters here only
  const input = (event: InputEvent) => {
    const target = event.currentTarget as HTMLInputElement // the field below
    if (event.isComposing) return
    for (const key of target.value.split('')) onKey(key)
    target.value = ''
  }
  return (
    <div class="paper-field field">
      <label for="paper-keys" aria-live="polite">
        {label}
      </label>
      <input
        ref={field}
        id="paper-keys"
        type="text"
        value=""
        inputMode="numeric"
        autoComplete="off"
        spellcheck={false}
        placeholder={say('paper.type')}
        aria-describedby="paper-wrong paper-how"
        onKeyDown={down}
        onInput={input}
        onCompositionEnd={(event) => {
          const target = event.currentTarget
          for (const key of target.value.split('')) onKey(key)
          target.value = ''
        }}
      />
    </div>
  )
}

/** A click beside the field leaves the focus in it: the next key is not lost. */
const stayInField = (event: MouseEvent) => event.preventDefault()

/** The same keys for a finger. */
const Pad = ({ grid, onKey }: Props) => {
  const { say } = useSpeech()
  const values = grid.boxes[grid.at]?.values ?? []
  const done = values.length === 0
  return (
    <p class="paper-pad" onMouseDown={stayInField}>
      {values.map((value) => (
        <button key={value} type="button" class="button" onClick={() => onKey(String(value))}>
          {value}
        </button>
      ))}
      <button type="button" class="button" disabled={done} onClick={() => onKey('-')}>
        {say('paper.emptyKey')}
      </button>
      <button type="button" class="button" disabled={done} onClick={() => onKey('*')}>
        {say('paper.declinedKey')}
      </button>
      <button type="button" class="button" disabled={grid.at === 0} onClick={() => onKey('Backspace')}>
        {say('paper.backKey')}
      </button>
    </p>
  )
}

const Rows = ({ forms, grid, onGoTo }: Props) => {
  const { language } = useSpeech()
  const words = useMarkWords()
  const here = useRef<HTMLLIElement>(null)
  useEffect(() => here.current?.scrollIntoView?.({ block: 'nearest' }), [grid.at])
  return (
    <div class="paper-rows">
      {forms.map((form, position) => (
        <section key={form.id} aria-label={form.acronym}>
          <h3>{form.acronym}</h3>
          <ol>
            {grid.boxes.map((box, place) =>
              box.form !== position ? null : (
                <li
                  key={box.item}
                  ref={place === grid.at ? here : null}
                  class={place === grid.at ? 'paper-row paper-here' : 'paper-row'}
                  aria-current={place === grid.at ? 'step' : undefined}
                >
                  <button type="button" onMouseDown={stayInField} onClick={() => onGoTo(place)}>
                    <span class="paper-number">{box.number}</span>
                    <span class="paper-text">{itemText(form, box.item, language)}</span>
                    <span class="paper-mark">{words(grid.marks[place])}</span>
                  </button>
                </li>
              ),
            )}
          </ol>
        </section>
      ))}
    </div>
  )
}

export const PaperBoxes = (props: Props) => {
  const { say } = useSpeech()
  const { grid } = props
  const box = grid.boxes[grid.at]
  return (
    <>
      <p id="paper-how" class="field-hint">
        {say('paper.keys')} {say('paper.two')}
      </p>
      <div class="paper-desk">
        <div class="paper-keys">
          <KeyField {...props} />
          <Pad {...props} />
          <p id="paper-wrong" class="field-error" aria-live="assertive">
            {grid.wrong !== null && box
              ? say('paper.wrongKey', { number: box.number, key: grid.wrong, allowed: [...box.values, '-', '*'].join(' ') })
              : ''}
          </p>
        </div>
        <Rows {...props} />
      </div>
    </>
  )
}

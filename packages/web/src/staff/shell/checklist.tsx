import type { ComponentChildren } from 'preact'
import { useSpeech } from './speech.tsx'

type Item = { readonly id: string; readonly label: string; readonly note?: ComponentChildren }
type Props = {
  readonly legend: string
  readonly items: readonly Item[]
  readonly chosen: ReadonlySet<string>
  readonly onChosen: (chosen: ReadonlySet<string>) => void
}

/** Any number of a list, with all and none at hand. */
export const Checklist = ({ legend, items, chosen, onChosen }: Props) => {
  const { say } = useSpeech()
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChosen(next)
  }
  return (
    <fieldset class="checklist">
      <legend>{legend}</legend>
      <div class="checklist-head">
        <span role="status">{say('shell.chosen', { count: chosen.size, of: items.length })}</span>
        <button type="button" class="plain-button" onClick={() => onChosen(new Set(items.map((item) => item.id)))}>
          {say('shell.chooseAll')}
        </button>
        <button type="button" class="plain-button" onClick={() => onChosen(new Set())}>
          {say('shell.chooseNone')}
        </button>
      </div>
      <ul>
        {items.map(({ id, label, note }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
              <span class="checklist-label">{label}</span>
              {note}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

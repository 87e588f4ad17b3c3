import { type Say, useSpeech } from '../shell/speech.tsx'
import type { InstrumentListed } from '../wire.ts'
import { keyOf, offered } from './screening-wish.ts'

type Props = {
  readonly instruments: readonly InstrumentListed[]
  readonly language: string
  readonly chosen: ReadonlySet<string>
  readonly onChosen: (chosen: ReadonlySet<string>) => void
}

const agesOf = ({ ages: { from, to } }: InstrumentListed, say: Say) =>
  to === null ? say('screening.agesFrom', { from }) : say('screening.ages', { from, to })

/** The library as far as a school may ask from it, each instrument with its name in the pupils' language. */
export const InstrumentChoices = ({ instruments, language, chosen, onChosen }: Props) => {
  const { say } = useSpeech()
  const toggle = (key: string) => {
    const next = new Set(chosen)
    if (!next.delete(key)) next.add(key)
    onChosen(next)
  }
  return (
    <fieldset class="instrument-choices">
      <legend>{say('screening.instruments')}</legend>
      <p class="field-hint">{say('screening.instrumentsHint')}</p>
      <ul>
        {offered(instruments, language).map((instrument) => (
          <li key={keyOf(instrument)}>
            <label>
              <input type="checkbox" checked={chosen.has(keyOf(instrument))} onChange={() => toggle(keyOf(instrument))} />
              <span>
                <b>{instrument.acronym}</b> {instrument.names[language]}
                <span class="muted instrument-size">
                  {say('library.itemCount', { count: instrument.items })} ·{' '}
                  {say('screening.minutes', { minutes: instrument.estimatedMinutes })} · {agesOf(instrument, say)}
                  {instrument.asksOfRisk && <b> · {say('screening.risk')}</b>}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

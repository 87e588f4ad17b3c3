import { type Say, useSpeech } from '../shell/speech.tsx'
import type { InstrumentListed } from '../wire.ts'
import { keyOf, offered } from './screening-wish.ts'

type Props = {
  readonly instruments: readonly InstrumentListed[]
  readonly language: string
  readonly chosen: ReadonlySet<string>
  readonly onToggle: (key: string) => void
}

const agesOf = ({ ages: { from, to } }: InstrumentListed, say: Say) =>
  to === null ? say('screening.agesFrom', { from }) : say('screening.ages', { from, to })

/** The library as far as a school may ask from it, each instrument with its name in the pupils' language. */
export const InstrumentChoices = ({ instruments, language, chosen, onToggle }: Props) => {
  const { say } = useSpeech()
  return (
    <fieldset class="instrument-choices">
      <legend>{say('screening.instruments')}</legend>
      <p class="field-hint">{say('screening.instrumentsHint')}</p>
      <ul>
        {offered(instruments, language).map((instrument) => (
          <li key={keyOf(instrument)}>
            <label>
              <input type="checkbox" checked={chosen.has(keyOf(instrument))} onChange={() => onToggle(keyOf(instrument))} />
              <span>
                <b>{instrument.acronym}</b> {instrument.names[language]}
                <span class="muted instrument-size">
                  <span class="part">{say('library.itemCount', { count: instrument.items })}</span>
                  <span class="part">{say('screening.minutes', { minutes: instrument.estimatedMinutes })}</span>
                  <span class="part">{agesOf(instrument, say)}</span>
                  {instrument.asksOfRisk && <b class="part">{say('screening.risk')}</b>}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

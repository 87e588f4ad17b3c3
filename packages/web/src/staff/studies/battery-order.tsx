// What was chosen, in the order in which pupils meet it, each with its own number of questions on a page.
import { useSpeech } from '../shell/speech.tsx'
import type { InstrumentListed } from '../wire.ts'
import { type Asked, keyOf, movedUp } from './screening-wish.ts'

const pages = [1, 2, 3, 4, 5, 6, 8, 10] as const

type LineProps = {
  readonly name: string
  readonly itemsPerPage: number
  readonly onPage: (count: number) => void
  readonly onUp: (() => void) | null
}

const Line = ({ name, itemsPerPage, onPage, onUp }: LineProps) => {
  const { say } = useSpeech()
  return (
    <li>
      <b class="battery-name">{name}</b>
      <select aria-label={say('screening.perPageOf', { name })} onChange={(event) => onPage(Number(event.currentTarget.value))}>
        {pages.map((count) => (
          <option key={count} value={count} selected={count === itemsPerPage}>
            {say('study.perPage', { count })}
          </option>
        ))}
      </select>
      {onUp && (
        <button type="button" class="plain-button" aria-label={say('screening.upOf', { name })} onClick={onUp}>
          {say('screening.up')}
        </button>
      )}
    </li>
  )
}

type Props = {
  readonly chosen: readonly { readonly instrument: InstrumentListed; readonly itemsPerPage: number }[]
  readonly asked: readonly Asked[]
  readonly onAsked: (asked: readonly Asked[]) => void
}

export const BatteryOrder = ({ chosen, asked, onAsked }: Props) => {
  const { say } = useSpeech()
  if (chosen.length === 0) return null
  const page = (key: string, itemsPerPage: number) => onAsked(asked.map((one) => (one.key === key ? { key, itemsPerPage } : one)))
  return (
    <section class="battery-order">
      <h2>{say('screening.order')}</h2>
      <p class="field-hint">{say('screening.orderHint')}</p>
      <ol>
        {chosen.map(({ instrument, itemsPerPage }, place) => {
          const key = keyOf(instrument)
          const up = place > 0 ? () => onAsked(movedUp(asked, key)) : null
          return <Line key={key} name={instrument.acronym} itemsPerPage={itemsPerPage} onPage={(count) => page(key, count)} onUp={up} />
        })}
      </ol>
    </section>
  )
}

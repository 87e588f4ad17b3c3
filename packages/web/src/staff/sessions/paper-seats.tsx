// Which sheets there are and how far each is; the next one is opened by its number, as it lies on the pile.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Empty } from '../shell/empty.tsx'
import { Field } from '../shell/field.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Mark } from '../shell/tag.tsx'
import type { PaperDesk } from '../wire.ts'
import { type PaperSeat, paperLook, paperStandings, seatTyped } from './paper-look.ts'

type Props = {
  readonly desk: PaperDesk
  /** The clerk comes back from a sheet: the next number can be typed at once. */
  readonly again: boolean
  readonly onPick: (seat: PaperSeat) => void
}

const Finder = ({ desk, again, onPick }: Props) => {
  const { say } = useSpeech()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (again) form.current?.querySelector('input')?.focus()
  }, [])
  const submit = (event: Event) => {
    event.preventDefault()
    const seat = seatTyped(desk.seats, typed)
    setWrong(!seat)
    if (seat) onPick(seat)
  }
  const type = (value: string) => {
    setTyped(value)
    setWrong(false)
  }
  return (
    <form ref={form} class="paper-finder" onSubmit={submit}>
      <Field
        label={say('paper.find')}
        hint={say('paper.findHint')}
        error={wrong ? say('paper.findWrong') : null}
        value={typed}
        onValue={type}
        maxLength={12}
        autoComplete="off"
        spellcheck={false}
      />
      <button type="submit" class="button button-primary">
        {say('paper.go')}
      </button>
    </form>
  )
}

const Sums = ({ seats }: Pick<PaperDesk, 'seats'>) => {
  const { say } = useSpeech()
  return (
    <dl class="counts">
      {paperStandings.map((standing) => {
        const { word, tone, shape } = paperLook(standing)
        return (
          <div key={standing} class={`tone-${tone}`}>
            <dt>
              <Mark shape={shape} /> {say(word)}
            </dt>
            <dd>{seats.filter(({ paper }) => paper === standing).length}</dd>
          </div>
        )
      })}
    </dl>
  )
}

const Tile = ({ seat, onPick }: { readonly seat: PaperSeat } & Pick<Props, 'onPick'>) => {
  const { say } = useSpeech()
  const { word, tone, shape } = paperLook(seat.paper)
  return (
    <li>
      <button type="button" class={`seat tone-${tone}`} onClick={() => onPick(seat)}>
        <span class="seat-initial">{seat.number}</span>
        <span class="seat-state">
          <Mark shape={shape} /> {say(word)}
        </span>
      </button>
    </li>
  )
}

export const PaperSeats = ({ desk, again, onPick }: Props) => {
  const { say } = useSpeech()
  if (desk.openedAt === null) return <Empty title={say('paper.notStarted')} />
  if (desk.seats.length === 0) return <Empty title={say('paper.none')} />
  return (
    <>
      <Finder desk={desk} again={again} onPick={onPick} />
      <section class="section">
        <h2>{say('paper.seats')}</h2>
        <div class="session-top">
          <Sums seats={desk.seats} />
        </div>
        <ol class="seats paper-seats">
          {desk.seats.map((seat) => (
            <Tile key={seat.seatId} seat={seat} onPick={onPick} />
          ))}
        </ol>
      </section>
    </>
  )
}

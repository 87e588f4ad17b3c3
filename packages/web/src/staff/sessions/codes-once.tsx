import { useEffect, useState } from 'preact/hooks'
import { Confirm } from '../shell/confirm.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import type { SeatCode, SessionDetail } from '../wire.ts'
import { spaced } from './address.ts'
import { PrintedCards } from './printed-cards.tsx'

type Props = {
  readonly session: SessionDetail
  readonly codes: readonly SeatCode[]
  readonly folded: boolean
  readonly onFold: (folded: boolean) => void
  readonly onHide: () => void
}

const useWarningBeforeLeaving = () =>
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])

/** While codes are shown, printing means their cards; the print styles hide the rest of the page. */
const usePrintedCardsOnly = () =>
  useEffect(() => {
    document.body.classList.add('prints-cards')
    return () => document.body.classList.remove('prints-cards')
  }, [])

const CodeTable = ({ codes }: { readonly codes: readonly SeatCode[] }) => {
  const { say } = useSpeech()
  return (
    <Table class="code-table" caption={say('codes.title')} heads={[say('codes.seatNumber'), say('codes.name'), say('codes.typeCode')]}>
      {codes.map((card) => (
        <tr key={card.seatId}>
          <th scope="row" class="number">
            {card.number}
          </th>
          <td>{card.name}</td>
          <td class="mono code">{spaced(card.code)}</td>
        </tr>
      ))}
    </Table>
  )
}

export const CodesOnce = ({ session, codes, folded, onFold, onHide }: Props) => {
  const { say } = useSpeech()
  const [hiding, setHiding] = useState(false)
  useWarningBeforeLeaving()
  usePrintedCardsOnly()
  if (codes.length === 0) return <p class="notice">{say('codes.none')}</p>
  return (
    <section class="codes notice notice-warn">
      <h2 class="no-print">{say('codes.title')}</h2>
      <p class="no-print">{say('codes.once')}</p>
      <p class="button-row no-print">
        <button type="button" class="button button-primary" onClick={() => window.print()}>
          {say('codes.print')}
        </button>
        <button type="button" class="button" aria-expanded={!folded} onClick={() => onFold(!folded)}>
          {say(folded ? 'codes.unfold' : 'codes.fold')}
        </button>
        <button type="button" class="button" onClick={() => setHiding(true)}>
          {say('codes.hide')}
        </button>
      </p>
      {!folded && <CodeTable codes={codes} />}
      <PrintedCards session={session} codes={codes} />
      {hiding && (
        <Confirm
          title={say('codes.hideTitle')}
          body={say('codes.hideBody')}
          verb={say('codes.hide')}
          busy={false}
          refusal={null}
          onConfirm={onHide}
          onClose={() => setHiding(false)}
        />
      )}
    </section>
  )
}

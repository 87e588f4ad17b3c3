// Links and codes, told once. They go two ways: the link by a message, the code by a telephone or on the slip that the child carries.
import { useEffect, useState } from 'preact/hooks'
import { dateAndTime } from '../../ui/date-and-time.ts'
import { QrCode } from '../../ui/qr-code.tsx'
import { callingOf } from '../participants/namesakes.ts'
import { isLoopback, spaced } from '../sessions/address.ts'
import { Choice } from '../shell/choice.tsx'
import { CopyLine } from '../shell/copy.tsx'
import { Simulated } from '../shell/simulated.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import type { ConsentLinksMade, Participant } from '../wire.ts'

/** Behind the # no server, proxy or log sees the token. */
const guardianLink = (token: string) => `${location.origin}/g#${token}`
const message = (say: ReturnType<typeof useSpeech>['say'], made: ConsentLinksMade, token: string, initial: string) =>
  say('links.message', { school: made.schoolName, class: made.className, initial, link: guardianLink(token) })

type Slip = 'code' | 'both'
type Props = { readonly made: ConsentLinksMade; readonly pupils: readonly Participant[]; readonly onHide: () => void }

const Slips = ({ made, slip }: { readonly made: ConsentLinksMade; readonly slip: Slip }) => {
  const { say, language } = useSpeech()
  return (
    <ol class="seat-cards print-only">
      {made.links.map(({ linkId, initial, token, code }) => (
        <li key={linkId} class="seat-card">
          <div class="seat-card-text">
            <p class="seat-card-class">
              {made.schoolName} {made.className} · {initial}
            </p>
            <p class="seat-card-how">{say(slip === 'both' ? 'links.slipBoth' : 'links.slipCode')}</p>
            <p class="seat-card-code">{spaced(code)}</p>
            <p class="seat-card-how">{say('links.slipUntil', { time: dateAndTime(made.expiresAt, language) })}</p>
            <Simulated />
          </div>
          {slip === 'both' && <QrCode text={guardianLink(token)} label={say('links.qr')} />}
        </li>
      ))}
    </ol>
  )
}

export const LinksOnce = ({ made, pupils, onHide }: Props) => {
  const { say } = useSpeech()
  const call = callingOf(pupils)
  const [slip, setSlip] = useState<Slip>('code')
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    document.body.classList.add('prints-links')
    return () => {
      removeEventListener('beforeunload', warn)
      document.body.classList.remove('prints-links')
    }
  }, [])
  return (
    <section class="links-once notice notice-warn">
      <h2 class="no-print">{say('links.title')}</h2>
      <p class="no-print">{say('links.once')}</p>
      {isLoopback(location.hostname) && <p class="no-print">{say('links.local')}</p>}
      <div class="no-print">
        <Choice
          legend={say('links.slip')}
          hint={say(slip === 'both' ? 'links.slipBothHint' : 'links.slipCodeHint')}
          options={(['code', 'both'] as const).map((value) => ({ value, label: say(`links.slip.${value}`) }))}
          value={slip}
          onValue={setSlip}
        />
        <p class="button-row">
          <button type="button" class="button button-primary" onClick={() => print()}>
            {say('links.print')}
          </button>
          <button type="button" class="button" onClick={onHide}>
            {say('links.hide')}
          </button>
        </p>
        <Table caption={say('links.title')} heads={[say('class.name'), say('links.code'), say('links.forMessage')]}>
          {made.links.map(({ linkId, participantId, name, initial, code, token }) => (
            <tr key={linkId}>
              <th scope="row">{call(participantId) || name}</th>
              <td class="mono code">{spaced(code)}</td>
              <td>
                <CopyLine text={message(say, made, token, initial)} label={say('links.forMessageOf', { name })} />
              </td>
            </tr>
          ))}
        </Table>
      </div>
      <Slips made={made} slip={slip} />
    </section>
  )
}

import { dateAndTime } from '../../ui/date-and-time.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Dialog } from '../shell/dialog.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { ConsentRecord as Found } from '../wire.ts'
import { DecisionTag } from './decision-tag.tsx'

const Decision = ({ one }: { readonly one: Found['decisions'][number] }) => {
  const { say, language } = useSpeech()
  const by = [one.signedBy, one.relationship && say(`relationship.${one.relationship}`)].filter(Boolean).join(' · ')
  return (
    <tr>
      <td>{dateAndTime(one.recordedAt, language)}</td>
      <td>
        {say(`purpose.${one.purpose}`)} <DecisionTag decision={one.decision} />
        {one.party !== null && <span class="under">{one.party}</span>}
      </td>
      <td>
        {say(`giver.${one.givenBy}`)}
        {by && <span class="under">{by}</span>}
      </td>
      <td>
        {one.evidence ? say(`record.${one.evidence}`) : say('shell.none')}
        {one.evidencePlace && <span class="under">{one.evidencePlace}</span>}
      </td>
      <td>
        {one.noticeName} · {one.noticeVersion}
        <span class="under mono">{one.noticeHash.slice(0, 12)}…</span>
      </td>
    </tr>
  )
}

type Props = { readonly participantId: string; readonly name: string; readonly onClose: () => void }

/** Everything that was decided about one pupil, with what shows it. */
export const ConsentRecord = ({ participantId, name, onClose }: Props) => {
  const { say } = useSpeech()
  const request = useRequest(
    () => answered(server.GET('/api/v1/participants/{participantId}/consents', { params: { path: { participantId } } })),
    [participantId],
  )
  const actions = (
    <button type="button" class="button" onClick={onClose}>
      {say('shell.close')}
    </button>
  )
  const heads = (['at', 'what', 'by', 'shown', 'notice'] as const).map((head) => say(`record.${head}`))
  return (
    <Dialog title={say('record.title', { name })} onClose={onClose} actions={actions} wide>
      <p class="muted">{say('record.looked')}</p>
      <Answer to={request}>
        {({ decisions }) =>
          decisions.length === 0 ? (
            <p>{say('record.none')}</p>
          ) : (
            <Table caption={say('record.open')} heads={heads}>
              {decisions.map((one) => (
                <Decision key={one.id} one={one} />
              ))}
            </Table>
          )
        }
      </Answer>
    </Dialog>
  )
}

import { useState } from 'preact/hooks'
import { dateAndTime } from '../../ui/date-and-time.ts'
import { callingOf } from '../participants/namesakes.ts'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Confirm } from '../shell/confirm.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { type Shape, Tag, type Tone } from '../shell/tag.tsx'
import { useAction } from '../shell/use-action.ts'
import { useRequest } from '../shell/use-request.ts'
import type { ConsentLink, Participant } from '../wire.ts'

const looks: Readonly<Record<ConsentLink['state'], readonly [Tone, Shape]>> = {
  open: ['info', 'half'],
  answered: ['good', 'disc'],
  blocked: ['warn', 'triangle'],
  expired: ['quiet', 'bar'],
  revoked: ['quiet', 'bar'],
}

const revoke = (linkId: string) =>
  answered(server.POST('/api/v1/consent-links/{linkId}/revoke', { params: { path: { linkId } } })).then(() => true)

type Props = { readonly classId: string; readonly pupils: readonly Participant[]; readonly mark: number }

/** The links of a class and how far each is. Nothing is shown while there is none. */
export const LinksOfClass = ({ classId, pupils, mark }: Props) => {
  const { say, language } = useSpeech()
  const request = useRequest(
    () => answered(server.GET('/api/v1/classes/{classId}/consent-links', { params: { path: { classId } } })),
    [classId, mark],
  )
  const [ending, setEnding] = useState<ConsentLink | null>(null)
  const revoking = useAction(revoke)
  const call = callingOf(pupils)
  const nameOf = ({ participantId }: ConsentLink) => call(participantId)
  const end = async () => {
    if (!ending || !(await revoking.run(ending.linkId))) return
    setEnding(null)
    if (request.kind === 'ready') request.reload()
  }
  if (request.kind === 'ready' && request.value.links.length === 0) return null
  return (
    <section class="section">
      <h2>{say('links.list')}</h2>
      <Answer to={request}>
        {({ links }) => (
          <Table
            caption={say('links.list')}
            heads={[say('class.name'), say('links.asks'), say('links.state'), say('links.until'), say('links.end')]}
          >
            {links.map((link) => (
              <tr key={link.linkId}>
                <th scope="row">{nameOf(link)}</th>
                <td>{link.asks.map(({ purpose, party }) => party ?? say(`purpose.${purpose}`)).join(' · ')}</td>
                <td>
                  <Tag tone={looks[link.state][0]} shape={looks[link.state][1]}>
                    {say(`links.${link.state}`)}
                  </Tag>
                </td>
                <td>{dateAndTime(link.expiresAt, language)}</td>
                <td class="cell-deed">
                  {(link.state === 'open' || link.state === 'answered') && (
                    <button type="button" class="plain-button" onClick={() => setEnding(link)}>
                      {say('links.revoke')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Answer>
      {ending && (
        <Confirm
          title={say('links.revokeTitle')}
          body={say('links.revokeBody', { name: nameOf(ending) })}
          verb={say('links.revoke')}
          busy={revoking.busy}
          refusal={revoking.refusal}
          onConfirm={() => void end()}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  )
}

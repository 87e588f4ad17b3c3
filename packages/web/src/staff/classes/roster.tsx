import { DecisionTag } from '../consents/decision-tag.tsx'
import { Empty } from '../shell/empty.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import type { Participant } from '../wire.ts'

const Pupil = ({ pupil, withConsent }: { readonly pupil: Participant; readonly withConsent: boolean }) => {
  const { say } = useSpeech()
  const leftBehind = pupil.leftBehind === null ? 'class.unknown' : pupil.leftBehind ? 'class.yes' : 'class.no'
  return (
    <tr>
      <th scope="row">{pupil.name}</th>
      <td class="mono">{pupil.studentNumber ?? say('shell.none')}</td>
      <td>{say(`sex.${pupil.sex}`)}</td>
      <td class="mono">{pupil.birthDate}</td>
      <td>{say(leftBehind)}</td>
      {withConsent && (
        <>
          <td>
            <DecisionTag decision={pupil.consent?.screening ?? null} />
          </td>
          <td>
            <DecisionTag decision={pupil.consent?.research ?? null} />
          </td>
        </>
      )}
    </tr>
  )
}

const summary = (pupils: readonly Participant[]) => ({
  count: pupils.length,
  seated: pupils.filter((pupil) => pupil.consent?.screening === 'given').length,
})

type Props = { readonly pupils: readonly Participant[]; readonly mayAdd: boolean }

export const Roster = ({ pupils, mayAdd }: Props) => {
  const { say } = useSpeech()
  if (pupils.length === 0)
    return <Empty title={say('class.noParticipants')} hint={say(mayAdd ? 'class.noParticipantsHint' : 'class.noParticipantsWait')} />
  // a proctor is not told who consented (PRIV-04)
  const withConsent = pupils.some((pupil) => pupil.consent !== null)
  const heads = [say('class.name'), say('class.studentNumber'), say('class.sex'), say('class.birthDate'), say('class.leftBehind')]
  const consentHeads = withConsent ? [say('class.screening'), say('class.research')] : []
  return (
    <>
      <p class="muted">
        {withConsent ? say('class.participantCount', summary(pupils)) : say('class.rosterCount', { count: pupils.length })}
        {' · '}
        {say('class.audited')}
      </p>
      <Table caption={say('class.participants')} heads={[...heads, ...consentHeads]}>
        {pupils.map((pupil) => (
          <Pupil key={pupil.participantId} pupil={pupil} withConsent={withConsent} />
        ))}
      </Table>
    </>
  )
}

import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { type Shape, Tag, type Tone } from '../shell/tag.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { Participant } from '../wire.ts'

type Decision = NonNullable<Participant['consent']>['screening']

const looks: Readonly<Record<NonNullable<Decision>, readonly [Tone, Shape]>> = {
  given: ['good', 'disc'],
  refused: ['quiet', 'bar'],
  withdrawn: ['quiet', 'bar'],
}

const Consent = ({ decision }: { readonly decision: Decision }) => {
  const { say } = useSpeech()
  const [tone, shape]: readonly [Tone, Shape] = decision ? looks[decision] : ['quiet', 'ring']
  return (
    <Tag tone={tone} shape={shape}>
      {say(decision ? `consent.${decision}` : 'consent.none')}
    </Tag>
  )
}

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
            <Consent decision={pupil.consent?.screening ?? null} />
          </td>
          <td>
            <Consent decision={pupil.consent?.research ?? null} />
          </td>
        </>
      )}
    </tr>
  )
}

const Pupils = ({ pupils }: { readonly pupils: readonly Participant[] }) => {
  const { say } = useSpeech()
  // a proctor is not told who consented (PRIV-04)
  const withConsent = pupils.some((pupil) => pupil.consent !== null)
  const heads = [say('class.name'), say('class.studentNumber'), say('class.sex'), say('class.birthDate'), say('class.leftBehind')]
  const consentHeads = withConsent ? [say('class.screening'), say('class.research')] : []
  return (
    <Table caption={say('class.participants')} heads={[...heads, ...consentHeads]}>
      {pupils.map((pupil) => (
        <Pupil key={pupil.participantId} pupil={pupil} withConsent={withConsent} />
      ))}
    </Table>
  )
}

const summary = (pupils: readonly Participant[]) => ({
  count: pupils.length,
  seated: pupils.filter((pupil) => pupil.consent?.screening === 'given').length,
})

export const Roster = ({ classId }: { readonly classId: string }) => {
  const { say } = useSpeech()
  const request = useRequest(
    () => answered(server.GET('/api/v1/classes/{classId}/participants', { params: { path: { classId } } })),
    [classId],
  )
  return (
    <section class="section">
      <h2>{say('class.participants')}</h2>
      <Answer to={request}>
        {({ participants }) =>
          participants.length === 0 ? (
            <Empty title={say('class.noParticipants')} hint={say('class.noParticipantsHint')} />
          ) : (
            <>
              <p class="muted">
                {participants.some((pupil) => pupil.consent !== null)
                  ? say('class.participantCount', summary(participants))
                  : say('class.rosterCount', { count: participants.length })}
                {' · '}
                {say('class.audited')}
              </p>
              <Pupils pupils={participants} />
            </>
          )
        }
      </Answer>
    </section>
  )
}

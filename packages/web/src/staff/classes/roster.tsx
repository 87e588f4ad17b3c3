import { useState } from 'preact/hooks'
import { ConsentRecord } from '../consents/consent-record.tsx'
import { DecisionTag } from '../consents/decision-tag.tsx'
import { Empty } from '../shell/empty.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import type { Participant } from '../wire.ts'

const shown = ['screening', 'follow-up', 'research'] as const

/** The guardian's decision, and where it rests on a text that has been replaced. */
const Standing = ({ pupil, purpose }: { readonly pupil: Participant; readonly purpose: (typeof shown)[number] }) => {
  const { say } = useSpeech()
  const on = (list: readonly string[] | undefined) => list !== undefined && list.indexOf(purpose) >= 0
  const note = on(pupil.consent?.anew) ? 'consent.anew' : on(pupil.consent?.older) ? 'consent.older' : null
  return (
    <>
      <DecisionTag decision={pupil.consent?.[purpose] ?? null} />
      {note && <span class="under">{say(note)}</span>}
    </>
  )
}

type PupilProps = {
  readonly pupil: Participant
  readonly withConsent: boolean
  readonly withSharing: boolean
  readonly onRecord: () => void
}

const Pupil = ({ pupil, withConsent, withSharing, onRecord }: PupilProps) => {
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
          {shown.map((purpose) => (
            <td key={purpose}>
              <Standing pupil={pupil} purpose={purpose} />
            </td>
          ))}
          {withSharing && (
            <td>
              {pupil.consent?.sharing.map(({ party, decision }) => (
                <p key={party}>
                  {party} <DecisionTag decision={decision} />
                </p>
              ))}
            </td>
          )}
          <td class="cell-deed">
            <button type="button" class="plain-button" onClick={onRecord} aria-label={`${pupil.name} ${say('record.open')}`}>
              {say('record.open')}
            </button>
          </td>
        </>
      )}
    </tr>
  )
}

const summary = (pupils: readonly Participant[]) => ({
  count: pupils.length,
  seated: pupils.filter(({ consent }) => consent?.screening === 'given' && consent.anew.indexOf('screening') < 0).length,
})

type Props = { readonly pupils: readonly Participant[]; readonly mayAdd: boolean }

export const Roster = ({ pupils, mayAdd }: Props) => {
  const { say } = useSpeech()
  const [shown, setShown] = useState<Participant | null>(null)
  if (pupils.length === 0)
    return <Empty title={say('class.noParticipants')} hint={say(mayAdd ? 'class.noParticipantsHint' : 'class.noParticipantsWait')} />
  // a proctor is not told who consented (PRIV-04)
  const withConsent = pupils.some((pupil) => pupil.consent !== null)
  const heads = [say('class.name'), say('class.studentNumber'), say('class.sex'), say('class.birthDate'), say('class.leftBehind')]
  const withSharing = pupils.some((pupil) => pupil.consent !== null && pupil.consent.sharing.length > 0)
  const sharingHead = withSharing ? [say('class.sharing')] : []
  const consentHeads = withConsent
    ? [say('class.screening'), say('class.followUp'), say('class.research'), ...sharingHead, say('record.open')]
    : []
  return (
    <>
      <p class="muted">
        {withConsent ? say('class.participantCount', summary(pupils)) : say('class.rosterCount', { count: pupils.length })}
        {' · '}
        {say('class.audited')}
      </p>
      <Table caption={say('class.participants')} heads={[...heads, ...consentHeads]}>
        {pupils.map((pupil) => (
          <Pupil
            key={pupil.participantId}
            pupil={pupil}
            withConsent={withConsent}
            withSharing={withSharing}
            onRecord={() => setShown(pupil)}
          />
        ))}
      </Table>
      {shown && <ConsentRecord participantId={shown.participantId} name={shown.name} onClose={() => setShown(null)} />}
    </>
  )
}

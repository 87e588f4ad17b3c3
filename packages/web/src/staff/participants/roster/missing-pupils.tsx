import { useSpeech } from '../../shell/speech.tsx'
import { Table } from '../../shell/table.tsx'
import type { Choices } from './choices.ts'
import { MoreRows } from './more-rows.tsx'
import { useSome } from './use-some.ts'
import type { Missing, Plan } from './wire.ts'

type Props = {
  readonly plan: Plan
  readonly choices: Choices
  readonly onChoices: (choices: Choices) => void
  readonly withSchool: boolean
}

const placeOf = ({ schoolName, className }: Missing, withSchool: boolean) => (withSchool ? `${schoolName} · ${className}` : className)

/** Whom the register has and the file lacks: they stay, unless a person says that they left. */
export const MissingPupils = ({ plan, choices, onChoices, withSchool }: Props) => {
  const { say } = useSpeech()
  const { missing } = plan
  const { some, more, showMore } = useSome(missing)
  if (missing.length === 0) return <p class="muted">{say('roster.none')}</p>
  const { left } = choices
  const toggle = (pupils: readonly Missing[], leaving: boolean) => {
    const next = new Set(left)
    for (const { participantId } of pupils) leaving ? next.add(participantId) : next.delete(participantId)
    onChoices({ ...choices, left: next })
  }
  const places = missing.map((pupil) => placeOf(pupil, withSchool)).filter((place, at, every) => every.indexOf(place) === at)
  const ofPlace = (place: string) => missing.filter((pupil) => placeOf(pupil, withSchool) === place)
  const leaving = missing.filter((pupil) => left.has(pupil.participantId)).length
  return (
    <>
      <p>{say('roster.missingNote')}</p>
      <p role="status">{say('roster.leftCount', { count: leaving })}</p>
      {missing.length > 1 && (
        <ul class="leaving-classes">
          {places.map((place) => {
            const pupils = ofPlace(place)
            return (
              <li key={place}>
                <label>
                  <input
                    type="checkbox"
                    checked={pupils.every((pupil) => left.has(pupil.participantId))}
                    onChange={(event) => toggle(pupils, event.currentTarget.checked)}
                  />{' '}
                  {say('roster.allLeft', { name: place, count: pupils.length })}
                </label>
              </li>
            )
          })}
        </ul>
      )}
      <Table
        caption={say('roster.kind.missing')}
        heads={[say('class.name'), say('class.studentNumber'), say('class.birthDate'), say('roster.place'), say('roster.left')]}
        class="roster-rows"
      >
        {some.map((pupil) => (
          <tr key={pupil.participantId}>
            <th scope="row">{pupil.name}</th>
            <td class="mono">{pupil.studentNumber ?? ''}</td>
            <td class="mono">{pupil.birthDate}</td>
            <td>{placeOf(pupil, withSchool)}</td>
            <td>
              <input
                type="checkbox"
                aria-label={`${pupil.name} ${say('roster.left')}`}
                checked={left.has(pupil.participantId)}
                onChange={(event) => toggle([pupil], event.currentTarget.checked)}
              />
            </td>
          </tr>
        ))}
      </Table>
      <MoreRows shown={some.length} count={missing.length} more={more} onMore={showMore} />
    </>
  )
}

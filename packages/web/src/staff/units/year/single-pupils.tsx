import { answered, server } from '../../server.ts'
import { Answer } from '../../shell/answer.tsx'
import { Dialog } from '../../shell/dialog.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { useRequest } from '../../shell/use-request.ts'
import type { Unit, YearPlan, YearWish } from '../../wire.ts'
import { pathOf } from '../tree.ts'
import { type Does, setting } from './wish.ts'

type Row = YearPlan['classes'][number]
type Props = {
  readonly row: Row
  readonly rows: readonly Row[]
  readonly units: readonly Unit[]
  readonly schoolId: string
  readonly wish: YearWish
  readonly onWish: (wish: YearWish) => void
  readonly onClose: () => void
}
const doings: readonly Does[] = ['repeats', 'moves', 'transfers', 'leaves']

const Pupil = ({ id, name, ...props }: Omit<Props, 'onClose'> & { readonly id: string; readonly name: string }) => {
  const { say } = useSpeech()
  const { row, rows, units, schoolId, wish, onWish } = props
  const set = wish.pupils.find((pupil) => pupil.participantId === id)
  const places =
    set?.does === 'moves'
      ? rows
          .filter((other) => other.becomes === 'promoted' && other.classId !== row.classId)
          .map((other) => [other.classId, say('year.goesWith', { name: other.name })] as const)
      : set?.does === 'transfers'
        ? units.filter((unit) => unit.kind === 'class' && unit.schoolId !== schoolId).map((unit) => [unit.id, pathOf(unit, units)] as const)
        : []
  return (
    <div class="year-pupil">
      <span>{name}</span>
      <select
        aria-label={say('year.whatOf', { name })}
        value={set?.does ?? ''}
        onChange={({ currentTarget: { value } }) => onWish(setting(wish, id, value === '' ? null : (value as Does)))}
      >
        <option value="">{say('year.with')}</option>
        {doings.map((does) => (
          <option key={does} value={does}>
            {say(`year.${does}`)}
          </option>
        ))}
      </select>
      {set && places.length > 0 && (
        <select
          aria-label={say('year.whereOf', { name })}
          value={set.classId ?? ''}
          onChange={({ currentTarget: { value } }) => onWish(setting(wish, id, set.does, value))}
        >
          <option value="">{say('year.choose')}</option>
          {places.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

export const SinglePupils = ({ onClose, ...props }: Props) => {
  const { say } = useSpeech()
  const { classId, name } = props.row
  const request = useRequest(
    () => answered(server.GET('/api/v1/classes/{classId}/participants', { params: { path: { classId } } })),
    [classId],
  )
  const actions = (
    <button type="button" class="button button-primary" onClick={onClose}>
      {say('year.done')}
    </button>
  )
  return (
    <Dialog title={say('year.singleTitle', { name })} onClose={onClose} actions={actions} wide>
      <p>{say('year.singleIntro')}</p>
      <Answer to={request}>
        {({ participants }) =>
          participants.map((pupil) => <Pupil key={pupil.participantId} id={pupil.participantId} name={pupil.name} {...props} />)
        }
      </Answer>
    </Dialog>
  )
}

import { useState } from 'preact/hooks'
import { useSpeech } from '../../shell/speech.tsx'
import { Table } from '../../shell/table.tsx'
import type { Unit, YearPlan, YearWish } from '../../wire.ts'
import { SinglePupils } from './single-pupils.tsx'
import { becomesOf, deciding, exceptionsOf } from './wish.ts'

type Row = YearPlan['classes'][number]
type Props = {
  readonly plan: YearPlan
  readonly units: readonly Unit[]
  readonly schoolId: string
  readonly wish: YearWish
  readonly onWish: (wish: YearWish) => void
}

const called = (grade: string | null, name: string) => (grade === null ? name : `${grade} · ${name}`)

const Becomes = ({ row, wish, onWish }: Pick<Props, 'wish' | 'onWish'> & { readonly row: Row }) => {
  const { say } = useSpeech()
  const becomes = becomesOf(row, wish)
  return (
    <>
      <select
        aria-label={say('year.becomesOf', { name: row.name })}
        value={becomes}
        onChange={({ currentTarget: { value } }) => value !== '' && onWish(deciding(wish, row, value as 'promoted' | 'graduates'))}
      >
        {becomes === '' && <option value="">{say('year.choose')}</option>}
        <option value="promoted">{say('year.promoted')}</option>
        <option value="graduates">{say('year.graduates')}</option>
      </select>
      {row.unsure && <span class="year-unsure part">{say('year.unsure')}</span>}
    </>
  )
}

export const ClassesTable = ({ plan, ...props }: Props) => {
  const { say } = useSpeech()
  const { wish, onWish } = props
  const [single, setSingle] = useState<string | null>(null)
  const chosen = plan.classes.find(({ classId }) => classId === single)
  return (
    <>
      <Table
        caption={say('year.title')}
        class="year-table"
        heads={[say('year.class'), say('year.pupils'), say('year.becomes'), say('year.newName'), say('year.exceptions')]}
      >
        {plan.classes.map((row) => (
          <tr key={row.classId}>
            <th scope="row">{called(row.gradeName, row.name)}</th>
            <td class="number">{row.pupils}</td>
            <td>
              <Becomes row={row} wish={wish} onWish={onWish} />
            </td>
            <td>
              {row.newName !== null && (
                <>
                  {row.newGradeName !== null && <span class="muted part">{row.newGradeName}</span>}
                  <input
                    class="year-name"
                    aria-label={say('year.nameOf', { name: row.name })}
                    value={row.newName}
                    maxLength={60}
                    onChange={({ currentTarget: { value } }) => onWish(deciding(wish, row, 'promoted', value))}
                  />
                </>
              )}
            </td>
            <td>
              {exceptionsOf(row) > 0 && <span class="part">{say('year.singleCount', { count: exceptionsOf(row) })}</span>}
              <button
                type="button"
                class="button button-small"
                aria-label={say('year.singleOf', { name: row.name })}
                disabled={row.pupils === 0}
                onClick={() => setSingle(row.classId)}
              >
                {say('year.single')}
              </button>
            </td>
          </tr>
        ))}
      </Table>
      {chosen && <SinglePupils row={chosen} rows={plan.classes} {...props} onClose={() => setSingle(null)} />}
    </>
  )
}

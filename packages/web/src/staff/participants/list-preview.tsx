import { type Say, useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { Mark } from '../shell/tag.tsx'
import { type Column, columns } from './columns.ts'
import type { ListRow, PupilList, RowFault } from './read-list.ts'

const told = 8 // more faults than this are counted, not listed

const cellWords = (say: Say, { pupil, cells }: ListRow, column: Column): string => {
  if (pupil && column === 'sex') return say(`sex.${pupil.sex}`)
  if (pupil && column === 'leftBehind')
    return say(pupil.leftBehind === undefined ? 'class.unknown' : pupil.leftBehind ? 'class.yes' : 'class.no')
  return (pupil && column !== 'leftBehind' ? pupil[column] : cells[column]) ?? ''
}

const faultWords = (say: Say, fault: RowFault, name: string) =>
  say('list.fault', {
    row: fault.row,
    name: name && say('list.nameInFault', { name }),
    column: say(`class.${fault.column}`),
    what: fault.kind === 'twice' ? say('list.twice', { other: fault.other }) : say(`list.${fault.kind}`),
  })

/** What is wrong in which row and column, and what is allowed there. */
export const ListFaults = ({ list }: { readonly list: PupilList }) => {
  const { say } = useSpeech()
  const ofList = list.faults.map((fault) => {
    if (fault.kind === 'column-missing') return say('list.column-missing', { column: say(`class.${fault.column}`) })
    return fault.kind === 'too-many' ? say('list.too-many', { count: fault.count }) : say('list.header-needed')
  })
  const ofRows = list.rows.flatMap((row) => row.faults.map((fault) => faultWords(say, fault, row.cells.name)))
  const faults = [...ofList, ...ofRows]
  if (faults.length === 0) return null
  return (
    <div class="notice notice-warn">
      <p class="notice-title">{say('list.correct')}</p>
      <ul class="fault-list">
        {faults.slice(0, told).map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
        {faults.length > told && <li>{say('list.more', { count: faults.length - told })}</li>}
      </ul>
    </div>
  )
}

const Cell = ({ row, column }: { readonly row: ListRow; readonly column: Column }) => {
  const { say } = useSpeech()
  const wrong = row.faults.some((fault) => fault.column === column)
  const words = cellWords(say, row, column)
  if (!wrong) return <td>{words}</td>
  return (
    <td class="cell-wrong">
      <Mark shape="triangle" /> {words || say('list.cellEmpty')}
    </td>
  )
}

type Props = { readonly list: PupilList; readonly refusedRow: number | null }

export const ListPreview = ({ list, refusedRow }: Props) => {
  const { say } = useSpeech()
  if (list.rows.length === 0) return null
  return (
    <div class="list-preview">
      <Table caption={say('list.preview')} heads={[say('list.row'), ...columns.map((column) => say(`class.${column}`))]}>
        {list.rows.map((row) => (
          <tr key={row.row} class={row.row === refusedRow ? 'row-refused' : undefined}>
            <th scope="row" class="number">
              {row.row}
            </th>
            {columns.map((column) => (
              <Cell key={column} row={row} column={column} />
            ))}
          </tr>
        ))}
      </Table>
    </div>
  )
}

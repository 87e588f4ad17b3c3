import { useSpeech } from '../../shell/speech.tsx'
import { Table } from '../../shell/table.tsx'
import { MoreRows } from './more-rows.tsx'
import { faultWords, type SheetName, sides, sideWords, whereWords } from './row-words.ts'
import { useSome } from './use-some.ts'
import type { Kind, PlannedRow } from './wire.ts'

type RowProps = { readonly row: PlannedRow; readonly sheetName: SheetName; readonly withSchool: boolean }

const Row = ({ row, sheetName, withSchool }: RowProps) => {
  const { say } = useSpeech()
  return (
    <tr>
      <th scope="row" class="number">
        {whereWords(say, row, sheetName)}
      </th>
      {sides.map((side) => {
        const words = sideWords(say, side, row, withSchool)
        const changed = row.changes.some((change) => change === side)
        const was = row.before && changed ? sideWords(say, side, row.before, withSchool) : ''
        return (
          <td key={side} class={changed ? 'cell-changed' : undefined}>
            {words}
            {changed && <span class="one-line muted">{say('roster.was', { value: was || say('list.cellEmpty') })}</span>}
          </td>
        )
      })}
      {row.kind === 'invalid' && (
        <td>
          {row.faults.map((fault) => (
            <span key={`${fault.field}${fault.kind}`} class="fault-line">
              {faultWords(say, fault, sheetName)}
            </span>
          ))}
        </td>
      )}
      {row.kind === 'changed' && <td>{row.changes.some((change) => change === 'returned') ? say('field.returned') : ''}</td>}
    </tr>
  )
}

type Props = { readonly kind: Kind; readonly rows: readonly PlannedRow[]; readonly sheetName: SheetName; readonly withSchool: boolean }

/** The rows of one kind, each with the number it has in the spreadsheet. */
export const RowsTable = ({ kind, rows, sheetName, withSchool }: Props) => {
  const { say } = useSpeech()
  const { some, more, showMore } = useSome(rows)
  if (rows.length === 0) return <p class="muted">{say('roster.none')}</p>
  const heads = [say('roster.row'), ...sides.map((side) => say(side === 'class' ? 'roster.place' : `class.${side}`))]
  const last = kind === 'invalid' || kind === 'changed' ? [say('roster.what')] : []
  return (
    <>
      <Table caption={say(`roster.kind.${kind}`)} heads={[...heads, ...last]} class="roster-rows">
        {some.map((row) => (
          <Row key={`${row.sheet}|${row.row}`} row={row} sheetName={sheetName} withSchool={withSchool} />
        ))}
      </Table>
      <MoreRows shown={some.length} count={rows.length} more={more} onMore={showMore} />
    </>
  )
}

import { useSpeech } from '../../shell/speech.tsx'
import { Table } from '../../shell/table.tsx'
import { type Choices, decideAll, decisionOf, undecided } from './choices.ts'
import { MoreRows } from './more-rows.tsx'
import { type SheetName, sides, sideWords, whereWords } from './row-words.ts'
import { keyOf } from './settings.ts'
import { useSome } from './use-some.ts'
import type { Decision, Plan, PlannedRow } from './wire.ts'

type RowProps = {
  readonly row: PlannedRow
  readonly decision: Decision | null
  readonly onDecision: (decision: Decision) => void
  readonly sheetName: SheetName
  readonly withSchool: boolean
}

const label = (row: PlannedRow, decision: Decision) =>
  decision === 'same' && row.why === 'other-school' ? 'roster.sameMoves' : (`roster.${decision}` as const)

/** The row of the file above the pupil of the register; where they differ is marked in both. */
const Pair = ({ row, decision, onDecision, sheetName, withSchool }: RowProps) => {
  const { say } = useSpeech()
  const { before } = row
  if (!before) return null
  const key = keyOf(row)
  const differs = (side: (typeof sides)[number]) => {
    const [own, other] = [sideWords(say, side, row, true), sideWords(say, side, before, true)]
    return own !== '' && own !== other
  }
  const cells = (pupil: PlannedRow | NonNullable<PlannedRow['before']>) =>
    sides.map((side) => (
      <td key={side} class={differs(side) ? 'cell-changed' : undefined}>
        {sideWords(say, side, pupil, withSchool || row.why === 'other-school')}
      </td>
    ))
  return (
    <>
      <tr class="pair-first">
        <th scope="rowgroup" rowSpan={2}>
          {whereWords(say, row, sheetName)}
          <span class="under">{row.why && say(`roster.why.${row.why}`)}</span>
        </th>
        <th scope="row">{say('roster.inFile')}</th>
        {cells(row)}
        <td rowSpan={2}>
          <fieldset class="decision" aria-label={`${row.name} ${say('roster.decision')}`}>
            {row.may.map((may) => (
              <label key={may}>
                <input type="radio" name={key} checked={decision === may} onChange={() => onDecision(may)} /> {say(label(row, may))}
              </label>
            ))}
          </fieldset>
        </td>
      </tr>
      <tr class="pair-second">
        <th scope="row">{say('roster.inRegister')}</th>
        {cells(before)}
      </tr>
    </>
  )
}

const all = [
  ['same', 'roster.allSame'],
  ['other', 'roster.allOther'],
  ['leave-out', 'roster.allLeaveOut'],
] as const

type Props = {
  readonly plan: Plan
  readonly choices: Choices
  readonly onChoices: (choices: Choices) => void
  readonly sheetName: SheetName
  readonly withSchool: boolean
}

/** Nobody is taken for another by the program: each is decided by a person. */
export const SuspectedRows = ({ plan, choices, onChoices, sheetName, withSchool }: Props) => {
  const { say } = useSpeech()
  const rows = plan.rows.filter((row) => row.kind === 'suspected')
  const { some, more, showMore } = useSome(rows)
  if (rows.length === 0) return <p class="muted">{say('roster.none')}</p>
  const open = undecided(plan, choices)
  const decide = (row: PlannedRow) => (decision: Decision) =>
    onChoices({ ...choices, decisions: new Map(choices.decisions).set(keyOf(row), decision) })
  const heads = [
    say('roster.row'),
    ' ',
    ...sides.map((side) => say(side === 'class' ? 'roster.place' : `class.${side}`)),
    say('roster.decision'),
  ]
  return (
    <>
      <p class="decide-all">
        <span role="status">{open > 0 ? say('roster.undecided', { count: open }) : say('roster.decided')}</span>
        {all.map(([decision, words]) => (
          <button key={decision} type="button" class="plain-button" onClick={() => onChoices(decideAll(plan, choices, decision))}>
            {say(words)}
          </button>
        ))}
      </p>
      <Table caption={say('roster.kind.suspected')} heads={heads} class="roster-rows">
        {some.map((row) => (
          <Pair
            key={keyOf(row)}
            row={row}
            decision={decisionOf(row, choices)}
            onDecision={decide(row)}
            sheetName={sheetName}
            withSchool={withSchool}
          />
        ))}
      </Table>
      <MoreRows shown={some.length} count={rows.length} more={more} onMore={showMore} />
    </>
  )
}

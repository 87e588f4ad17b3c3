import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import type { PaperDesk } from '../wire.ts'

const percent = (part: number, whole: number) => (whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%`)

export const PaperClerks = ({ clerks }: Pick<PaperDesk, 'clerks'>) => {
  const { say } = useSpeech()
  const heads = [
    say('paper.clerk'),
    say('paper.clerkSheets'),
    say('paper.clerkChecked'),
    say('paper.clerkCorrected'),
    say('paper.clerkRate'),
  ]
  return (
    <section class="section">
      <h2>{say('paper.clerks')}</h2>
      <p class="muted">{clerks.length === 0 ? say('paper.clerksNone') : say('paper.clerksHint')}</p>
      {clerks.length > 0 && (
        <Table caption={say('paper.clerks')} heads={heads}>
          {clerks.map(({ name, sheets, checked, corrected }, place) => (
            <tr key={`${name} ${place}`}>
              <th scope="row">{name}</th>
              <td class="number">{sheets}</td>
              <td class="number">{checked}</td>
              <td class="number">{corrected}</td>
              <td class="number">{percent(corrected, checked)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  )
}

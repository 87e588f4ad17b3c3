import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import type { Study } from '../wire.ts'
import { percent } from './protocol.ts'

const Bar = ({ part, whole }: { readonly part: number; readonly whole: number }) => (
  <progress class="bar" max={Math.max(1, whole)} value={part} aria-hidden="true" />
)

export const Waves = ({ waves }: Pick<Study, 'waves'>) => {
  const { say, pick } = useSpeech()
  return (
    <section class="section">
      <h2>{say('study.waves')}</h2>
      <Table
        caption={say('study.waves')}
        heads={[say('study.wave'), say('study.sessions'), say('study.seats'), say('study.submitted'), say('study.progress')]}
      >
        {waves.map((wave) => (
          <tr key={wave.id}>
            <th scope="row">{pick(wave.label)}</th>
            <td class="number">{wave.sessions}</td>
            <td class="number">{wave.seats}</td>
            <td class="number">{wave.submitted}</td>
            <td class="cell-bar">
              <Bar part={wave.submitted} whole={wave.seats} /> {percent(wave.submitted, wave.seats)}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}

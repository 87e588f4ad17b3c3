import { useWaveNames } from '../sessions/wave-name.ts'
import { Empty } from '../shell/empty.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useNow } from '../shell/use-now.ts'
import { clockWords } from '../time.ts'
import type { Score } from '../wire.ts'

const Value = ({ score }: { readonly score: Score }) => {
  const { say } = useSpeech()
  const { answered: given, of } = score
  if (score.value === null) return <span class="muted">{say('case.unscorable', { answered: given, of })}</span>
  return (
    <>
      <strong class="number">{score.value}</strong>
      {score.prorated && <span class="muted"> {say('case.prorated', { answered: given, of })}</span>}
    </>
  )
}

const Line = ({ score, wave, now }: { readonly score: Score; readonly wave: string; readonly now: number }) => {
  const { say, pick, language } = useSpeech()
  return (
    <tr>
      <th scope="row">
        {pick(score.scaleText)}
        {score.direction && <span class="under">{say(`case.${score.direction}`)}</span>}
      </th>
      <td>{wave}</td>
      <td>
        <Value score={score} />
      </td>
      <td class="cell-text">{score.band === null ? <span class="muted">{say('case.noBand')}</span> : pick(score.bandText)}</td>
      <td class="muted">{clockWords(score.at, now, language)}</td>
    </tr>
  )
}

export const Scores = ({ scores }: { readonly scores: readonly Score[] }) => {
  const { say } = useSpeech()
  const now = useNow()
  const waveName = useWaveNames()
  return (
    <section class="section">
      <h2>{say('case.scores')}</h2>
      <p class="score-note">{say('case.scoreNote')}</p>
      {scores.length === 0 ? (
        <Empty title={say('case.noScores')} />
      ) : (
        <Table
          caption={say('case.scores')}
          heads={[say('case.scale'), say('case.wave'), say('case.score'), say('case.band'), say('case.at')]}
        >
          {scores.map((score) => (
            <Line key={`${score.at} ${score.wave} ${score.scale}`} score={score} wave={waveName(score.wave)} now={now} />
          ))}
        </Table>
      )}
    </section>
  )
}

import { useWaveNames } from '../sessions/wave-name.ts'
import { type Say, useSpeech } from '../shell/speech.tsx'
import { useNow } from '../shell/use-now.ts'
import { clockWords } from '../time.ts'
import type { Sitting } from '../wire.ts'
import { percentOf, saysSomething, secondsOf } from './sitting.ts'

const facts = (say: Say, { secondsPerItem, fastShare, longString, answered, of, bothWays, aids }: Sitting): readonly string[] => [
  ...(answered < of ? [say('sitting.answered', { answered, of })] : []),
  ...(secondsPerItem === null ? [] : [say('sitting.seconds', { seconds: secondsOf(secondsPerItem) })]),
  ...(fastShare === null || fastShare === 0 ? [] : [say('sitting.fast', { percent: percentOf(fastShare) })]),
  ...(longString === null ? [] : [say('sitting.run', { run: longString, of })]),
  ...(longString === of && !bothWays ? [say('sitting.oneWay')] : []),
  ...(aids.length === 0 ? [] : [say('sitting.aids', { aids: aids.map((aid) => say(`aid.${aid}`)).join(say('sitting.and')) })]),
]

/** How the sheets were answered: below the scores, and quiet, since it decides nothing. */
export const Sittings = ({ sittings }: { readonly sittings: readonly Sitting[] }) => {
  const { say, language } = useSpeech()
  const now = useNow()
  const waveName = useWaveNames()
  const told = sittings.filter(saysSomething)
  if (told.length === 0) return null
  return (
    <section class="section sittings">
      <h2>{say('sitting.title')}</h2>
      <p class="score-note">{say('sitting.note')}</p>
      <dl class="facts">
        {told.map((sitting) => (
          <div key={`${sitting.at} ${sitting.wave} ${sitting.instrument}`}>
            <dt>
              {sitting.instrument} · {waveName(sitting.wave)} · {clockWords(sitting.at, now, language)}
            </dt>
            <dd>{facts(say, sitting).join(say('sitting.then'))}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

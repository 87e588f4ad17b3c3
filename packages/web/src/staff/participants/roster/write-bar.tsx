import { useState } from 'preact/hooks'
import { Confirm } from '../../shell/confirm.tsx'
import { Refused } from '../../shell/refused.tsx'
import { type Say, useSpeech } from '../../shell/speech.tsx'
import { outcomeOf, type Standing, standingOf } from './choices.ts'
import type { Roster } from './use-roster.ts'
import type { Plan } from './wire.ts'

const standingWords = (say: Say, standing: Standing): string => {
  if (standing.kind === 'invalid') return say('roster.blockInvalid', { count: standing.count })
  if (standing.kind === 'undecided') return say('roster.blockUndecided', { count: standing.count })
  return say(standing.kind === 'nothing' ? 'roster.nothing' : 'roster.ready')
}

/** What still stands in the way, and the question before anything is written. */
export const WriteBar = ({ roster, plan }: { readonly roster: Roster; readonly plan: Plan }) => {
  const { say } = useSpeech()
  const [asking, setAsking] = useState(false)
  const { choices, writing, comparing } = roster
  const standing = standingOf(plan, choices)
  const stale = writing.refusal?.code === 'roster.changed-since'
  const confirm = async () => {
    if (!(await roster.write())) setAsking(false)
  }
  return (
    <div class="write-bar">
      <p role="status">{writing.busy ? say('roster.writing') : standingWords(say, standing)}</p>
      <Refused refusal={writing.refusal} />
      {stale ? (
        <button type="button" class="button button-primary" disabled={comparing.busy} onClick={() => void roster.compare()}>
          {say('roster.dryRunAgain')}
        </button>
      ) : (
        <button
          type="button"
          class="button button-primary"
          disabled={standing.kind !== 'ready' || writing.busy}
          onClick={() => setAsking(true)}
        >
          {say('roster.write')}
        </button>
      )}
      {asking && (
        <Confirm
          title={say('roster.confirmTitle')}
          body={say('roster.confirm', outcomeOf(plan, choices))}
          verb={say('roster.write')}
          busy={writing.busy}
          refusal={null}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

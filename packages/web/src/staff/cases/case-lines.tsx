import { useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { QueuedCase } from '../wire.ts'
import { DueLine } from './due.tsx'
import { Urgency } from './urgency.tsx'

const Reasons = ({ reasons }: Pick<QueuedCase, 'reasons'>) => {
  const { pick } = useSpeech()
  return <p class="case-why">{reasons.slice(0, 1).map(pick)}</p>
}

const Line = ({ found, now }: { readonly found: QueuedCase; readonly now: number }) => {
  const { say, language } = useSpeech()
  const { flags, owner, deputy } = found
  const open = flags.open > 0
  return (
    <li class={`case-line case-${found.urgency}`}>
      <div class="case-when">
        <Urgency urgency={found.urgency} />
        {open ? <DueLine dueAt={found.dueAt} now={now} /> : <span class="muted">{clockWords(found.openedAt, now, language)}</span>}
      </div>
      <div class="case-what">
        <Reasons reasons={found.reasons} />
        <p class="muted">{open ? say('cases.flagsOpen', flags) : say('cases.flagsAll', flags)}</p>
        {open && (
          <p class="muted">
            {owner || deputy ? say('cases.answering', { owner: owner ?? '—', deputy: deputy ?? '—' }) : say('cases.nobodyAnswering')}
          </p>
        )}
      </div>
      <p class="case-who">
        <strong>{found.initial}</strong> {found.className}
        <span class="muted"> {found.schoolName}</span>
      </p>
      <a class="button" href={`/cases/${found.caseId}`} aria-label={say('cases.lookAt', { who: `${found.className} ${found.initial}` })}>
        {say('cases.look')}
      </a>
    </li>
  )
}

export const CaseLines = ({ cases, now }: { readonly cases: readonly QueuedCase[]; readonly now: number }) => (
  <ol class="case-list">
    {cases.map((found) => (
      <Line key={found.caseId} found={found} now={now} />
    ))}
  </ol>
)

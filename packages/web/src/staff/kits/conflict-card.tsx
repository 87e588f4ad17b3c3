import { useState } from 'preact/hooks'
import type { StaffKey } from '../../i18n/staff.ts'
import { answered, server } from '../server.ts'
import { Field } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { useAction } from '../shell/use-action.ts'
import { useNow } from '../shell/use-now.ts'
import { clockWords } from '../time.ts'
import type { KitConflict } from '../wire.ts'
import { kitWords } from './words.ts'

const decide = (conflictId: string, decision: 'ours' | 'theirs', reason: string) =>
  answered(server.POST('/api/v1/kit-conflicts/{conflictId}/decision', { params: { path: { conflictId } }, body: { decision, reason } }))

const wordFor = (prefix: string, name: string): StaffKey | null => {
  const key = `${prefix}.${name}`
  return key in kitWords ? (key as StaffKey) : null // looked up on the line before
}

const Differences = ({ conflict }: { readonly conflict: KitConflict }) => {
  const { say } = useSpeech()
  const told = (prefix: string, name: string) => {
    const key = wordFor(prefix, name)
    return key ? say(key) : name
  }
  const value = (text: string | null) => (text === null || text === '' ? say('kits.empty') : told('kits.value', text))
  return (
    <Table caption={say('kits.conflicts')} heads={['', say('kits.here.side'), say('kits.there.side')]}>
      {conflict.differences.map(({ column, ours, theirs }) => (
        <tr key={column}>
          <th scope="row">{told('kits.column', column)}</th>
          <td>{value(ours)}</td>
          <td>{value(theirs)}</td>
        </tr>
      ))}
    </Table>
  )
}

const Decide = ({ conflict, onDecided }: Props) => {
  const { say } = useSpeech()
  const [reason, setReason] = useState('')
  const deciding = useAction(decide)
  const go = async (decision: 'ours' | 'theirs') => {
    if (await deciding.run(conflict.conflictId, decision, reason.trim())) onDecided()
  }
  const disabled = deciding.busy || reason.trim() === ''
  return (
    <div class="form">
      <Field label={say('kits.reason')} value={reason} onValue={setReason} maxLength={300} autoComplete="off" />
      <p class="button-row">
        <button type="button" class="button" disabled={disabled} onClick={() => void go('ours')}>
          {say(conflict.choosable ? 'kits.keepOurs' : 'kits.seen')}
        </button>
        {conflict.choosable && (
          <button type="button" class="button" disabled={disabled} onClick={() => void go('theirs')}>
            {say('kits.takeTheirs')}
          </button>
        )}
      </p>
      <Refused refusal={deciding.refusal} />
    </div>
  )
}

type Props = { readonly conflict: KitConflict; readonly onDecided: () => void }

export const ConflictCard = ({ conflict, onDecided }: Props) => {
  const { say, language } = useSpeech()
  const now = useNow()
  const at = (time: string) => clockWords(time, now, language)
  const { decision, decidedBy } = conflict
  const what = say(wordFor('kits.what', conflict.what) ?? 'kits.what.other')
  return (
    <li class="kit-conflict">
      <h3>{conflict.pupil ? `${conflict.pupil} · ${what}` : what}</h3>
      <p class="muted">
        {conflict.schoolName} · {say('kits.found', { at: at(conflict.foundAt) })}
        {conflict.oursAt && conflict.theirsAt && (
          <span class="kit-day">
            {say('kits.here.side')} {at(conflict.oursAt)} · {say('kits.there.side')} {at(conflict.theirsAt)}
          </span>
        )}
      </p>
      {conflict.differences.length > 0 ? <Differences conflict={conflict} /> : <p>{say('kits.bothKept')}</p>}
      {decision ? (
        <p class="muted">
          {say(conflict.choosable ? (decision === 'ours' ? 'kits.decidedOurs' : 'kits.decidedTheirs') : 'kits.seenBy', {
            by: decidedBy ?? '',
          })}
        </p>
      ) : (
        <Decide conflict={conflict} onDecided={onDecided} />
      )}
    </li>
  )
}

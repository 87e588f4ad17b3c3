import { useState } from 'preact/hooks'
import { CallThem } from '../duty/call-them.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { type Shape, Tag, type Tone } from '../shell/tag.tsx'
import { useStaff } from '../staff.ts'
import type { Opening, SessionDetail } from '../wire.ts'
import type { Line, Standing } from './conditions.ts'
import { LeftOut } from './left-out.tsx'

const looks: Readonly<Record<Standing, readonly [Tone, Shape]>> = {
  met: ['good', 'disc'],
  unmet: ['warn', 'triangle'],
  asking: ['warn', 'square'],
  noted: ['quiet', 'ring'],
}

type Props = {
  readonly line: Line
  readonly name: string
  readonly session: SessionDetail
  readonly confirmed: boolean
  readonly onConfirm: (one: Opening['confirm'][number]) => void
  readonly onLook: () => void
}

const Remedy = ({ line, session, onLook }: Pick<Props, 'line' | 'session' | 'onLook'>) => {
  const { say } = useSpeech()
  const { has } = useStaff()
  const [looking, setLooking] = useState(false)
  if (line.remedy === 'call') return <CallThem schoolId={session.schoolId} onCalled={onLook} />
  if (line.remedy === 'rota') return has('administrator') ? <a href={`/duty?school=${session.schoolId}`}>{say('ready.toRota')}</a> : null
  if (line.remedy === 'reload')
    return (
      <button type="button" class="button" onClick={() => location.reload()}>
        {say('ready.reload')}
      </button>
    )
  if (line.remedy !== 'left-out') return null
  return (
    <>
      <button type="button" class="plain-button" onClick={() => setLooking(true)}>
        {say('ready.whoLeftOut')}
      </button>
      {looking && <LeftOut sessionId={session.id} onClose={() => setLooking(false)} />}
    </>
  )
}

export const ConditionLine = ({ line, name, session, confirmed, onConfirm, onLook }: Props) => {
  const { say } = useSpeech()
  const { standing, words, confirm } = line
  return (
    <li>
      <span>
        <Tag tone={looks[standing][0]} shape={looks[standing][1]}>
          {say(`ready.${standing}`)}
        </Tag>
      </span>
      <div>
        {words.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {confirm && (
          <label>
            <input type="checkbox" checked={confirmed} onChange={() => onConfirm(confirm)} />
            <span>{say(confirm === 'capacity' ? 'ready.confirmLoad' : 'ready.confirmAgain', { name })}</span>
          </label>
        )}
        <Remedy line={line} session={session} onLook={onLook} />
      </div>
    </li>
  )
}

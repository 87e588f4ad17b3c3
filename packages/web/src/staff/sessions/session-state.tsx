import { useSpeech } from '../shell/speech.tsx'
import { type Shape, Tag, type Tone } from '../shell/tag.tsx'
import type { SessionSummary } from '../wire.ts'

const looks: Readonly<Record<SessionSummary['state'], readonly [Tone, Shape]>> = {
  planned: ['quiet', 'ring'],
  open: ['info', 'half'],
  closed: ['quiet', 'bar'],
}

export const SessionState = ({ state }: { readonly state: SessionSummary['state'] }) => {
  const { say } = useSpeech()
  return (
    <Tag tone={looks[state][0]} shape={looks[state][1]}>
      {say(`session.${state}`)}
    </Tag>
  )
}

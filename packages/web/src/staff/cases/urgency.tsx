import { useSpeech } from '../shell/speech.tsx'
import { type Shape, Tag, type Tone } from '../shell/tag.tsx'
import type { QueuedCase } from '../wire.ts'

const looks: Readonly<Record<QueuedCase['urgency'], readonly [Tone, Shape]>> = {
  immediate: ['alarm', 'triangle'],
  prompt: ['warn', 'square'],
  routine: ['quiet', 'ring'],
}

export const Urgency = ({ urgency }: { readonly urgency: QueuedCase['urgency'] }) => {
  const { say } = useSpeech()
  return (
    <Tag tone={looks[urgency][0]} shape={looks[urgency][1]}>
      {say(`urgency.${urgency}`)}
    </Tag>
  )
}

import { useSpeech } from '../shell/speech.tsx'
import { type Shape, Tag, type Tone } from '../shell/tag.tsx'
import type { Participant } from '../wire.ts'

export type Decision = NonNullable<Participant['consent']>['screening']

const looks: Readonly<Record<NonNullable<Decision>, readonly [Tone, Shape]>> = {
  given: ['good', 'disc'],
  refused: ['quiet', 'bar'],
  withdrawn: ['quiet', 'bar'],
}

export const DecisionTag = ({ decision }: { readonly decision: Decision }) => {
  const { say } = useSpeech()
  const [tone, shape]: readonly [Tone, Shape] = decision ? looks[decision] : ['quiet', 'ring']
  return (
    <Tag tone={tone} shape={shape}>
      {say(decision ? `consent.${decision}` : 'consent.none')}
    </Tag>
  )
}

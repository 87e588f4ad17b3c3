import type { ComponentChildren } from 'preact'
import { useSpeech } from '../speech.ts'
import type { SittingProps } from './sitting-props.ts'

type Props = Pick<SittingProps, 'move'> & { readonly settled: boolean; readonly children?: ComponentChildren }

/** Below every step: back on the left, onward on the right. */
export const Feet = ({ move, settled, children }: Props) => {
  const { say } = useSpeech()
  return (
    <nav class="feet">
      <button type="button" disabled={!settled} onClick={() => move({ kind: 'back' })}>
        {say('question.back')}
      </button>
      {children}
    </nav>
  )
}

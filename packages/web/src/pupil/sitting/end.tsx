import { Heading } from '../frame/heading.tsx'
import { useSettled } from '../frame/use-settled.ts'
import { skippedOf } from '../sheet.ts'
import { useSpeech } from '../speech.ts'
import { Feet } from './feet.tsx'
import type { SittingProps } from './sitting-props.ts'

type Props = Pick<SittingProps, 'outline' | 'sheet' | 'move'> & { readonly onHandIn: () => void }

export const End = ({ outline, sheet, move, onHandIn }: Props) => {
  const { say } = useSpeech()
  const settled = useSettled()
  const count = skippedOf(outline, sheet).length
  return (
    <section>
      <Heading>{say('end.title')}</Heading>
      <p class="lead">{count > 0 ? say('end.skipped', { count }) : say('end.all')}</p>
      <div class="actions">
        <button type="button" class="primary" disabled={!settled} onClick={onHandIn}>
          {say('end.handIn')}
        </button>
        {count > 0 && (
          <button type="button" disabled={!settled} onClick={() => move({ kind: 'revisit' })}>
            {say('end.revisit')}
          </button>
        )}
      </div>
      <Feet move={move} settled={settled} />
    </section>
  )
}

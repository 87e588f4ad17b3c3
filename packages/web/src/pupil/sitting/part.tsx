import { Heading } from '../frame/heading.tsx'
import { useSettled } from '../frame/use-settled.ts'
import { textsIn, useSpeech } from '../speech.ts'
import { Feet } from './feet.tsx'
import type { SittingProps } from './sitting-props.ts'
import { WayOut } from './way-out.tsx'

/** The opening of one instrument. Its name stays unsaid: a child need not read "depression" above her questions. */
export const Part = ({ form, ...place }: SittingProps & { readonly form: number }) => {
  const { language, say } = useSpeech()
  const settled = useSettled()
  const { battery } = place.seated
  const items = battery[form]?.items ?? []
  const texts = textsIn(battery[form]?.texts ?? {}, language)
  return (
    <section>
      {battery.length > 1 && <p class="soft">{say('part.of', { number: form + 1, total: battery.length })}</p>}
      <Heading>{texts?.stem}</Heading>
      {texts?.instructions && <p class="lead">{texts.instructions}</p>}
      <p class="soft">{say(items.some(({ askedIf }) => askedIf) ? 'part.countMost' : 'part.count', { count: items.length })}</p>
      <div class="actions">
        <button type="button" class="primary" disabled={!settled} onClick={() => place.move({ kind: 'next' })}>
          {say('part.go')}
        </button>
      </div>
      <Feet move={place.move} settled={settled}>
        <WayOut onStop={place.onStop} />
      </Feet>
    </section>
  )
}

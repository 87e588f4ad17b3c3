// One question, or a page of them as the session says. Alone, a choice moves on by itself; on a page the pupil says when.
import { useEffect, useRef } from 'preact/hooks'
import { Heading } from '../frame/heading.tsx'
import { useSettled } from '../frame/use-settled.ts'
import type { Step } from '../outline.ts'
import { askedAt, countedOf } from '../sheet.ts'
import { textsIn, useSpeech } from '../speech.ts'
import { Feet } from './feet.tsx'
import { Item } from './item.tsx'
import { Progress } from './progress.tsx'
import type { SittingProps } from './sitting-props.ts'
import { useReader } from './use-reader.ts'
import { WayOut } from './way-out.tsx'

const moment = 280 // milliseconds in which the pupil sees her choice before the next question comes

type Props = SittingProps & { readonly step: Extract<Step, { kind: 'questions' }> }

export const QuestionPage = ({ step, ...place }: Props) => {
  const { language, say } = useSpeech()
  const settled = useSettled()
  const { seated, outline, sheet, move } = place
  const timer = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  const asked = askedAt(outline, sheet, step)
  const form = seated.battery[outline.questions[step.questions[0] ?? 0]?.form ?? 0]
  const texts = textsIn(form?.texts ?? {}, language)
  const reader = useReader(texts?.language ?? language)
  if (!form || !texts) return null
  const alone = step.questions.length === 1
  const open = asked.filter((question) => typeof sheet.given[question] !== 'number')
  const numberOf = (question: number) => countedOf(outline, sheet, question).number
  const answer = (question: number, value: number) => {
    move({ kind: 'answer', question, value })
    if (!alone) return
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => move({ kind: 'next' }), moment)
  }
  const heading = { id: 'stem', class: 'stem', children: texts.stem }
  const onward =
    open.length > 0 ? say(alone ? 'question.skip' : 'page.skip', { count: open.length }) : say(alone ? 'question.next' : 'page.next')
  return (
    <section class="question">
      <Progress from={numberOf(asked[0] ?? 0)} {...countedOf(outline, sheet, asked[asked.length - 1] ?? 0)} />
      {alone ? <p {...heading} /> : <Heading {...heading} />}
      {asked.map((question) => (
        <Item
          key={question}
          {...{ form, texts, question, alone, settled, reader }}
          item={outline.questions[question]?.item ?? ''}
          number={numberOf(question)}
          given={sheet.given[question] ?? null}
          next={alone || question === open[0]}
          onRead={() => place.onAids(['read-aloud'])}
          onAnswer={(value) => answer(question, value)}
        />
      ))}
      <p class="keys soft small">{say('question.keys')}</p>
      {!alone && open.length > 0 && <p id="open">{say('page.open', { numbers: open.map(numberOf).join(say('page.and')) })}</p>}
      <Feet move={move} settled={settled}>
        <WayOut onStop={place.onStop} />
        <button
          type="button"
          class={alone || open.length > 0 ? '' : 'primary'}
          aria-describedby={alone ? undefined : 'open'}
          disabled={!settled}
          onClick={() => move({ kind: open.length > 0 ? 'skip' : 'next' })}
        >
          {onward}
        </button>
      </Feet>
    </section>
  )
}

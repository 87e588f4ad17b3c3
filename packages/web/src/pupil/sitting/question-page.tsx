import { useEffect, useRef } from 'preact/hooks'
import { Heading } from '../frame/heading.tsx'
import { useSettled } from '../frame/use-settled.ts'
import { countedOf } from '../sheet.ts'
import { textsIn, useSpeech } from '../speech.ts'
import { Feet } from './feet.tsx'
import { Options } from './options.tsx'
import { Progress } from './progress.tsx'
import type { SittingProps } from './sitting-props.ts'
import { WayOut } from './way-out.tsx'

const moment = 280 // milliseconds in which the pupil sees her choice before the next question comes

export const QuestionPage = ({ question, ...place }: SittingProps & { readonly question: number }) => {
  const { language, say } = useSpeech()
  const settled = useSettled()
  const { seated, outline, sheet, move } = place
  const timer = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  const asked = outline.questions[question]
  const form = seated.battery[asked?.form ?? 0]
  const texts = textsIn(form?.texts ?? {}, language)
  if (!asked || !form || !texts) return null
  const set = form.items.find(({ id }) => id === asked.item)?.options ?? ''
  const options = (form.optionSets[set] ?? []).map(({ id, value }) => ({ value, label: texts.options[set]?.[id] ?? id }))
  const given = sheet.given[question] ?? null
  const answer = (value: number) => {
    move({ kind: 'answer', value })
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => move({ kind: 'next' }), moment)
  }
  return (
    <section class="question">
      <Progress {...countedOf(outline, sheet, question)} />
      <p class="stem" id="stem">
        {texts.stem}
      </p>
      <Heading id="item">{texts.items[asked.item]}</Heading>
      {given === 'skipped' && <p class="soft small">{say('question.skipped')}</p>}
      <Options options={options} given={given} settled={settled} onAnswer={answer} />
      <Feet move={move} settled={settled}>
        <WayOut onStop={place.onStop} />
        <button type="button" disabled={!settled} onClick={() => move({ kind: 'skip' })}>
          {say(typeof given === 'number' ? 'question.next' : 'question.skip')}
        </button>
      </Feet>
    </section>
  )
}

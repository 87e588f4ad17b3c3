import { Heading } from '../frame/heading.tsx'
import type { Given } from '../sheet.ts'
import { useSpeech } from '../speech.ts'
import type { Form } from '../wire.ts'
import { Options } from './options.tsx'
import { ReadAloud } from './read-aloud.tsx'
import type { Reader } from './use-reader.ts'

type Props = {
  readonly form: Form
  readonly texts: Form['texts'][string]
  readonly item: string
  /** Its place among all questions, and its number among those that are asked. */
  readonly question: number
  readonly number: number
  /** Alone on its page it is the page's heading. */
  readonly alone: boolean
  readonly given: Given | null
  readonly settled: boolean
  /** The keys of a page without a focus are for this one. */
  readonly next: boolean
  readonly reader: Reader | null
  readonly onRead: () => void
  readonly onAnswer: (value: number) => void
}

/** One question: what it asks, and below it what can be chosen. */
export const Item = ({ form, texts, item, question, number, alone, reader, onRead, ...choice }: Props) => {
  const { say } = useSpeech()
  const set = form.items.find(({ id }) => id === item)?.options ?? ''
  const options = (form.optionSets[set] ?? []).map(({ id, value }) => ({ value, label: texts.options[set]?.[id] ?? id }))
  const text = texts.items[item] ?? ''
  const lines = [texts.stem, text, ...options.map(({ label }, position) => `${position + 1}. ${label}`)]
  const id = `item-${question}`
  return (
    <div class={alone ? '' : 'item'}>
      <div class="asks">
        {alone ? (
          <Heading id={id}>{text}</Heading>
        ) : (
          <h2 id={id}>
            {number}. {text}
          </h2>
        )}
        {reader && <ReadAloud reader={reader} place={question} lines={lines} onRead={onRead} />}
      </div>
      {choice.given === 'skipped' && <p class="soft small">{say('question.skipped')}</p>}
      <Options name={id} options={options} {...choice} />
    </div>
  )
}

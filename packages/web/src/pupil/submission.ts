// From a sheet to the body that is handed in. It is written once and kept as text, so that every attempt sends the same bytes.
import type { Outline } from './outline.ts'
import { type Given, givenIn, isQuestionAsked, type Sheet } from './sheet.ts'
import type { Aid, Form, SubmissionBody } from './wire.ts'

export type Ending = {
  readonly ended: SubmissionBody['ended']
  readonly language: string
  readonly now: string
  readonly aids?: readonly Aid[] | undefined
}

/** A clock that was set back while the pupil answered must not make the end lie before the beginning. */
const notBefore = (startedAt: string, now: string) => (now < startedAt ? startedAt : now)

export const submissionOf = (
  battery: readonly Pick<Form, 'id' | 'version'>[],
  outline: Outline,
  sheet: Sheet,
  { ended, language, now, aids = [] }: Ending,
): SubmissionBody => ({
  language,
  startedAt: sheet.startedAt,
  finishedAt: notBefore(sheet.startedAt, now),
  ended,
  ...(aids.length > 0 && { aids: [...aids] }),
  sheets: battery.map(({ id, version }, form) => {
    const answers: Record<string, Given | 'not_shown'> = { ...givenIn(outline, sheet, form) }
    const times: Record<string, number> = {}
    outline.questions.forEach(({ form: own, item }, question) => {
      const time = sheet.times?.[question] ?? null
      if (own === form && time !== null) times[item] = time
      if (own === form && typeof answers[item] !== 'number' && !isQuestionAsked(outline, sheet, question)) answers[item] = 'not_shown'
    })
    return { instrument: id, version, answers, ...(sheet.times && { times }) }
  }),
})

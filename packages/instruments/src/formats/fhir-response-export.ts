/** Answers as a FHIR R4 QuestionnaireResponse in which given, skipped, declined, not shown and not reached stay different things. */
import { type Answers, unansweredReason } from '../answers.ts'
import type { Definition } from '../definition.ts'
import { scoreAnswers } from '../score.ts'
import { canonicalUrl, codingOf } from './fhir-coding.ts'
import { languagesOf, type Words, wordsIn } from './words-of.ts'

const absentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

/** The code that stands for each reason: `unknown` is a question that was seen and left empty. An item that was not reached has no entry. */
export const absentCodes = { skipped: 'unknown', declined: 'asked-declined', not_shown: 'not-asked' } as const

const answerItem = (
  definition: Definition,
  item: Definition['items'][number],
  answers: Answers,
  words: Words,
): readonly Record<string, unknown>[] => {
  const reason = unansweredReason(answers, item.id)
  if (reason === 'not_reached') return []
  const entry = { linkId: item.id, text: words.item(item.id) }
  if (reason !== null) return [{ extension: [{ url: absentReason, valueCode: absentCodes[reason] }], ...entry }]
  return [{ ...entry, answer: [{ valueCoding: codingOf(definition, item, Number(answers[item.id]), words) }] }]
}

export type ResponseOptions = { readonly language?: string | undefined; readonly id?: string; readonly authored?: string }

/**
 * One sheet, with the scores that it has. A response without every item says `in-progress`. No name of a person belongs in `id`.
 * @param authored when it was answered (the caller's clock), left out unless given
 */
export const questionnaireResponse = (definition: Definition, answers: Answers, options: ResponseOptions = {}): Record<string, unknown> => {
  const words = wordsIn(definition, languagesOf(definition, options.language)[0]!)
  const reached = definition.items.every(({ id }) => unansweredReason(answers, id) !== 'not_reached')
  const scores: readonly Record<string, unknown>[] = scoreAnswers(definition, answers).flatMap((score) =>
    score.kind === 'scored' ? [{ linkId: score.scale, text: words.scale(score.scale), answer: [{ valueDecimal: score.value }] }] : [],
  )
  return {
    resourceType: 'QuestionnaireResponse',
    ...(options.id === undefined ? {} : { id: options.id }),
    language: words.language,
    questionnaire: `${canonicalUrl(definition)}|${definition.version}`,
    status: reached ? 'completed' : 'in-progress',
    ...(options.authored === undefined ? {} : { authored: options.authored }),
    item: [...definition.items.flatMap((item) => answerItem(definition, item, answers, words)), ...scores],
  }
}

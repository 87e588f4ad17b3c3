/** Scores of one sheet of answers. Free of zod, so that it runs on the device too. */
import { type Answers, valuesOf } from './answers.ts'
import { type AnswerColumn, compileScorer, missingCode, type ScoreColumn } from './compile-scorer.ts'
import type { Definition, Scale } from './definition.ts'
import { standingValue } from './skip-logic.ts'

export { bandOf, reverse } from './scale-value.ts'

/** `answered`, `of` and `missing` count what the scale adds up: items, or the scales of a composite. */
export type ScaleScore =
  | {
      readonly kind: 'scored'
      readonly scale: string
      readonly value: number
      readonly answered: number
      readonly of: number
      readonly prorated: boolean
      readonly band: string | null
    }
  | {
      readonly kind: 'unscorable'
      readonly scale: string
      readonly reason: 'too-few-answered'
      readonly answered: number
      readonly of: number
      readonly missing: readonly string[]
    }

/** A sheet as columns of one row, kept for the next sheet, with the codes that each item knows. */
type Sheet = {
  readonly columns: readonly AnswerColumn[]
  readonly scores: readonly ScoreColumn[]
  readonly codes: readonly ReadonlySet<unknown>[]
}

const sheets = new WeakMap<Definition, Sheet>()
const sheetOf = (definition: Definition): Sheet => {
  const known = sheets.get(definition)
  if (known) return known
  const scorer = compileScorer(definition)
  const codes = definition.items.map(({ id }) => new Set(valuesOf(definition, id)))
  const sheet = { columns: scorer.answerColumns(1), scores: scorer.scoreColumns(1), codes }
  sheets.set(definition, sheet)
  return sheet
}

const missingParts = (definition: Definition, scale: Scale, answers: Answers, scored: readonly ScaleScore[]): readonly string[] =>
  scale.of
    ? scale.of.map((part) => part.scale).filter((id) => !scored.some((score) => score.scale === id && score.kind === 'scored'))
    : scale.items.map(({ item }) => item).filter((item) => standingValue(definition, answers, item) === null)

const isProrated = (scale: Scale, isComplete: boolean, scored: readonly ScaleScore[]) =>
  (!isComplete && scale.missing.treatment === 'prorate') ||
  (scale.of ?? []).some((part) => scored.some((score) => score.scale === part.scale && score.kind === 'scored' && score.prorated))

const scoreOf = (
  definition: Definition,
  scale: Scale,
  column: ScoreColumn,
  answers: Answers,
  scored: readonly ScaleScore[],
): ScaleScore => {
  const [value, answered, of] = [column.value[0]!, column.answered[0]!, (scale.of ?? scale.items).length]
  if (Number.isNaN(value)) {
    const missing = missingParts(definition, scale, answers, scored)
    return { kind: 'unscorable', scale: scale.id, reason: 'too-few-answered', answered, of, missing }
  }
  const band = scale.bands[column.band[0]!]?.id ?? null
  return { kind: 'scored', scale: scale.id, value, answered, of, prorated: isProrated(scale, answered === of, scored), band }
}

/**
 * Scores every scale of an instrument from checked answers. An unscorable scale is a result with its reason, never an error;
 * a prorated score says so, for whoever reads it. Not for unchecked input: see checkAnswers. For many sheets see compileScorer.
 */
export const scoreAnswers = (definition: Definition, answers: Answers): readonly ScaleScore[] => {
  const { columns, scores, codes } = sheetOf(definition)
  for (const [position, { id }] of definition.items.entries()) {
    const answer = Object.hasOwn(answers, id) ? answers[id] : undefined
    columns[position]![0] = typeof answer === 'number' && codes[position]!.has(answer) ? answer : missingCode
  }
  compileScorer(definition).score(columns, scores, 1)
  const scored: ScaleScore[] = []
  for (const [index, scale] of definition.scales.entries()) scored.push(scoreOf(definition, scale, scores[index]!, answers, scored))
  return scored
}

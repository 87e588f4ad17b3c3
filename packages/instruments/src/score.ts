/** Scores of one sheet of answers. Free of zod, so that it runs on the device too. */
import { type Answers, unansweredReason, valuesOf } from './answers.ts'
import type { Definition, Scale } from './definition.ts'

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

/** Mirrors a coded value within the range of its options: reversing twice is the identity. */
export const reverse = (value: number, values: readonly number[]) => Math.min(...values) + Math.max(...values) - value

const round = (value: number, { decimals, mode }: Scale['rounding']) => {
  if (mode === 'none') return value
  const factor = 10 ** decimals
  return Math.floor(Number((value * factor).toPrecision(14)) + 0.5) / factor
}

/** The band that holds a score. Bands of whole-number scores are closed at both ends; a score between two belongs to the lower. */
export const bandOf = (scale: Scale, value: number): string | null => scale.bands.filter((band) => value >= band.from).at(-1)?.id ?? null

const scoreScale = (definition: Definition, scale: Scale, answers: Answers): ScaleScore => {
  const missing = scale.items.filter(({ item }) => unansweredReason(answers, item) !== null).map(({ item }) => item)
  const of = scale.items.length
  const answered = of - missing.length
  const { minimumAnswered, treatment } = scale.missing
  if (answered < minimumAnswered || (missing.length > 0 && treatment === 'null'))
    return { kind: 'unscorable', scale: scale.id, reason: 'too-few-answered', answered, of, missing }
  let [sum, weights, allWeights] = [0, 0, 0]
  for (const { item, reversed, weight = 1 } of scale.items) {
    allWeights += weight
    const answer = answers[item]
    if (typeof answer !== 'number' || missing.includes(item)) continue
    sum += weight * (reversed ? reverse(answer, valuesOf(definition, item)) : answer)
    weights += weight
  }
  const raw = scale.method === 'mean' ? sum / weights : (sum / weights) * allWeights
  const value = round(missing.length === 0 && scale.method === 'sum' ? sum : raw, scale.rounding)
  return { kind: 'scored', scale: scale.id, value, answered, of, prorated: missing.length > 0, band: bandOf(scale, value) }
}

/**
 * Scores every scale of an instrument from checked answers. An unscorable scale is a result with its reason, never an error;
 * a prorated score says so, for whoever reads it. Not for unchecked input: see checkAnswers.
 */
export const scoreAnswers = (definition: Definition, answers: Answers): readonly ScaleScore[] =>
  definition.scales.map((scale) => scoreScale(definition, scale, answers))

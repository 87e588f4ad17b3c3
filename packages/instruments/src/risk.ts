/** Risk rules over one sheet. Item rules and unanswered rules look at single answers and never wait for a total. Free of zod. */
import { type Answers, unansweredReason } from './answers.ts'
import type { Definition, RiskRule, Urgency } from './definition.ts'
import type { ScaleScore } from './score.ts'
import { isAsked } from './skip-logic.ts'

export type RaisedFlag = {
  readonly rule: string
  readonly kind: RiskRule['kind']
  readonly urgency: Urgency
  readonly subject: string
  readonly value: number | 'skipped' | 'declined' | 'not_reached'
}

const raisedBy = (definition: Definition, rule: RiskRule, answers: Answers, scores: readonly ScaleScore[]): RaisedFlag | null => {
  const raise = (subject: string, value: RaisedFlag['value']): RaisedFlag => ({
    rule: rule.id,
    kind: rule.kind,
    urgency: rule.urgency,
    subject,
    value,
  })
  if (rule.kind === 'scale') {
    const score = scores.find((candidate) => candidate.scale === rule.scale)
    return score?.kind === 'scored' && score.value >= rule.from && score.value <= rule.to ? raise(rule.scale, score.value) : null
  }
  const reason = unansweredReason(answers, rule.item)
  if (rule.kind === 'unanswered') {
    if (reason === null || !isAsked(definition, answers, rule.item)) return null
    return raise(rule.item, reason === 'not_shown' ? 'not_reached' : reason)
  }
  const answer = answers[rule.item]
  return reason === null && typeof answer === 'number' && answer >= rule.from && answer <= rule.to ? raise(rule.item, answer) : null
}

/**
 * Every rule that the answers or scores meet, in the order of the definition. A sheet without flags says nothing about safety.
 * A prorated total raises like a complete one: a flag only asks a person to look, and the score beside it says that it was prorated.
 */
export const evaluateRisk = (definition: Definition, answers: Answers, scores: readonly ScaleScore[]): readonly RaisedFlag[] =>
  definition.riskRules.flatMap((rule) => raisedBy(definition, rule, answers, scores) ?? [])

// What a person decided about a plan, and whether it may be written. Pure.
import { keyOf } from './settings.ts'
import type { Decision, Plan, PlannedRow } from './wire.ts'

export type Choices = {
  readonly decisions: ReadonlyMap<string, Decision>
  readonly left: ReadonlySet<string>
  readonly leaveOutInvalid: boolean
}
export const noChoices: Choices = { decisions: new Map(), left: new Set(), leaveOutInvalid: false }

/** What was decided for a row, as long as the row still asks for it. */
export const decisionOf = (row: PlannedRow, { decisions }: Choices): Decision | null => {
  const decision = decisions.get(keyOf(row))
  return decision && row.may.indexOf(decision) >= 0 ? decision : null
}

const suspected = ({ rows }: Plan) => rows.filter((row) => row.kind === 'suspected')

export const undecided = (plan: Plan, choices: Choices): number => suspected(plan).filter((row) => decisionOf(row, choices) === null).length

export const decideAll = (plan: Plan, choices: Choices, decision: Decision): Choices => {
  const decisions = new Map(choices.decisions)
  for (const row of suspected(plan)) if (row.may.indexOf(decision) >= 0) decisions.set(keyOf(row), decision)
  return { ...choices, decisions }
}

export type Outcome = { readonly created: number; readonly changed: number; readonly leftOut: number; readonly left: number }

/** What would be written, as the confirmation tells it. */
export const outcomeOf = (plan: Plan, choices: Choices): Outcome => {
  const made = suspected(plan).map((row) => decisionOf(row, choices))
  const count = (decision: Decision) => made.filter((own) => own === decision).length
  return {
    created: plan.counts.new + count('other'),
    changed: plan.counts.changed + count('same'),
    leftOut: plan.counts.invalid + count('leave-out'),
    left: plan.missing.filter((pupil) => choices.left.has(pupil.participantId)).length,
  }
}

export type Standing = { readonly kind: 'invalid' | 'undecided'; readonly count: number } | { readonly kind: 'nothing' | 'ready' }

export const standingOf = (plan: Plan, choices: Choices): Standing => {
  if (plan.counts.invalid > 0 && !choices.leaveOutInvalid) return { kind: 'invalid', count: plan.counts.invalid }
  const open = undecided(plan, choices)
  if (open > 0) return { kind: 'undecided', count: open }
  const { created, changed, left } = outcomeOf(plan, choices)
  return { kind: created + changed + left === 0 ? 'nothing' : 'ready' }
}

// What a plan and the decisions of a person come to. Refuses whatever is undecided or was not offered; pure.
import { Problem } from '../../problem.ts'
import type { Comparison, Decision, Outcome, Registered } from './compare.ts'
import type { Target } from './drafts.ts'
import type { RosterRow } from './rows.ts'

export type Deeds = {
  readonly enrolled: readonly { readonly row: RosterRow; readonly target: Target; readonly from: Registered | null }[]
  readonly corrected: readonly { readonly row: RosterRow; readonly target: Target; readonly of: Registered }[]
  readonly left: readonly Registered[]
  readonly unchanged: number
  readonly leftOut: number
}
export type Choices = {
  /** By sheet and row: `0|12`. */
  readonly decisions: ReadonlyMap<string, Decision>
  readonly left: readonly string[]
  readonly leaveOutInvalid: boolean
}

const decide = (row: RosterRow, may: readonly Decision[], decisions: Choices['decisions']): Decision | null => {
  const decision = decisions.get(`${row.sheet}|${row.row}`)
  if (decision === undefined) return null
  if (!may.includes(decision)) throw new Problem('roster.decision-wrong', { row: row.row, allowed: may.join(', ') })
  return decision
}

type Settled =
  | Exclude<Outcome, { readonly kind: 'suspected' | 'invalid' }>
  | { readonly kind: 'left-out' }
  | { readonly kind: 'transferred'; readonly from: Registered; readonly target: Target }

const settledAs = (outcome: Outcome & { readonly kind: 'suspected' }, decision: Decision): Settled => {
  const { of, target, changes, why } = outcome
  if (decision === 'leave-out') return { kind: 'left-out' }
  if (decision === 'other') return { kind: 'new', target }
  return why === 'other-school' ? { kind: 'transferred', from: of, target } : { kind: 'changed', of, target, changes }
}

const enrolment = (row: RosterRow, is: Settled | null): Deeds['enrolled'] => {
  if (is?.kind === 'new') return [{ row, target: is.target, from: null }]
  return is?.kind === 'transferred' ? [{ row, target: is.target, from: is.from }] : []
}

export const deedsOf = ({ entries, missing }: Comparison, { decisions, left, leaveOutInvalid }: Choices): Deeds => {
  const invalid = entries.filter(({ outcome }) => outcome.kind === 'invalid').length
  if (invalid > 0 && !leaveOutInvalid) throw new Problem('roster.rows-invalid', { count: invalid })
  const settled = entries.map(({ row, outcome }): { readonly row: RosterRow; readonly is: Settled | null } => {
    if (outcome.kind === 'invalid') return { row, is: { kind: 'left-out' } }
    if (outcome.kind !== 'suspected') return { row, is: outcome }
    const decision = decide(row, outcome.may, decisions)
    return { row, is: decision && settledAs(outcome, decision) }
  })
  const undecided = settled.filter(({ is }) => is === null).length
  if (undecided > 0) throw new Problem('roster.undecided', { count: undecided })
  const gone = new Set(left)
  const leaving = missing.filter((own) => gone.has(own.participantId))
  if (leaving.length < gone.size) throw new Problem('roster.leaver-unknown')
  const countOf = (kind: Settled['kind']) => settled.filter(({ is }) => is?.kind === kind).length
  return {
    enrolled: settled.flatMap(({ row, is }) => enrolment(row, is)),
    corrected: settled.flatMap(({ row, is }) => (is?.kind === 'changed' ? [{ row, target: is.target, of: is.of }] : [])),
    left: leaving,
    unchanged: countOf('unchanged'),
    leftOut: countOf('left-out'),
  }
}

import type { Urgency } from '../db/tables.ts'
import { rank } from '../flags/rules.ts'

type Flag = {
  readonly urgency: Urgency
  readonly dueAt: Date
  readonly raisedAt: Date
  readonly decision: string | null
  readonly rule: string
  readonly instrument: string
}

export type Standing = { readonly urgency: Urgency; readonly dueAt: Date; readonly open: number; readonly reasons: readonly string[] }

/** What a case's flags say of it: open ones first; once all are reviewed, the whole record. */
export const standingOf = (flags: readonly Flag[]): Standing => {
  const open = flags.filter((flag) => flag.decision === null)
  const telling = open.length > 0 ? open : flags
  const urgency = telling.map((flag) => flag.urgency).reduce((worst, next) => (rank[next] < rank[worst] ? next : worst), 'routine')
  const dueAt = new Date(Math.min(...telling.map((flag) => flag.dueAt.getTime())))
  const reasons = [
    ...new Set(telling.toSorted((a, b) => rank[a.urgency] - rank[b.urgency]).map((flag) => `${flag.instrument}/${flag.rule}`)),
  ]
  return { urgency, dueAt, open: open.length, reasons }
}

/** The same order within a case; flags that wait stand before those that were reviewed. */
export const flagsAsJudged = <T extends Pick<Flag, 'urgency' | 'raisedAt' | 'decision'>>(flags: readonly T[]): readonly T[] =>
  flags.toSorted(
    (left, right) =>
      Number(left.decision !== null) - Number(right.decision !== null) ||
      rank[left.urgency] - rank[right.urgency] ||
      left.raisedAt.getTime() - right.raisedAt.getTime(),
  )

/** The queue's order: urgency, then age (SAF-17). */
export const byUrgencyThenAge = <T extends { readonly urgency: Urgency; readonly openedAt: string }>(left: T, right: T) =>
  rank[left.urgency] - rank[right.urgency] || left.openedAt.localeCompare(right.openedAt)

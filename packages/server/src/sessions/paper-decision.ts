// Two readings differ, and a person decides: the submission is corrected with its history, and what was raised stays raised (SAF-14).
import type { Answer } from '@tongxing/instruments'
import { type AuditEntry, record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { corrected, isSameReading } from './paper.ts'
import { type Desk, keyed, sheetOf } from './paper-entry.ts'
import * as paper from './paper-queries.ts'
import { bodyHash, type SubmissionBody, scoreSubmission } from './submission.ts'

export type Decisions = {
  readonly decisions: readonly { readonly conflictId: string; readonly answer: Answer }[]
  readonly basis: 'third-person' | 'paper'
  readonly reason: string
}

/** The conflicts of a seat that was entered twice. Before that there is nothing to see: the second reading is blind. */
export const comparedSeat = async ({ trx, actor, seat }: Pick<Desk, 'trx' | 'actor' | 'seat'>) => {
  const entries = await paper.entriesOfSeat(trx, actor.countyId, seat.id)
  const [first, second] = entries
  if (!first || !second) throw new Problem('paper.nothing-to-compare')
  return { first, second, conflicts: await paper.conflictsOf(trx, actor.countyId, [first.submissionId]) }
}

const requireEach = (conflicts: readonly paper.Conflict[], decisions: Decisions['decisions']) => {
  const wanted = new Set(conflicts.map(({ id }) => id))
  const given = new Set(decisions.map(({ conflictId }) => conflictId))
  const fits = given.size === decisions.length && given.size === wanted.size && decisions.every(({ conflictId }) => wanted.has(conflictId))
  if (!fits) throw new Problem('paper.decisions-wrong')
}

const correct = async (desk: Desk, first: paper.Entry, given: Decisions, conflicts: readonly paper.Conflict[]) => {
  const { context, trx, actor, hands, session, seat } = desk
  const { submissionId } = first
  const chosen = new Map(given.decisions.map(({ conflictId, answer }) => [conflictId, answer]))
  const decided = conflicts.map(({ id, instrument, item }) => ({ instrument, item, answer: chosen.get(id)! })) // requireEach saw to it
  const sheets = corrected(context.library, first.sheets, decided)
  if (isSameReading(sheets, first.sheets)) return []
  const { language, startedAt, finishedAt } = await paper.submissionById(trx, actor.countyId, submissionId)
  const at = { startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() }
  const body: SubmissionBody = { language, ...at, ended: 'finished', sheets: sheets.map((sheet) => ({ ...sheet })) }
  const scored = scoreSubmission(context.library, session.battery, body)
  await paper.correctSubmission(trx, actor.countyId, submissionId, scored)
  const sheet = sheetOf(desk, { submissionId, bodyHash: bodyHash(body), language, startedAt, finishedAt, scored })
  const entry: AuditEntry = {
    action: 'submission.corrected',
    subject: 'submission',
    subjectIds: [submissionId],
    schoolId: seat.schoolId,
    details: { items: keyed(scored).reduce((sum, one, at) => sum + changed(one.answers, first.sheets[at]!.answers), 0) },
  }
  return [entry, ...(await hands.reread(trx, actor.countyId, [sheet]))]
}

const changed = (now: Readonly<Record<string, Answer>>, before: Readonly<Record<string, Answer>>) =>
  Object.keys(now).filter((item) => now[item] !== before[item]).length

export const decideSheet = async (desk: Desk, given: Decisions) => {
  const { context, trx, actor, seat } = desk
  const { first, second, conflicts } = await comparedSeat(desk)
  if (conflicts.length === 0) throw new Problem('paper.nothing-to-compare')
  if (conflicts.some(({ answer }) => answer !== null)) throw new Problem('paper.decided-already')
  requireEach(conflicts, given.decisions)
  const isClerk = first.enteredBy === actor.accountId || second.enteredBy === actor.accountId
  if (given.basis === 'third-person' && isClerk) throw new Problem('paper.not-third')
  const { basis, reason } = given
  const by = { schoolId: seat.schoolId, basis, reason, accountId: actor.accountId, now: context.clock() }
  await paper.insertDecisions(trx, actor.countyId, by, given.decisions)
  const decided: AuditEntry = {
    action: 'paper.decided',
    subject: 'submission',
    subjectIds: [first.submissionId],
    schoolId: seat.schoolId,
    details: { basis, items: conflicts.length },
  }
  await record(trx, actor.scope, context, [decided, ...(await correct(desk, first, given, conflicts))])
}

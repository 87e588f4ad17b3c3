// Who did and who saw what, written in the transaction of the deed or the look: no audit, no read (SAF-20).
import { insertRows } from '../db/insert.ts'
import type { Scope, Trx } from '../db/scope.ts'

type AuditAction =
  | 'account.created'
  | 'account.signed-in'
  | 'account.signed-out'
  | 'account.link-issued'
  | 'account.disabled'
  | 'account.enabled'
  | 'account.invited-again'
  | 'unit.created'
  | 'unit.changed'
  | 'year.turned'
  | 'year.undone'
  | 'participant.created'
  | 'participant.names-read'
  | 'participant.changed'
  | 'participant.left'
  | 'participant.promoted'
  | 'participant.transferred'
  | 'roster.compared'
  | 'roster.imported'
  | 'consent.recorded'
  | 'consent-link.made'
  | 'consent-link.revoked'
  | 'consent-link.confirmed'
  | 'notice.written'
  | 'notice.published'
  | 'study.created'
  | 'study.schools-added'
  | 'study.allocated'
  | 'session.created'
  | 'session.replanned'
  | 'session.opened'
  | 'session.closed'
  | 'session.codes-issued'
  | 'session.seats-added'
  | 'session.note-added'
  | 'duty.set'
  | 'capacity.stated'
  | 'trial-alert.sent'
  | 'trial-alert.confirmed'
  | 'seat.signed-in'
  | 'seat.marked'
  | 'submission.stored'
  | 'submission.corrected'
  | 'paper.entered'
  | 'paper.compared'
  | 'paper.decided'
  | 'flag.raised'
  | 'flag.reviewed'
  | 'case.listed'
  | 'case.read'
  | 'export.created'
  | 'export.file-read'
  | 'report.created'
  | 'kit.made'
  | 'kit.taken'
  | 'kit.day-written'
  | 'kit.day-received'
  | 'kit.conflicts-read'
  | 'kit.conflict-decided'

export type AuditEntry = {
  readonly action: AuditAction
  readonly subject: string
  readonly subjectIds: readonly string[]
  readonly schoolId?: string | null
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
}

type Clerk = { readonly ids: () => string; readonly clock: () => Date }

/** Appends audit rows for the actor of this scope. Details never hold a name, an answer or a code. */
export const record = async (trx: Trx, scope: Scope, clerk: Clerk, entries: readonly AuditEntry[]) => {
  if (entries.length === 0) return
  const { countyId } = scope
  if (countyId === null) throw new Error('an audit row needs a county')
  const occurredAt = clerk.clock()
  const rows = entries.map((entry) => ({
    county_id: countyId,
    id: clerk.ids(),
    school_id: entry.schoolId ?? null,
    account_id: scope.accountId,
    actor: scope.actor ?? (scope.accountId === null ? 'pupil' : 'staff'),
    action: entry.action,
    subject: entry.subject,
    subject_ids: [...entry.subjectIds],
    details: entry.details ?? {},
    occurred_at: occurredAt,
  }))
  await insertRows(trx, 'screening.audit_event', rows)
}

/** What is said of several subjects of a school in the same words, as one entry: a batch of sheets costs a few rows. */
export const together = (entries: readonly AuditEntry[]): readonly AuditEntry[] => {
  const alike = Map.groupBy(entries, ({ action, subject, schoolId, details }) => JSON.stringify([action, subject, schoolId, details]))
  return [...alike.values()].map((ones) => ({ ...ones[0]!, subjectIds: ones.flatMap(({ subjectIds }) => subjectIds) }))
}

import { type RawBuilder, sql } from 'kysely'
import { type AuditEntry, record } from '../audit/record.ts'
import { columnsOf, given } from '../db/insert.ts'
import { type Trx, unread } from '../db/scope.ts'
import type { Urgency } from '../db/tables.ts'
import { Problem } from '../problem.ts'
import type { Heard } from '../sessions/intake.ts'
import { dueAt } from './rules.ts'

type Clerk = { readonly ids: () => string; readonly clock: () => Date }
export type RaisedFlagRow = Flagged & { readonly flagId: string }
export type Flagged = { readonly participantId: string; readonly schoolId: string; readonly raisedAt: Date }
/** A statement that sees to it that each participant has an open case, and returns these. */
export type OpenCases = (flagged: readonly Flagged[]) => RawBuilder<unknown>

/** Writes the flags of stored sheets in their transaction: if a flag cannot be written, the sheet is not stored (SAF-01). Returns what to audit. */
export const raiseFlags = async (
  trx: Trx,
  countyId: string,
  clerk: Clerk,
  sheets: readonly Heard[],
  openCases: OpenCases,
): Promise<readonly AuditEntry[]> => {
  const rows = sheets.flatMap((sheet) =>
    sheet.scored.flatMap(({ instrument, version, flags }) =>
      flags.map((flag) => ({
        county_id: countyId,
        id: clerk.ids(),
        school_id: sheet.schoolId,
        submission_id: sheet.submissionId,
        seat_id: sheet.seatId,
        participant_id: sheet.participantId,
        study_id: sheet.studyId,
        wave: sheet.wave,
        instrument,
        version,
        rule: flag.rule,
        kind: flag.kind,
        urgency: flag.urgency as Urgency,
        subject: flag.subject,
        value: String(flag.value),
        answered_at: sheet.finishedAt,
        raised_at: sheet.receivedAt,
        due_at: dueAt(flag.urgency, sheet.receivedAt),
      })),
    ),
  )
  if (rows.length === 0) return []
  const columns = columnsOf(rows)
  const flagged = rows.map((row) => ({ participantId: row.participant_id, schoolId: row.school_id, raisedAt: row.raised_at }))
  await sql`${unread}
    with cases as (${openCases(flagged)})
    insert into screening.flag (${columns}, case_id)
    select ${sql.join(Object.keys(rows[0]!).map((name) => sql.ref(`given.${name}`)))}, cases.id
    from ${given('screening.flag', rows)} as given left join cases on cases.participant_id = given.participant_id`.execute(trx)
  return rows.map((row) => ({
    action: 'flag.raised',
    subject: 'flag',
    subjectIds: [row.id],
    schoolId: row.school_id,
    details: { urgency: row.urgency },
  }))
}

export type Request = {
  readonly seatId: string
  readonly schoolId: string
  readonly participantId: string
  readonly studyId: string
  readonly wave: string
  readonly askedAt: Date
}

/**
 * A pupil asks to talk to somebody (SAF-02). However often the device says so it is one flag, and so is a wish while an earlier one is open; one
 * that comes after a review is raised anew. `raised` is empty for a repetition.
 */
export const raiseRequest = async (trx: Trx, countyId: string, clerk: Clerk, request: Request) => {
  const { participantId, schoolId, askedAt } = request
  const earlier = await requestsOf(trx, countyId, request.seatId)
  const known = earlier.find((one) => one.reviewedBy === null || one.askedAt.getTime() === askedAt.getTime())
  if (known) return { flagId: known.flagId, raisedAt: known.raisedAt, raised: [] }
  const raisedAt = clerk.clock()
  const urgency: Urgency = 'prompt'
  const flagId = clerk.ids()
  await trx
    .insertInto('screening.flag')
    .values({
      county_id: countyId,
      id: flagId,
      school_id: schoolId,
      submission_id: null,
      seat_id: request.seatId,
      participant_id: participantId,
      case_id: null,
      study_id: request.studyId,
      wave: request.wave,
      instrument: '',
      version: '',
      rule: 'request',
      kind: 'request',
      urgency,
      subject: '',
      value: '',
      answered_at: askedAt,
      raised_at: raisedAt,
      due_at: dueAt(urgency, raisedAt),
    })
    .execute()
  await record(trx, { countyId, schoolIds: [], accountId: null }, clerk, [
    { action: 'flag.raised', subject: 'flag', subjectIds: [flagId], schoolId, details: { urgency } },
  ])
  return { flagId, raisedAt, raised: [{ flagId, participantId, schoolId, raisedAt }] }
}

/** Holds the seat meanwhile, so that of two that come at once the second sees the first. */
const requestsOf = async (trx: Trx, countyId: string, seatId: string) => {
  await trx.selectFrom('screening.seat').select('id').where('county_id', '=', countyId).where('id', '=', seatId).forUpdate().execute()
  return trx
    .selectFrom('screening.flag as f')
    .leftJoin('screening.flag_review as r', (join) => join.onRef('r.county_id', '=', 'f.county_id').onRef('r.flag_id', '=', 'f.id'))
    .select(['f.id as flagId', 'f.raised_at as raisedAt', 'f.answered_at as askedAt', 'r.reviewed_by as reviewedBy'])
    .where('f.county_id', '=', countyId)
    .where('f.seat_id', '=', seatId)
    .where('f.kind', '=', 'request')
    .orderBy('f.id')
    .execute()
}

const flagColumns = [
  'f.id as flagId',
  'f.case_id as caseId',
  'f.submission_id as submissionId',
  'f.seat_id as seatId',
  'f.school_id as schoolId',
  'f.participant_id as participantId',
  'f.instrument',
  'f.version',
  'f.rule',
  'f.kind',
  'f.urgency',
  'f.subject',
  'f.value',
  'f.wave',
  'f.answered_at as answeredAt',
  'f.raised_at as raisedAt',
  'f.due_at as dueAt',
] as const

/** Flags of these cases, each with its review or without. */
export const flagsOfCases = (trx: Trx, countyId: string, caseIds: readonly string[]) =>
  trx
    .selectFrom('screening.flag as f')
    .leftJoin('screening.flag_review as r', (join) => join.onRef('r.county_id', '=', 'f.county_id').onRef('r.flag_id', '=', 'f.id'))
    .select([...flagColumns, 'r.decision', 'r.reason as reviewReason', 'r.reviewed_by as reviewedBy', 'r.reviewed_at as reviewedAt'])
    .select(
      sql<boolean>`exists (select from screening.submission b where b.county_id = f.county_id and b.seat_id = f.seat_id)`.as('handedIn'),
    )
    .where('f.county_id', '=', countyId)
    .where('f.case_id', '=', sql<string>`any (${[...caseIds]}::uuid[])`)
    .orderBy('f.raised_at')
    .orderBy('f.id')
    .execute()

export type FlagRow = Awaited<ReturnType<typeof flagsOfCases>>[number]

/** Locks a flag for its review. */
export const flagForReview = async (trx: Trx, countyId: string, flagId: string) => {
  const flag = await trx
    .selectFrom('screening.flag as f')
    .select(flagColumns)
    .where('f.county_id', '=', countyId)
    .where('f.id', '=', flagId)
    .forUpdate()
    .executeTakeFirst()
  if (!flag) throw new Problem('flag.not-found')
  const review = await trx
    .selectFrom('screening.flag_review')
    .select('reviewed_by')
    .where('county_id', '=', countyId)
    .where('flag_id', '=', flagId)
    .executeTakeFirst()
  return { ...flag, reviewedBy: review?.reviewed_by ?? null }
}

export type Review = {
  readonly id: string
  readonly schoolId: string
  readonly flagId: string
  readonly decision: 'confirmed' | 'dismissed'
  readonly reason: string
  readonly accountId: string
  readonly now: Date
}

export const insertReview = (trx: Trx, countyId: string, review: Review) =>
  trx
    .insertInto('screening.flag_review')
    .values({
      county_id: countyId,
      id: review.id,
      school_id: review.schoolId,
      flag_id: review.flagId,
      decision: review.decision,
      reason: review.reason,
      reviewed_by: review.accountId,
      reviewed_at: review.now,
    })
    .execute()

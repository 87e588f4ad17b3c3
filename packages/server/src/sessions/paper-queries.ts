import type { Answer } from '@tongxing/instruments'
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import type { ScoredSheet } from './intake.ts'
import type { Difference, Keyed } from './paper.ts'

/** Whoever works on a seat's paper sheet holds the seat meanwhile. */
export const lockSeat = async (trx: Trx, countyId: string, sessionId: string, seatId: string) => {
  const seat = await trx
    .selectFrom('screening.seat')
    .select(['id', 'number', 'state', 'participant_id as participantId', 'school_id as schoolId'])
    .where('county_id', '=', countyId)
    .where('session_id', '=', sessionId)
    .where('id', '=', seatId)
    .forUpdate()
    .executeTakeFirst()
  if (!seat) throw new Problem('session.seat-not-found')
  return seat
}

const entries = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.paper_entry')
    .select(['seat_id as seatId', 'submission_id as submissionId', 'turn', 'sheets', 'entered_by as enteredBy'])
    .where('county_id', '=', countyId)
    .orderBy('turn')

const read = <Row extends { readonly sheets: unknown }>(row: Row) => ({ ...row, sheets: row.sheets as readonly Keyed[] }) // as insertEntry wrote them

export const entriesOfSeat = async (trx: Trx, countyId: string, seatId: string) =>
  (await entries(trx, countyId).where('seat_id', '=', seatId).execute()).map(read)

export const entriesOfSession = async (trx: Trx, countyId: string, sessionId: string) =>
  (await entries(trx, countyId).where('session_id', '=', sessionId).execute()).map(read)

export type Entry = Awaited<ReturnType<typeof entriesOfSeat>>[number]

export type NewEntry = Entry & { readonly id: string; readonly schoolId: string; readonly sessionId: string; readonly now: Date }

export const insertEntry = (trx: Trx, countyId: string, entry: NewEntry) =>
  trx
    .insertInto('screening.paper_entry')
    .values({
      county_id: countyId,
      id: entry.id,
      school_id: entry.schoolId,
      session_id: entry.sessionId,
      seat_id: entry.seatId,
      submission_id: entry.submissionId,
      turn: entry.turn,
      sheets: JSON.stringify(entry.sheets),
      entered_by: entry.enteredBy,
      entered_at: entry.now,
    })
    .execute()

export const insertConflicts = async (
  trx: Trx,
  countyId: string,
  of: { readonly submissionId: string; readonly schoolId: string },
  found: readonly (Difference & { readonly id: string })[],
) => {
  if (found.length === 0) return
  const rows = found.map(({ id, instrument, version, item, first, second }) => ({
    county_id: countyId,
    id,
    school_id: of.schoolId,
    submission_id: of.submissionId,
    instrument,
    version,
    item,
    first_answer: JSON.stringify(first),
    second_answer: JSON.stringify(second),
  }))
  await trx.insertInto('screening.paper_conflict').values(rows).execute()
}

/** Conflicts of these submissions, each with its decision or without. */
export const conflictsOf = async (trx: Trx, countyId: string, submissionIds: readonly string[]) => {
  const rows = await trx
    .selectFrom('screening.paper_conflict as c')
    .leftJoin('screening.paper_decision as d', (join) => join.onRef('d.county_id', '=', 'c.county_id').onRef('d.conflict_id', '=', 'c.id'))
    .select([
      'c.id',
      'c.submission_id as submissionId',
      'c.instrument',
      'c.version',
      'c.item',
      'c.first_answer as first',
      'c.second_answer as second',
      'd.answer',
      'd.basis',
      'd.reason',
      'd.decided_by as decidedBy',
      'd.decided_at as decidedAt',
    ])
    .where('c.county_id', '=', countyId)
    .where('c.submission_id', '=', sql<string>`any (${[...submissionIds]}::uuid[])`)
    .execute()
  return rows.map((row) => ({ ...row, first: row.first as Answer, second: row.second as Answer, answer: row.answer as Answer | null })) // checked before they were written
}

export type Conflict = Awaited<ReturnType<typeof conflictsOf>>[number]

type Decision = {
  readonly schoolId: string
  readonly basis: 'third-person' | 'paper'
  readonly reason: string
  readonly accountId: string
  readonly now: Date
}

export const insertDecisions = (
  trx: Trx,
  countyId: string,
  { schoolId, basis, reason, accountId, now }: Decision,
  answers: readonly { readonly conflictId: string; readonly answer: Answer }[],
) =>
  trx
    .insertInto('screening.paper_decision')
    .values(
      answers.map(({ conflictId, answer }) => ({
        county_id: countyId,
        conflict_id: conflictId,
        school_id: schoolId,
        answer: JSON.stringify(answer),
        basis,
        reason,
        decided_by: accountId,
        decided_at: now,
      })),
    )
    .execute()

export const receiptOfSubmission = (trx: Trx, countyId: string, submissionId: string) =>
  trx
    .selectFrom('screening.receipt')
    .select(['submission_id as submissionId', 'body_hash as bodyHash', 'received_at as receivedAt'])
    .where('county_id', '=', countyId)
    .where('submission_id', '=', submissionId)
    .executeTakeFirstOrThrow()

export const submissionById = (trx: Trx, countyId: string, submissionId: string) =>
  trx
    .selectFrom('screening.submission')
    .select(['language', 'started_at as startedAt', 'finished_at as finishedAt', 'study_id as studyId', 'wave'])
    .where('county_id', '=', countyId)
    .where('id', '=', submissionId)
    .executeTakeFirstOrThrow()

/** What was there before is kept by the database itself, in submission_past. */
export const correctSubmission = (trx: Trx, countyId: string, submissionId: string, scored: readonly ScoredSheet[]) =>
  trx
    .updateTable('screening.submission')
    .set({
      sheets: JSON.stringify(scored.map(({ instrument, version, answers }) => ({ instrument, version, answers }))),
      scores: JSON.stringify(
        scored.flatMap(({ instrument, version, scores }) => scores.map((score) => ({ instrument, version, ...score }))),
      ),
    })
    .where('county_id', '=', countyId)
    .where('id', '=', submissionId)
    .execute()

// The SQL of the intake: the seats' locks, the sheets with their receipts and the end of their seats.
import { sql } from 'kysely'
import { type Trx, unread } from '../db/scope.ts'
import type { Sheet } from './intake.ts'

export type SeatNow = { readonly state: string; readonly turn: number; readonly heard: boolean }

export const lockSeats = async (trx: Trx, countyId: string, seatIds: readonly string[]): Promise<Map<string, SeatNow>> => {
  const { rows } = await sql<SeatNow & { readonly id: string }>`select id, state, turn, heard from screening.seat
    where county_id = ${countyId} and id = any (${[...seatIds]}::uuid[]) order by id for update`.execute(trx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** Whether `keep` failed for a seat that is not as its sheets take it to be. */
export const isStale = (error: unknown) => (error as { code?: unknown } | null)?.code === 'TX001'

export type Receipt = { readonly submissionId: string; readonly bodyHash: string; readonly receivedAt: Date }

export const receiptsOf = async (trx: Trx, countyId: string, seatIds: readonly string[]) => {
  if (seatIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('screening.receipt')
    .select(['seat_id', 'idempotency_key', 'submission_id', 'body_hash', 'received_at', 'erased_at'])
    .where('county_id', '=', countyId)
    .where('seat_id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .execute()
  return new Map(
    rows.map((row) => [
      `${row.seat_id} ${row.idempotency_key}`,
      { submissionId: row.submission_id, bodyHash: row.body_hash, receivedAt: row.received_at, erased: row.erased_at !== null },
    ]),
  )
}

const rowOf = (sheet: Sheet) => ({
  id: sheet.submissionId,
  seat_id: sheet.seatId,
  study_id: sheet.studyId,
  wave: sheet.wave,
  language: sheet.language,
  ended: sheet.ended,
  sheets: sheet.scored.map(({ instrument, version, answers }) => ({ instrument, version, answers })),
  scores: sheet.scored.flatMap(({ instrument, version, scores }) => scores.map((score) => ({ instrument, version, ...score }))),
  quality: sheet.quality,
  started_at: sheet.startedAt.toISOString(), // a Date would take JSON.stringify off its fast path, and the whole row with it
  finished_at: sheet.finishedAt.toISOString(),
  received_at: sheet.receivedAt.toISOString(),
  idempotency_key: sheet.idempotencyKey,
  body_hash: sheet.bodyHash,
})

/**
 * The sheets, their receipts and the end of their seats, by one statement; a sheet of a withdrawn seat is restricted (PRIV-05). Fails, and its
 * transaction with it, when a seat has handed in or is named twice; `fresh`: also when one was heard before. Seats are locked in one order.
 */
export const keep = (trx: Trx, countyId: string, sheets: readonly Sheet[], seats: 'fresh' | 'any') => {
  const rows = sheets.map(rowOf).toSorted((left, right) => (left.seat_id < right.seat_id ? -1 : 1))
  return sql`${unread}
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
        id uuid, seat_id uuid, study_id uuid, wave text, language text, ended text,
        sheets jsonb, scores jsonb, quality jsonb, started_at timestamptz, finished_at timestamptz, received_at timestamptz,
        idempotency_key text, body_hash text)
    ),
    ended as (
      update screening.seat as t
      set state = case given.ended when 'finished' then 'submitted' else 'stopped' end, finished_at = given.received_at
      from given where t.county_id = ${countyId} and t.id = given.seat_id and t.state in ('not-started', 'started')
        and (${seats === 'any'} or not t.heard)
      returning t.id, t.school_id, t.session_id, t.participant_id, t.withdrawn_at
    ),
    stored as (
      insert into screening.submission (county_id, id, school_id, seat_id, session_id, participant_id, study_id, wave, language, ended,
        sheets, scores, quality, started_at, finished_at, received_at, restricted_at)
      select ${countyId}, given.id, t.school_id, seat_id, t.session_id, t.participant_id, study_id, wave, language, ended,
        sheets, scores, quality, started_at, finished_at, received_at, case when t.withdrawn_at is not null then received_at end
      from given join ended as t on t.id = given.seat_id
    ),
    receipts as (
      insert into screening.receipt (county_id, seat_id, idempotency_key, school_id, submission_id, body_hash, received_at)
      select ${countyId}, seat_id, idempotency_key, t.school_id, given.id, body_hash, received_at from given join ended as t on t.id = given.seat_id
    )
    select screening.require_open(count(*) = ${sheets.length}) from ended`.execute(trx)
}

/** What was kept so far of these seats goes; flags that it raised are linked to their sheets. */
export const takePlaceOfSoFar = (trx: Trx, countyId: string, seatIds: readonly string[]) =>
  sql`${unread}
    with gone as (delete from screening.so_far where county_id = ${countyId} and seat_id = any (${[...seatIds]}::uuid[]))
    update screening.flag as f set submission_id = b.id from screening.submission as b
    where b.county_id = ${countyId} and b.seat_id = any (${[...seatIds]}::uuid[])
      and f.county_id = ${countyId} and f.seat_id = b.seat_id and f.kind <> 'request' and f.submission_id is null`.execute(trx)

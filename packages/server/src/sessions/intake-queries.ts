// The SQL of the intake: the seats' locks, the sheets with their receipts and the end of their seats.
import { sql } from 'kysely'
import { type Trx, unread } from '../db/scope.ts'
import type { Sheet } from './intake.ts'

export type SeatNow = {
  readonly state: string
  readonly turn: number
  readonly heard: boolean
  /** The hash of the token that speaks for it. */
  readonly token: string | null
  readonly tokenExpiresAt: Date | null
}

export const lockSeats = async (trx: Trx, countyId: string, seatIds: readonly string[]): Promise<Map<string, SeatNow>> => {
  const { rows } = await sql<
    SeatNow & { readonly id: string }
  >`select id, state, turn, heard, token_hash as token, token_expires_at as "tokenExpiresAt" from screening.seat
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

const scoresOf = ({ scored }: Sheet) =>
  scored.flatMap(({ instrument, version, scores }) => scores.map((score) => ({ instrument, version, ...score })))
const answersOf = ({ scored }: Sheet) => scored.map(({ instrument, version, answers }) => ({ instrument, version, answers }))

/**
 * JSON by the line, as JSON has no bare line break: PostgreSQL takes it apart without reading what it says. Null stays null. A `json` column also takes
 * what no text can hold (U+0000), on which reading it as `jsonb` would fail: http/strict.ts refuses that for all that comes from outside.
 */
const lines = (values: readonly unknown[]) =>
  sql`string_to_array(${values.map((value) => JSON.stringify(value)).join('\n')}, E'\\n', 'null')::json[]`

/** The sheets as rows, in the order of their seats, in which these are locked. */
const rowsOf = (countyId: string, sheets: readonly Sheet[]) => {
  const sorted = sheets.toSorted((left, right) => (left.seatId < right.seatId ? -1 : 1))
  const each = <Value>(of: (sheet: Sheet) => Value) => sorted.map(of)
  return sql`select ${countyId}::uuid as county_id, * from unnest(${each((sheet) => sheet.submissionId)}::uuid[],
      ${each((sheet) => sheet.seatId)}::uuid[], ${each((sheet) => sheet.studyId)}::uuid[], ${each((sheet) => sheet.wave)}::text[],
      ${each((sheet) => sheet.language)}::text[], ${each((sheet) => sheet.ended)}::text[],
      ${lines(each(answersOf))}, ${lines(each(scoresOf))}, ${lines(each((sheet) => sheet.quality))},
      ${each((sheet) => sheet.startedAt.toISOString())}::timestamptz[], ${each((sheet) => sheet.finishedAt.toISOString())}::timestamptz[],
      ${each((sheet) => sheet.receivedAt.toISOString())}::timestamptz[],
      ${each((sheet) => sheet.idempotencyKey)}::text[], ${each((sheet) => sheet.bodyHash)}::text[], ${each((sheet) => sheet.tokenHash)}::text[])
    as given (id, seat_id, study_id, wave, language, ended, sheets, scores, quality, started_at, finished_at, received_at, idempotency_key, body_hash,
      token_hash)`
}

/**
 * The sheets, their receipts and the end of their seats, by one statement; a sheet of a withdrawn seat is restricted (PRIV-05). Fails, and its
 * transaction with it, when a seat has handed in or is named twice; `fresh`: also when one was heard before, or its sheet's token does not speak for
 * it. Seats are locked in one order.
 */
export const keep = (trx: Trx, countyId: string, sheets: readonly Sheet[], seats: 'fresh' | 'any') =>
  sql`${unread}
    with given as materialized (${rowsOf(countyId, sheets)}),
    ended as (
      update screening.seat as t
      set state = case given.ended when 'finished' then 'submitted' else 'stopped' end, finished_at = given.received_at
      from given where t.county_id = given.county_id and t.id = given.seat_id and t.state in ('not-started', 'started')
        ${seats === 'any' ? sql`` : sql`and not t.heard and t.token_hash = given.token_hash and t.token_expires_at > given.received_at`}
      returning t.id, t.school_id, t.session_id, t.participant_id, t.withdrawn_at
    ),
    stored as (
      insert into screening.submission (county_id, id, school_id, seat_id, session_id, participant_id, study_id, wave, language, ended,
        sheets, scores, quality, started_at, finished_at, received_at, restricted_at)
      select county_id, given.id, t.school_id, seat_id, t.session_id, t.participant_id, study_id, wave, language, ended,
        sheets, scores, quality, started_at, finished_at, received_at, case when t.withdrawn_at is not null then received_at end
      from given join ended as t on t.id = given.seat_id
    ),
    receipts as (
      insert into screening.receipt (county_id, seat_id, idempotency_key, school_id, submission_id, body_hash, received_at)
      select county_id, seat_id, idempotency_key, t.school_id, given.id, body_hash, received_at from given join ended as t on t.id = given.seat_id
    )
    select screening.require_open(count(*) = (select count(*) from given)) from ended`.execute(trx)

/** What was kept so far of these seats goes; flags that it raised are linked to their sheets. */
export const takePlaceOfSoFar = (trx: Trx, countyId: string, seatIds: readonly string[]) =>
  sql`${unread}
    with gone as (delete from screening.so_far where county_id = ${countyId} and seat_id = any (${[...seatIds]}::uuid[]))
    update screening.flag as f set submission_id = b.id from screening.submission as b
    where b.county_id = ${countyId} and b.seat_id = any (${[...seatIds]}::uuid[])
      and f.county_id = ${countyId} and f.seat_id = b.seat_id and f.kind <> 'request' and f.submission_id is null`.execute(trx)

// Sheets into the database. Takes any number of sheets of any schools of one county in one transaction, so that a group commit can
// carry many; the transaction's scope must name exactly their schools, and row-level security checks each row against it.

import type { RaisedFlag, ScaleScore } from '@tongxing/instruments'
import { sql } from 'kysely'
import type { AuditEntry } from '../audit/record.ts'
import { type Trx, unread } from '../db/scope.ts'
import type { ProblemCode } from '../problem.ts'
import type { StoredQuality } from './quality.ts'
import type { BatteryEntry } from './queries.ts'

export type ScoredSheet = {
  readonly instrument: string
  readonly version: string
  readonly answers: unknown
  readonly scores: readonly ScaleScore[]
  readonly flags: readonly RaisedFlag[]
}

export type Sheet = {
  readonly submissionId: string
  readonly seatId: string
  readonly sessionId: string
  readonly schoolId: string
  readonly participantId: string
  readonly studyId: string
  readonly wave: string
  readonly idempotencyKey: string
  readonly bodyHash: string
  readonly language: string
  readonly ended: 'finished' | 'stopped'
  /** The sign-in at which the device last sat down; older pages and paper do not say. */
  readonly turn?: number | undefined
  readonly startedAt: Date
  readonly finishedAt: Date
  readonly receivedAt: Date
  readonly scored: readonly ScoredSheet[]
  readonly quality: StoredQuality | null
}

/** A score as it is stored with its sheet. */
export type StoredScore = ScaleScore & BatteryEntry

type Receipt = { readonly submissionId: string; readonly bodyHash: string; readonly receivedAt: Date }
export type Outcome =
  | { readonly kind: 'stored' | 'replayed'; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly problem: ProblemCode }
/** Raises flags and their cases, which stand or fall with what they are raised for. Returns what to audit of them. */
type Raise<Said> = (trx: Trx, countyId: string, said: readonly Said[]) => Promise<readonly AuditEntry[]>

/** A sheet whose answers speak of risk, stored or not. */
export type Heard = Omit<Sheet, 'submissionId'> & { readonly submissionId: string | null }
/**
 * `store`: for the first that is heard of a seat. `reread`: for a sheet that is not stored, or read again, or of a seat that was heard before:
 * raises what is new and touches nothing that stands (SAF-14).
 */
export type Hands = { readonly store: Raise<Sheet>; readonly reread: Raise<Heard> }

type SeatNow = { readonly state: string; readonly turn: number; readonly heard: boolean }

export const lockSeats = async (trx: Trx, countyId: string, seatIds: readonly string[]): Promise<Map<string, SeatNow>> => {
  const { rows } = await sql<SeatNow & { readonly id: string }>`select id, state, turn, heard from screening.seat
    where county_id = ${countyId} and id = any (${[...seatIds]}::uuid[]) order by id for update`.execute(trx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

const receiptsOf = async (trx: Trx, countyId: string, seatIds: readonly string[]) => {
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

export const isFinished = (seat: Pick<SeatNow, 'state'> | undefined) => seat?.state === 'submitted' || seat?.state === 'stopped'
/** She has sat down elsewhere since: what was begun here and not finished does not end what she does there. */
const isLeft = ({ ended, turn }: Sheet, seat: SeatNow) => ended === 'stopped' && turn !== undefined && turn < seat.turn

type Known = { seats: Map<string, SeatNow>; receipts: Map<string, Receipt & { readonly erased: boolean }> }

const decide = (sheet: Sheet, known: Known): Outcome => {
  const earlier = known.receipts.get(`${sheet.seatId} ${sheet.idempotencyKey}`)
  if (earlier?.erased) return { kind: 'refused', problem: 'submission.erased' }
  if (earlier)
    return earlier.bodyHash === sheet.bodyHash
      ? { kind: 'replayed', receipt: earlier }
      : { kind: 'refused', problem: 'submission.key-reused' }
  const seat = known.seats.get(sheet.seatId)
  if (seat === undefined) return { kind: 'refused', problem: 'session.seat-unknown' }
  if (isFinished(seat)) return { kind: 'refused', problem: 'session.already-submitted' }
  if (isLeft(sheet, seat)) return { kind: 'refused', problem: 'session.went-on-elsewhere' }
  const receipt = { submissionId: sheet.submissionId, bodyHash: sheet.bodyHash, receivedAt: sheet.receivedAt, erased: false }
  known.receipts.set(`${sheet.seatId} ${sheet.idempotencyKey}`, receipt)
  known.seats.set(sheet.seatId, { ...seat, state: sheet.ended === 'finished' ? 'submitted' : 'stopped' })
  return { kind: 'stored', receipt }
}

const rowOf = (sheet: Sheet) => ({
  id: sheet.submissionId,
  school_id: sheet.schoolId,
  seat_id: sheet.seatId,
  session_id: sheet.sessionId,
  participant_id: sheet.participantId,
  study_id: sheet.studyId,
  wave: sheet.wave,
  language: sheet.language,
  ended: sheet.ended,
  sheets: sheet.scored.map(({ instrument, version, answers }) => ({ instrument, version, answers })),
  scores: sheet.scored.flatMap(({ instrument, version, scores }) => scores.map((score) => ({ instrument, version, ...score }))),
  quality: sheet.quality,
  started_at: sheet.startedAt,
  finished_at: sheet.finishedAt,
  received_at: sheet.receivedAt,
  idempotency_key: sheet.idempotencyKey,
  body_hash: sheet.bodyHash,
})

/** The sheets, their receipts and the end of their seats, by one statement. */
const keep = (trx: Trx, countyId: string, sheets: readonly Sheet[]) =>
  sql`${unread}
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(sheets.map(rowOf))}::jsonb) as given (
        id uuid, school_id uuid, seat_id uuid, session_id uuid, participant_id uuid, study_id uuid, wave text, language text, ended text,
        sheets jsonb, scores jsonb, quality jsonb, started_at timestamptz, finished_at timestamptz, received_at timestamptz,
        idempotency_key text, body_hash text)
    ),
    stored as (
      insert into screening.submission (county_id, id, school_id, seat_id, session_id, participant_id, study_id, wave, language, ended,
        sheets, scores, quality, started_at, finished_at, received_at)
      select ${countyId}, id, school_id, seat_id, session_id, participant_id, study_id, wave, language, ended,
        sheets, scores, quality, started_at, finished_at, received_at from given
    ),
    receipts as (
      insert into screening.receipt (county_id, seat_id, idempotency_key, school_id, submission_id, body_hash, received_at)
      select ${countyId}, seat_id, idempotency_key, school_id, id, body_hash, received_at from given
    )
    update screening.seat as t
    set state = case given.ended when 'finished' then 'submitted' else 'stopped' end, finished_at = given.received_at
    from given where t.county_id = ${countyId} and t.id = given.seat_id`.execute(trx)

/** What was kept so far of these seats goes; flags that it raised are linked to their sheets. */
const takePlaceOfSoFar = (trx: Trx, countyId: string, seatIds: readonly string[]) =>
  sql`${unread}
    with gone as (delete from screening.so_far where county_id = ${countyId} and seat_id = any (${[...seatIds]}::uuid[]))
    update screening.flag as f set submission_id = b.id from screening.submission as b
    where b.county_id = ${countyId} and b.seat_id = any (${[...seatIds]}::uuid[])
      and f.county_id = ${countyId} and f.seat_id = b.seat_id and f.kind <> 'request' and f.submission_id is null`.execute(trx)

type Stored = { readonly outcomes: readonly Outcome[]; readonly followed: readonly AuditEntry[] }

/** One outcome per sheet, in order, and what to audit of what followed. Replays and refusals write nothing; the seat's row lock makes simultaneous copies wait for each other. */
export const storeSheets = async (trx: Trx, countyId: string, sheets: readonly Sheet[], hands: Hands): Promise<Stored> => {
  const seatIds = sheets.map((sheet) => sheet.seatId)
  const seats = await lockSeats(trx, countyId, seatIds)
  const finished = seatIds.filter((seatId) => isFinished(seats.get(seatId))) // a receipt is written together with the end of its seat
  const known: Known = { seats, receipts: await receiptsOf(trx, countyId, finished) }
  const outcomes = sheets.map((sheet) => decide(sheet, known))
  const stored = sheets.filter((_, position) => outcomes[position]!.kind === 'stored')
  if (stored.length === 0) return { outcomes, followed: [] }
  await keep(trx, countyId, stored)
  const [heard, fresh] = [true, false].map((so) => stored.filter(({ seatId }) => seats.get(seatId)!.heard === so)) as [Sheet[], Sheet[]]
  if (heard.length > 0)
    await takePlaceOfSoFar(
      trx,
      countyId,
      heard.map(({ seatId }) => seatId),
    )
  return { outcomes, followed: [...(await hands.reread(trx, countyId, heard)), ...(await hands.store(trx, countyId, fresh))] }
}

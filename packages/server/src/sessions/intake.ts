// Sheets into the database. Takes any number of sheets of any schools of one county in one transaction, so that a group commit can
// carry many; the transaction's scope must name exactly their schools, and row-level security checks each row against it.

import type { RaisedFlag, ScaleScore } from '@tongxing/instruments'
import { sql } from 'kysely'
import type { AuditEntry } from '../audit/record.ts'
import { columnsOf, given, type NewRow } from '../db/insert.ts'
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
/** What else belongs to a stored sheet and must stand or fall with it: flags and their cases. Returns what to audit of them. */
type AfterStoring = (trx: Trx, countyId: string, stored: readonly Sheet[]) => Promise<readonly AuditEntry[]>

/** A sheet whose answers speak of risk, stored or not. */
export type Heard = Omit<Sheet, 'submissionId'> & { readonly submissionId: string | null }
/** `reread`: for a sheet that is not stored, or read again: raises what is new and touches nothing that stands (SAF-14). */
export type Hands = {
  readonly store: AfterStoring
  readonly reread: (trx: Trx, countyId: string, heard: readonly Heard[]) => Promise<readonly AuditEntry[]>
}

export const lockSeats = async (trx: Trx, countyId: string, seatIds: readonly string[]) => {
  const rows = await trx
    .selectFrom('screening.seat')
    .select(['id', 'state', 'turn'])
    .where('county_id', '=', countyId)
    .where('id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
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

type SeatNow = { readonly state: string; readonly turn: number }
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

const rowOf = (countyId: string, sheet: Sheet): NewRow<'screening.submission'> => ({
  county_id: countyId,
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
})

const receiptOf = (countyId: string, sheet: Sheet): NewRow<'screening.receipt'> => ({
  county_id: countyId,
  seat_id: sheet.seatId,
  idempotency_key: sheet.idempotencyKey,
  school_id: sheet.schoolId,
  submission_id: sheet.submissionId,
  body_hash: sheet.bodyHash,
  received_at: sheet.receivedAt,
})

/** The sheets, their receipts and the end of their seats, by one statement. What was kept so far goes; flags that it raised are linked to the sheet. */
const keep = async (trx: Trx, countyId: string, sheets: readonly Sheet[]) => {
  const rows = sheets.map((sheet) => rowOf(countyId, sheet))
  const receipts = sheets.map((sheet) => receiptOf(countyId, sheet))
  const [columns, receiptColumns] = [columnsOf(rows), columnsOf(receipts)]
  await sql`${unread}
    with given as materialized (select * from ${given('screening.submission', rows)}),
    stored as (insert into screening.submission (${columns}) select ${columns} from given),
    receipts as (
      insert into screening.receipt (${receiptColumns}) select ${receiptColumns} from ${given('screening.receipt', receipts)}
    ),
    gone as (delete from screening.so_far as s using given where s.county_id = ${countyId} and s.seat_id = given.seat_id returning s.seat_id),
    linked as (
      update screening.flag as f set submission_id = given.id from given, gone
      where f.county_id = ${countyId} and f.seat_id = gone.seat_id and f.kind <> 'request' and f.submission_id is null and given.seat_id = gone.seat_id
    )
    update screening.seat as t
    set state = case given.ended when 'finished' then 'submitted' else 'stopped' end, finished_at = given.received_at
    from given where t.county_id = ${countyId} and t.id = given.seat_id`.execute(trx)
}

/** One outcome per sheet, in order. Replays and refusals write nothing; the seat's row lock makes simultaneous copies wait for each other. */
export const storeSheets = async (
  trx: Trx,
  countyId: string,
  sheets: readonly Sheet[],
  afterStoring: (trx: Trx, countyId: string, stored: readonly Sheet[]) => Promise<void>,
): Promise<readonly Outcome[]> => {
  const seatIds = sheets.map((sheet) => sheet.seatId)
  const seats = await lockSeats(trx, countyId, seatIds)
  const finished = seatIds.filter((seatId) => isFinished(seats.get(seatId))) // a receipt is written together with the end of its seat
  const known: Known = { seats, receipts: await receiptsOf(trx, countyId, finished) }
  const outcomes = sheets.map((sheet) => decide(sheet, known))
  const stored = sheets.filter((_, position) => outcomes[position]!.kind === 'stored')
  if (stored.length > 0) {
    await keep(trx, countyId, stored)
    await afterStoring(trx, countyId, stored)
  }
  return outcomes
}

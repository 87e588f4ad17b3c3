// Sheets into the database. Takes any number of sheets of any schools of one county in one transaction, so that a group commit can
// carry many; the transaction's scope must name exactly their schools, and row-level security checks each row against it.

import type { RaisedFlag, ScaleScore } from '@tongxing/instruments'
import type { AuditEntry } from '../audit/record.ts'
import type { Trx } from '../db/scope.ts'
import type { ProblemCode } from '../problem.ts'
import { keep, lockSeats, type Receipt, receiptsOf, type SeatNow, takePlaceOfSoFar } from './intake-queries.ts'
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
  /** When its pupil was looked up, nothing had been heard of her seat. */
  readonly fresh?: boolean
  /** Of the token by which it came, which must speak for its seat when it is stored; null for paper, which needs none. */
  readonly tokenHash: string | null
}

/** A score as it is stored with its sheet. */
export type StoredScore = ScaleScore & BatteryEntry

export type Outcome =
  | { readonly kind: 'stored' | 'replayed'; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly problem: ProblemCode }
/** Raises flags and their cases, which stand or fall with what they are raised for. Returns what to audit of them. */
type Raise<Said> = (trx: Trx, countyId: string, said: readonly Said[]) => Promise<readonly AuditEntry[]>

/** A sheet whose answers speak of risk, stored or not. */
export type Heard = Omit<Sheet, 'submissionId' | 'tokenHash'> & { readonly submissionId: string | null }
/**
 * `store`: for the first that is heard of a seat. `reread`: for a sheet that is not stored, or read again, or of a seat that was heard before:
 * raises what is new and touches nothing that stands (SAF-14).
 */
export type Hands = { readonly store: Raise<Sheet>; readonly reread: Raise<Heard> }

export const isFinished = (seat: Pick<SeatNow, 'state'> | undefined) => seat?.state === 'submitted' || seat?.state === 'stopped'
/** She has sat down elsewhere since: what was begun here and not finished does not end what she does there. */
const isLeft = ({ ended, turn }: Sheet, seat: SeatNow) => ended === 'stopped' && turn !== undefined && turn < seat.turn

const maySpeak = ({ tokenHash, receivedAt }: Sheet, { token, tokenExpiresAt }: SeatNow) =>
  tokenHash === null || (tokenHash === token && tokenExpiresAt !== null && tokenExpiresAt > receivedAt)

type Known = { seats: Map<string, SeatNow>; receipts: Map<string, Receipt & { readonly erased: boolean }> }

const decide = (sheet: Sheet, known: Known): Outcome => {
  const seat = known.seats.get(sheet.seatId)
  if (seat === undefined || !maySpeak(sheet, seat)) return { kind: 'refused', problem: 'session.seat-unknown' }
  const earlier = known.receipts.get(`${sheet.seatId} ${sheet.idempotencyKey}`)
  if (earlier?.erased) return { kind: 'refused', problem: 'submission.erased' }
  if (earlier)
    return earlier.bodyHash === sheet.bodyHash
      ? { kind: 'replayed', receipt: earlier }
      : { kind: 'refused', problem: 'submission.key-reused' }
  if (isFinished(seat)) return { kind: 'refused', problem: 'session.already-submitted' }
  if (isLeft(sheet, seat)) return { kind: 'refused', problem: 'session.went-on-elsewhere' }
  const receipt = { submissionId: sheet.submissionId, bodyHash: sheet.bodyHash, receivedAt: sheet.receivedAt, erased: false }
  known.receipts.set(`${sheet.seatId} ${sheet.idempotencyKey}`, receipt)
  known.seats.set(sheet.seatId, { ...seat, state: sheet.ended === 'finished' ? 'submitted' : 'stopped' })
  return { kind: 'stored', receipt }
}

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
  await keep(trx, countyId, stored, 'any')
  const heard = stored.filter(({ seatId }) => seats.get(seatId)!.heard)
  if (heard.length > 0)
    await takePlaceOfSoFar(
      trx,
      countyId,
      heard.map(({ seatId }) => seatId),
    )
  const raised = await hands.reread(trx, countyId, heard)
  const first = stored.filter((sheet) => !heard.includes(sheet))
  return { outcomes, followed: [...raised, ...(await hands.store(trx, countyId, first))] }
}

/** The same for finished sheets of seats of which nothing was heard so far: without a question. One that was heard meanwhile refuses them all. */
export const storeFresh = async (trx: Trx, countyId: string, sheets: readonly Sheet[], hands: Hands): Promise<Stored> => {
  await keep(trx, countyId, sheets, 'fresh')
  return { outcomes: sheets.map((sheet) => ({ kind: 'stored', receipt: sheet })), followed: await hands.store(trx, countyId, sheets) }
}

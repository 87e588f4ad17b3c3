// The SQL of the board: how far a seat is, who is not here, what happened in the room, and what was received.
import type { Trx } from '../db/scope.ts'
import type { Absence, NoteKind } from '../db/tables.ts'
import { Problem } from '../problem.ts'

export type Progress = { readonly at: number; readonly of: number; readonly now: 'answering' | 'paused' | 'finished' }

/** Only a seat that is being answered has progress: a word that comes late changes nothing that was received. */
export const setProgress = (trx: Trx, countyId: string, seatId: string, { at, of, now }: Progress, seenAt: Date) =>
  trx
    .updateTable('screening.seat')
    .set({ at_item: at, of_items: of, paused: now === 'paused', seen_at: seenAt, held_at: now === 'finished' ? seenAt : null })
    .where('county_id', '=', countyId)
    .where('id', '=', seatId)
    .where('state', '=', 'started')
    .execute()

/** Marks a seat of this session, or takes the mark away. A seat that has handed in bears none. */
export const setAbsence = async (trx: Trx, countyId: string, sessionId: string, seatId: string, absence: Absence | null) => {
  const seat = await trx
    .selectFrom('screening.seat')
    .select('state')
    .where('county_id', '=', countyId)
    .where('session_id', '=', sessionId)
    .where('id', '=', seatId)
    .where((eb) => eb.or([eb('withdrawn_at', 'is', null), eb('state', '<>', 'not-started')])) // as seatsOf has them
    .forUpdate()
    .executeTakeFirst()
  if (!seat) throw new Problem('session.seat-not-found')
  if (seat.state === 'submitted' || seat.state === 'stopped') throw new Problem('session.already-submitted')
  await trx.updateTable('screening.seat').set({ absence }).where('county_id', '=', countyId).where('id', '=', seatId).execute()
}

/**
 * The pupil's own word that she does not take part. It comes late and perhaps twice, so it counts once, for the sign-in at which it was said:
 * who has sat down again since, or has handed in, takes part. False when it changed nothing.
 */
export const declineSeat = async (trx: Trx, countyId: string, seatId: string, turn: number): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('screening.seat')
    .set((eb) => ({ absence: 'declined', turn: eb('turn', '+', 1) }))
    .where('county_id', '=', countyId)
    .where('id', '=', seatId)
    .where('turn', '=', turn)
    .where('state', '=', 'started')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export type NewNote = { readonly seatId: string | null; readonly kind: NoteKind; readonly words: string }

export const insertNote = (
  trx: Trx,
  countyId: string,
  session: { readonly id: string; readonly schoolId: string },
  note: NewNote & { readonly id: string; readonly notedBy: string; readonly notedAt: Date },
) =>
  trx
    .insertInto('screening.session_note')
    .values({
      county_id: countyId,
      id: note.id,
      school_id: session.schoolId,
      session_id: session.id,
      seat_id: note.seatId,
      kind: note.kind,
      words: note.words,
      noted_by: note.notedBy,
      noted_at: note.notedAt,
    })
    .execute()

export const notesOf = (trx: Trx, countyId: string, sessionId: string) =>
  trx
    .selectFrom('screening.session_note')
    .select(['id', 'seat_id as seatId', 'kind', 'words', 'noted_at as notedAt'])
    .where('county_id', '=', countyId)
    .where('session_id', '=', sessionId)
    .orderBy('noted_at')
    .orderBy('id')
    .execute()

/** What the server can show for every sheet of a session: the receipt that the pupil's device was given (REL-03). */
export const receiptsOfSession = (trx: Trx, countyId: string, sessionId: string) =>
  trx
    .selectFrom('screening.receipt as r')
    .innerJoin('screening.seat as t', (join) => join.onRef('t.county_id', '=', 'r.county_id').onRef('t.id', '=', 'r.seat_id'))
    .select([
      'r.seat_id as seatId',
      't.number',
      'r.submission_id as submissionId',
      'r.body_hash as bodyHash',
      'r.received_at as receivedAt',
    ])
    .where('r.county_id', '=', countyId)
    .where('t.session_id', '=', sessionId)
    .orderBy('t.number')
    .execute()

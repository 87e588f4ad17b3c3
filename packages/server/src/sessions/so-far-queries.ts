// The SQL of what a pupil has answered so far: one row a seat, the latest; her finished sheet takes its place (intake.ts).
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import type { BatteryEntry } from './queries.ts'

export type NewSoFar = {
  readonly seatId: string
  readonly schoolId: string
  readonly turn: number
  readonly revision: number
  readonly answers: readonly (BatteryEntry & { readonly answers: unknown })[]
  readonly answered: number
  readonly asked: number
  readonly startedAt: Date
  readonly answeredAt: Date
  readonly receivedAt: Date
}

/** At most one of a seat. What comes late, or from a machine that the pupil has left, does not take the place of what is there. */
export const keepSoFar = async (trx: Trx, countyId: string, ones: readonly NewSoFar[]) => {
  if (ones.length === 0) return
  const rows = ones.map((one) => ({
    county_id: countyId,
    seat_id: one.seatId,
    school_id: one.schoolId,
    turn: one.turn,
    revision: one.revision,
    answers: JSON.stringify(one.answers),
    answered: one.answered,
    asked: one.asked,
    started_at: one.startedAt,
    answered_at: one.answeredAt,
    received_at: one.receivedAt,
  }))
  await trx
    .insertInto('screening.so_far')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['county_id', 'seat_id'])
        .doUpdateSet((eb) => ({
          turn: eb.ref('excluded.turn'),
          revision: eb.ref('excluded.revision'),
          answers: eb.ref('excluded.answers'),
          answered: eb.ref('excluded.answered'),
          asked: eb.ref('excluded.asked'),
          started_at: eb.ref('excluded.started_at'),
          answered_at: eb.ref('excluded.answered_at'),
          received_at: eb.ref('excluded.received_at'),
        }))
        .where(sql<boolean>`(so_far.turn, so_far.revision) <= (excluded.turn, excluded.revision)`),
    )
    .execute()
}

/** Whatever comes of these seats later looks for what was raised already. */
export const markHeard = async (trx: Trx, countyId: string, seatIds: readonly string[]) => {
  if (seatIds.length > 0)
    await trx
      .updateTable('screening.seat')
      .set({ heard: true })
      .where('county_id', '=', countyId)
      .where('id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
      .where('heard', '=', false)
      .execute()
}

export const soFarOf = (trx: Trx, countyId: string, seatId: string) =>
  trx
    .selectFrom('screening.so_far')
    .select(['turn', 'answers', 'started_at as startedAt', 'received_at as receivedAt'])
    .where('county_id', '=', countyId)
    .where('seat_id', '=', seatId)
    .executeTakeFirst()

const seatsOf = (trx: Trx, countyId: string) => trx.selectFrom('screening.seat').select('id').where('county_id', '=', countyId)

/** Which of these seats are no seats any more (PRIV-05): what comes of them is heard and not kept. */
export const withdrawnAmong = async (trx: Trx, countyId: string, seatIds: readonly string[]): Promise<readonly string[]> => {
  const rows = await seatsOf(trx, countyId)
    .where('id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .where('withdrawn_at', 'is not', null)
    .execute()
  return rows.map(({ id }) => id)
}

export const forgetSoFarOf = (trx: Trx, countyId: string, participantIds: readonly string[]) =>
  trx
    .deleteFrom('screening.so_far')
    .where('county_id', '=', countyId)
    .where('seat_id', 'in', seatsOf(trx, countyId).where('participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`))
    .execute()

type Whose = { readonly sessionId: string; readonly forgottenBefore: Date }

/** Seats of which answers so far are kept: of this session, or received so long ago that they are about to be forgotten. */
export const seatsSoFar = async (trx: Trx, countyId: string, { sessionId, forgottenBefore }: Whose): Promise<readonly string[]> => {
  const rows = await trx
    .selectFrom('screening.so_far as f')
    .innerJoin('screening.seat as t', (join) => join.onRef('t.county_id', '=', 'f.county_id').onRef('t.id', '=', 'f.seat_id'))
    .select('f.seat_id as seatId')
    .where('f.county_id', '=', countyId)
    .where((eb) => eb.or([eb('t.session_id', '=', sessionId), eb('f.received_at', '<', forgottenBefore)]))
    .execute()
  return rows.map(({ seatId }) => seatId)
}

export type Unfinished = Awaited<ReturnType<typeof unfinishedOf>>[number]

/** What these seats have answered so far, and what their sessions ask. */
export const unfinishedOf = (trx: Trx, countyId: string, seatIds: readonly string[]) =>
  trx
    .selectFrom('screening.so_far as f')
    .innerJoin('screening.seat as t', (join) => join.onRef('t.county_id', '=', 'f.county_id').onRef('t.id', '=', 'f.seat_id'))
    .innerJoin('screening.session as s', (join) => join.onRef('s.county_id', '=', 't.county_id').onRef('s.id', '=', 't.session_id'))
    .select(['t.id as seatId', 't.session_id as sessionId', 't.school_id as schoolId', 't.participant_id as participantId'])
    .select(['s.study_id as studyId', 's.wave', 's.battery', 'f.answers', 'f.started_at as startedAt', 'f.answered_at as answeredAt'])
    .where('f.county_id', '=', countyId)
    .where('f.seat_id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .execute()

/** Of a seat that never hands in: no token speaks for it any more, and nobody goes on with it. */
export const forgetSoFar = (trx: Trx, countyId: string, receivedBefore: Date) =>
  trx.deleteFrom('screening.so_far').where('county_id', '=', countyId).where('received_at', '<', receivedBefore).execute()

/** How much was received of each of these seats; never what. */
export const countsSoFar = async (trx: Trx, countyId: string, seatIds: readonly string[]) => {
  const rows = await trx
    .selectFrom('screening.so_far')
    .select(['seat_id as seatId', 'answered', 'asked'])
    .where('county_id', '=', countyId)
    .where('seat_id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ seatId, ...counts }) => [seatId, counts]))
}

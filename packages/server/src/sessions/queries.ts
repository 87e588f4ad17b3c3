import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import type { SecondFactor, SessionState } from '../db/tables.ts'
import { Problem } from '../problem.ts'

export type BatteryEntry = { readonly instrument: string; readonly version: string; readonly itemsPerPage?: number | undefined }
export type NewSession = {
  readonly id: string
  readonly schoolId: string
  readonly classId: string
  readonly studyId: string
  readonly wave: string
  readonly locator: string
  readonly battery: readonly BatteryEntry[]
  readonly createdBy: string
  readonly plannedFor: Date
  readonly place: string
  readonly proctorId: string
  readonly secondFactor: SecondFactor
}
export type NewSeat = {
  readonly id: string
  readonly participantId: string
  readonly number: number
  readonly initial: string
  readonly codeHash: string
  readonly factorHash: string | null
}

export const insertSession = async (trx: Trx, countyId: string, session: NewSession, seats: readonly NewSeat[], now: Date) => {
  const inserted = await trx
    .insertInto('screening.session')
    .values({
      county_id: countyId,
      id: session.id,
      school_id: session.schoolId,
      class_id: session.classId,
      study_id: session.studyId,
      wave: session.wave,
      locator: session.locator,
      battery: JSON.stringify(session.battery),
      state: 'planned',
      created_by: session.createdBy,
      created_at: now,
      planned_for: session.plannedFor,
      place: session.place,
      proctor_id: session.proctorId,
      second_factor: session.secondFactor,
    })
    .onConflict((conflict) => conflict.columns(['county_id', 'study_id', 'wave', 'class_id']).doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new Problem('session.exists')
  await insertSeats(trx, countyId, session, seats)
}

export const insertSeats = async (
  trx: Trx,
  countyId: string,
  session: { readonly id: string; readonly schoolId: string },
  seats: readonly NewSeat[],
) => {
  const rows = seats.map((seat) => ({
    county_id: countyId,
    id: seat.id,
    school_id: session.schoolId,
    session_id: session.id,
    participant_id: seat.participantId,
    number: seat.number,
    initial: seat.initial,
    code_hash: seat.codeHash,
    factor_hash: seat.factorHash,
    state: 'not-started' as const,
  }))
  await trx.insertInto('screening.seat').values(rows).execute()
}

/** Whoever adds seats holds the session meanwhile, so that two people do not give out one number. */
export const lockSession = (trx: Trx, countyId: string, sessionId: string) =>
  trx.selectFrom('screening.session').select('id').where('county_id', '=', countyId).where('id', '=', sessionId).forUpdate().execute()

/** Draws until a locator is free. Only the one that is typed can be read back. */
export const reserveLocator = async (
  trx: Trx,
  place: { readonly countyId: string; readonly schoolId: string; readonly sessionId: string },
  draw: () => string,
): Promise<string> => {
  const locator = draw()
  await typeLocator(trx, locator)
  const inserted = await trx
    .insertInto('screening.locator')
    .values({ locator, county_id: place.countyId, school_id: place.schoolId, session_id: place.sessionId })
    .onConflict((conflict) => conflict.column('locator').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n ? locator : reserveLocator(trx, place, draw)
}

export const typeLocator = (trx: Trx, locator: string) => sql`select set_config('tongxing.locator', ${locator}, true)`.execute(trx)

/** What a session of an older schema says nothing of follows from its making. */
const plannedFor = sql<Date>`coalesce(s.planned_for, s.created_at)`

const sessionsWithPlace = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.session as s')
    .innerJoin('screening.unit as c', (join) => join.onRef('c.county_id', '=', 's.county_id').onRef('c.id', '=', 's.class_id'))
    .innerJoin('screening.unit as h', (join) => join.onRef('h.county_id', '=', 's.county_id').onRef('h.id', '=', 's.school_id'))
    .select([
      's.id',
      's.school_id as schoolId',
      's.class_id as classId',
      'c.name as className',
      'h.name as schoolName',
      's.study_id as studyId',
      's.wave',
      's.locator',
      's.state',
      's.battery',
      's.wrong_codes as wrongCodes',
      's.created_at as createdAt',
      's.opened_at as openedAt',
      's.closed_at as closedAt',
      plannedFor.as('plannedFor'),
      's.place',
      's.second_factor as secondFactor',
      sql<string>`coalesce(s.proctor_id, s.created_by)`.as('proctorId'),
    ])
    .where('s.county_id', '=', countyId)

export type Session = Awaited<ReturnType<typeof sessionById>>

export const sessionById = async (trx: Trx, countyId: string, id: string) => {
  const row = await sessionsWithPlace(trx, countyId).where('s.id', '=', id).executeTakeFirst()
  if (!row) throw new Problem('session.not-found')
  return row
}

export const sessionsOfClass = (trx: Trx, countyId: string, classId: string) =>
  sessionsWithPlace(trx, countyId).where('s.class_id', '=', classId).orderBy('s.created_at', 'desc').execute()

/** What is planned or open, the soonest first, and then what was closed since, the newest first. */
export const sessionsNow = (trx: Trx, countyId: string, closedSince: Date, most: number) =>
  sessionsWithPlace(trx, countyId)
    .where((eb) => eb.or([eb('s.state', '<>', 'closed'), eb('s.closed_at', '>=', closedSince)]))
    .orderBy(sql`s.state = 'closed'`)
    .orderBy('s.closed_at', (order) => order.desc().nullsFirst())
    .orderBy(plannedFor)
    .orderBy('s.id')
    .limit(most)
    .execute()

/** The sessions of a school that are planned for, or were opened within, these hours. */
export const sessionsWithin = (trx: Trx, countyId: string, schoolId: string, { from, to }: { readonly from: Date; readonly to: Date }) =>
  sessionsWithPlace(trx, countyId)
    .where('s.school_id', '=', schoolId)
    .where(
      sql<boolean>`coalesce(s.opened_at, s.planned_for, s.created_at) >= ${from} and coalesce(s.opened_at, s.planned_for, s.created_at) < ${to}`,
    )
    .execute()

export type Plan = { readonly plannedFor: Date; readonly place: string; readonly proctorId: string }

export const setPlan = (trx: Trx, countyId: string, id: string, plan: Plan) =>
  trx
    .updateTable('screening.session')
    .set({ planned_for: plan.plannedFor, place: plan.place, proctor_id: plan.proctorId })
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .execute()

/** Which batteries these pupils answered since then in other sessions, each with how many of them. */
export const answeredSince = (trx: Trx, countyId: string, sessionId: string, participantIds: readonly string[], since: Date) =>
  trx
    .selectFrom('screening.submission as b')
    .innerJoin('screening.session as s', (join) => join.onRef('s.county_id', '=', 'b.county_id').onRef('s.id', '=', 'b.session_id'))
    .select(['b.participant_id as participantId', 's.battery'])
    .where('b.county_id', '=', countyId)
    .where('b.participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .where('b.received_at', '>', since)
    .where('b.session_id', '<>', sessionId)
    .execute()

/** With those whose pupils may not be asked any more: nobody is shown them. */
export const everySeatOf = (trx: Trx, countyId: string, sessionIds: readonly string[]) =>
  trx
    .selectFrom('screening.seat')
    .select([
      'id',
      'session_id as sessionId',
      'participant_id as participantId',
      'number',
      'initial',
      'state',
      'code_hash as codeHash',
      'factor_hash as factorHash',
      'wrong_factors as wrongFactors',
      'absence',
      'at_item as atItem',
      'of_items as ofItems',
      'paused',
      'seen_at as seenAt',
      'held_at as heldAt',
    ])
    .where('county_id', '=', countyId)
    .where('session_id', '=', sql<string>`any (${[...sessionIds]}::uuid[])`)
    .orderBy('number')

/** The seats that there are for a proctor. One that was withdrawn before it began is none. */
export const seatsOf = (trx: Trx, countyId: string, sessionIds: readonly string[]) =>
  everySeatOf(trx, countyId, sessionIds)
    .where((eb) => eb.or([eb('withdrawn_at', 'is', null), eb('state', '<>', 'not-started')]))
    .execute()

export const setSessionState = (trx: Trx, countyId: string, id: string, state: SessionState, now: Date) =>
  trx
    .updateTable('screening.session')
    .set(state === 'open' ? { state, opened_at: now } : { state, closed_at: now })
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .execute()

export const setSeatCodes = async (
  trx: Trx,
  countyId: string,
  codes: readonly { readonly seatId: string; readonly codeHash: string; readonly factorHash: string | null }[],
) => {
  for (const { seatId, codeHash, factorHash } of codes)
    await trx
      .updateTable('screening.seat')
      .set({
        code_hash: codeHash,
        factor_hash: factorHash,
        wrong_factors: 0,
        token_hash: sql`case when held_at is not null then token_hash end`,
      }) // or a sheet that waits at a device could not arrive any more
      .where('county_id', '=', countyId)
      .where('id', '=', seatId)
      .execute()
}

export const forgetWrongCodes = (trx: Trx, countyId: string, sessionId: string) =>
  trx.updateTable('screening.session').set({ wrong_codes: 0 }).where('county_id', '=', countyId).where('id', '=', sessionId).execute()

/** What each of these seats has handed in. */
export const submissionsOfSeats = async (trx: Trx, countyId: string, seatIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await trx
    .selectFrom('screening.submission')
    .select(['id', 'seat_id'])
    .where('county_id', '=', countyId)
    .where('seat_id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, seat_id }) => [seat_id, id]))
}

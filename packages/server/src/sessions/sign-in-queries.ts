// The SQL of how a pupil comes to her seat: the session's locator, the tries that are counted, the token of the seat.
import { sql } from 'kysely'
import { last, type Trx } from '../db/scope.ts'
import { type BatteryEntry, typeLocator } from './queries.ts'

export const placeOfLocator = async (trx: Trx, locator: string) => {
  await typeLocator(trx, locator)
  return trx
    .selectFrom('screening.locator')
    .select(['county_id as countyId', 'school_id as schoolId', 'session_id as sessionId'])
    .where('locator', '=', locator)
    .executeTakeFirst()
}

export const countWrongCode = (trx: Trx, countyId: string, sessionId: string) =>
  trx
    .updateTable('screening.session')
    .set((eb) => ({ wrong_codes: eb('wrong_codes', '+', 1) }))
    .where('county_id', '=', countyId)
    .where('id', '=', sessionId)
    .execute()

export const countWrongFactor = (trx: Trx, countyId: string, seatId: string) =>
  trx
    .updateTable('screening.seat')
    .set((eb) => ({ wrong_factors: eb('wrong_factors', '+', 1) }))
    .where('county_id', '=', countyId)
    .where('id', '=', seatId)
    .execute()

/** Which sign-in of the seat this is; null when the seat has handed in or got another code since it was looked at. */
export const startSeat = async (
  trx: Trx,
  countyId: string,
  seat: { readonly id: string; readonly codeHash: string },
  token: { readonly hash: string; readonly expiresAt: Date },
  now: Date,
): Promise<number | null> => {
  const started = await trx
    .updateTable('screening.seat')
    .set((eb) => ({
      token_hash: token.hash,
      token_expires_at: token.expiresAt,
      state: 'started',
      absence: null,
      seen_at: now,
      turn: eb('turn', '+', 1),
      started_at: eb.fn.coalesce('started_at', eb.val(now)),
    }))
    .where('county_id', '=', countyId)
    .where('id', '=', seat.id)
    .where('code_hash', '=', seat.codeHash)
    .where('state', 'in', ['not-started', 'started'])
    .returning('turn')
    .executeTakeFirst()
  return started?.turn ?? null
}

type SeatOfToken = Readonly<Record<'seatId' | 'tokenHash' | 'sessionId' | 'participantId' | 'schoolId' | 'studyId' | 'wave', string>> & {
  readonly battery: readonly BatteryEntry[]
  /** It has not handed in, and nothing was heard of it so far. */
  readonly fresh: boolean
}

/** The seats that tokens speak for, with what their sessions ask; the whole of its transaction. */
export const seatsOfTokens = async (
  trx: Trx,
  countyId: string,
  bearers: readonly { readonly seatId: string; readonly tokenHash: string }[],
  now: Date,
): Promise<readonly SeatOfToken[]> => {
  const [seatIds, hashes] = [bearers.map(({ seatId }) => seatId), bearers.map(({ tokenHash }) => tokenHash)]
  const { rows } = await sql<SeatOfToken>`${last} select t.id as "seatId", t.token_hash as "tokenHash", t.session_id as "sessionId",
      t.participant_id as "participantId", t.school_id as "schoolId", t.state in ('not-started', 'started') and not t.heard as fresh,
      s.study_id as "studyId", s.wave, s.battery
    from unnest(${seatIds}::uuid[], ${hashes}::text[]) as b (seat_id, token_hash)
    join screening.seat as t on t.county_id = ${countyId} and t.id = b.seat_id and t.token_hash = b.token_hash
    join screening.session as s on s.county_id = t.county_id and s.id = t.session_id
    where t.token_expires_at > ${now}`.execute(trx)
  return rows
}

// Classes by the thousand, straight into the database: what a wave of sign-ins would have left there.
import { rowsOf } from '../../packages/server/test/rows.ts'

export type Seated = { readonly token: string; readonly sessionId: string }
type Scope = { readonly countyId: string; readonly sessionIds: readonly string[] }

const classSize = 50

/** Copies the given open sessions into new classes of fifty pupils each, who have signed in. Returns them in no order. */
export const seatClasses = async (databaseUrl: string, { countyId, sessionIds }: Scope, pupils: number): Promise<readonly Seated[]> => {
  const statement = `
    with pattern as (
      select s.*, row_number() over (order by id) - 1 as turn from screening.session s
      where county_id = '${countyId}' and id in (${sessionIds.map((id) => `'${id}'`).join(', ')})
    ), wanted as materialized (
      select p.*, uuidv7() as new_class, uuidv7() as new_session, n
      from generate_series(1, ${Math.ceil(pupils / classSize)}) n join pattern p on p.turn = n % ${sessionIds.length}
    ), classes as (
      insert into screening.unit (county_id, id, parent_id, school_id, kind, name, created_at)
      select county_id, new_class, school_id, school_id, 'class', new_class::text, now() from wanted
    ), sessions as (
      insert into screening.session (county_id, id, school_id, class_id, study_id, wave, locator, battery, state, created_by, created_at, opened_at)
      select county_id, new_session, school_id, new_class, study_id, wave, new_session::text, battery, 'open', created_by, now(), now() from wanted
    ), seats as materialized (
      select w.*, uuidv7() as seat_id, uuidv7() as participant, number from wanted w, generate_series(1, ${classSize}) number
    ), participants as (
      insert into screening.participant (county_id, id, school_id, class_id, sex, birth_month, created_at)
      select county_id, participant, school_id, new_class, 'female', '2013-05-01', now() from seats
    ), tokens as materialized (
      select *, translate(encode(uuid_send(county_id) || uuid_send(school_id) || uuid_send(seat_id) || sha256(uuid_send(seat_id)), 'base64'),
        E'+/=\\n', '-_') as token from seats
    ), taken as (
      insert into screening.seat (county_id, id, school_id, session_id, participant_id, number, initial, code_hash, token_hash, token_expires_at, state, started_at)
      select county_id, seat_id, school_id, new_session, participant, number, 'X', seat_id::text,
        encode(sha256(convert_to(token, 'UTF8')), 'hex'), now() + interval '1 day', 'started', now() from tokens
    )
    select token, new_session as "sessionId" from tokens order by md5(token)`
  const seated = await rowsOf<Seated>(databaseUrl, statement)
  await rowsOf(databaseUrl, 'vacuum analyze screening.seat, screening.session, screening.participant')
  return seated.slice(0, pupils)
}

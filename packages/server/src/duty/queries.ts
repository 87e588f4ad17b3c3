import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import type { Turn } from './rules.ts'

/** The entries that reach into these days or beyond, the newest first. */
export const turnsFrom = (trx: Trx, countyId: string, schoolId: string, fromDay: string) =>
  trx
    .selectFrom('screening.duty')
    .select(['from_day as fromDay', 'to_day as toDay', 'owner_id as ownerId', 'deputy_id as deputyId', 'made_at as madeAt'])
    .where('county_id', '=', countyId)
    .where('school_id', '=', schoolId)
    .where('to_day', '>=', fromDay)
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .execute()

/** The schools whose rota has this person on it, on this day or later. */
export const schoolsWithTurnsOf = (trx: Trx, countyId: string, accountId: string, fromDay: string) =>
  trx
    .selectFrom('screening.unit as s')
    .select(['s.id', 's.name'])
    .where('s.county_id', '=', countyId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('screening.duty as d')
          .select('d.id')
          .whereRef('d.county_id', '=', 's.county_id')
          .whereRef('d.school_id', '=', 's.id')
          .where('d.to_day', '>=', fromDay)
          .where((either) => either.or([either('d.owner_id', '=', accountId), either('d.deputy_id', '=', accountId)])),
      ),
    )
    .orderBy('s.name')
    .execute()

type Made = { readonly id: string; readonly schoolId: string; readonly by: string; readonly at: Date }

export const insertTurn = (trx: Trx, countyId: string, turn: Turn, made: Made) =>
  trx
    .insertInto('screening.duty')
    .values({
      county_id: countyId,
      id: made.id,
      school_id: made.schoolId,
      from_day: turn.fromDay,
      to_day: turn.toDay,
      owner_id: turn.ownerId,
      deputy_id: turn.deputyId,
      made_by: made.by,
      made_at: made.at,
    })
    .execute()

export const insertCapacity = (trx: Trx, countyId: string, perDay: number, made: Made) =>
  trx
    .insertInto('screening.capacity')
    .values({ county_id: countyId, id: made.id, school_id: made.schoolId, per_day: perDay, stated_by: made.by, stated_at: made.at })
    .execute()

export const statedCapacity = async (trx: Trx, countyId: string, schoolId: string): Promise<number | null> => {
  const row = await trx
    .selectFrom('screening.capacity')
    .select('per_day')
    .where('county_id', '=', countyId)
    .where('school_id', '=', schoolId)
    .orderBy('stated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.per_day ?? null
}

export type NewTrial = { readonly id: string; readonly schoolId: string; readonly accountId: string }

export const insertTrials = (trx: Trx, countyId: string, trials: readonly NewTrial[], sentBy: string, sentAt: Date) =>
  trx
    .insertInto('screening.trial_alert')
    .values(
      trials.map((trial) => ({
        county_id: countyId,
        id: trial.id,
        school_id: trial.schoolId,
        account_id: trial.accountId,
        sent_by: sentBy,
        sent_at: sentAt,
      })),
    )
    .execute()

/** When each of these people last confirmed a trial alert of this school, and since when one waits. */
export const trialsOf = async (trx: Trx, countyId: string, schoolId: string, accountIds: readonly string[]) => {
  const rows = await trx
    .selectFrom('screening.trial_alert')
    .select(({ fn }) => [
      'account_id as accountId',
      fn.max('confirmed_at').as('confirmedAt'),
      sql<Date | null>`min(sent_at) filter (where confirmed_at is null)`.as('waitingSince'),
    ])
    .where('county_id', '=', countyId)
    .where('school_id', '=', schoolId)
    .where('account_id', '=', sql<string>`any (${[...accountIds]}::uuid[])`)
    .groupBy('account_id')
    .execute()
  return new Map(rows.map((row) => [row.accountId, row]))
}

/** The trial alerts that wait for this person's answer. */
export const waitingTrials = (trx: Trx, countyId: string, accountId: string) =>
  trx
    .selectFrom('screening.trial_alert as t')
    .innerJoin('screening.unit as s', (join) => join.onRef('s.county_id', '=', 't.county_id').onRef('s.id', '=', 't.school_id'))
    .select(['t.id', 't.school_id as schoolId', 's.name as schoolName', 't.sent_by as sentBy', 't.sent_at as sentAt'])
    .where('t.county_id', '=', countyId)
    .where('t.account_id', '=', accountId)
    .where('t.confirmed_at', 'is', null)
    .orderBy('t.sent_at')
    .orderBy('t.id')
    .execute()

export const confirmTrials = (trx: Trx, countyId: string, accountId: string, ids: readonly string[], now: Date) =>
  trx
    .updateTable('screening.trial_alert')
    .set({ confirmed_at: now })
    .where('county_id', '=', countyId)
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .where('id', '=', sql<string>`any (${[...ids]}::uuid[])`)
    .returning(['id', 'school_id as schoolId'])
    .execute()

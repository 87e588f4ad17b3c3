// Who holds which role where: the SQL of grants, and which schools a grant reaches.
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import type { Role } from '../db/tables.ts'

export const insertGrants = (
  trx: Trx,
  countyId: string,
  accountId: string,
  grants: readonly { id: string; role: Role; unitId: string }[],
  now: Date,
) =>
  trx
    .insertInto('identity.role_grant')
    .values(
      grants.map((grant) => ({
        county_id: countyId,
        id: grant.id,
        account_id: accountId,
        role: grant.role,
        unit_id: grant.unitId,
        created_at: now,
      })),
    )
    .execute()

/** Names the county that the rest of this transaction works in: before sign-in nobody knows it. */
export const enterCounty = (trx: Trx, countyId: string) => sql`select set_config('tongxing.county_id', ${countyId}, true)`.execute(trx)

export const countyOfAccount = async (trx: Trx, accountId: string): Promise<string | null> => {
  await sql`select set_config('tongxing.account_id', ${accountId}, true)`.execute(trx)
  const row = await trx
    .selectFrom('identity.role_grant')
    .select('county_id')
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (row) await enterCounty(trx, row.county_id)
  return row?.county_id ?? null
}

/** Whether a grant at unit u reaches school s: the county's every school, a school itself and what is in it, a township's schools. */
export const grantReaches = sql<boolean>`(u.kind = 'county' or s.id = u.school_id or s.parent_id = u.id)`

/** Each role of an account with the schools that it reaches: all schools of the county, or one. */
export const grantsWithSchools = (trx: Trx, countyId: string, accountId: string) =>
  trx
    .selectFrom('identity.role_grant as g')
    .innerJoin('screening.unit as u', (join) => join.onRef('u.county_id', '=', 'g.county_id').onRef('u.id', '=', 'g.unit_id'))
    .select((eb) => [
      'g.role',
      'g.unit_id',
      'u.name as unit_name',
      eb
        .selectFrom('screening.unit as s')
        .select(({ fn }) => fn.coalesce(fn.agg<string[]>('array_agg', ['s.id']), sql<string[]>`'{}'::uuid[]`).as('ids'))
        .whereRef('s.county_id', '=', 'g.county_id')
        .where('s.kind', '=', 'school')
        .where(grantReaches)
        .as('school_ids'),
    ])
    .where('g.county_id', '=', countyId)
    .where('g.account_id', '=', accountId)
    .orderBy('g.created_at')
    .execute()

export type Holder = { readonly accountId: string; readonly displayName: string; readonly role: Role }

/** Whoever active holds one of these roles for a school. */
export const holdersOf = (trx: Trx, countyId: string, roles: readonly Role[], schoolId: string): Promise<readonly Holder[]> =>
  trx
    .selectFrom('identity.role_grant as g')
    .innerJoin('identity.account as a', 'a.id', 'g.account_id')
    .innerJoin('screening.unit as u', (join) => join.onRef('u.county_id', '=', 'g.county_id').onRef('u.id', '=', 'g.unit_id'))
    .innerJoin('screening.unit as s', (join) => join.onRef('s.county_id', '=', 'g.county_id').on('s.id', '=', schoolId))
    .select(['a.id as accountId', 'a.display_name as displayName', 'g.role'])
    .distinct()
    .where('g.county_id', '=', countyId)
    .where('g.role', 'in', roles)
    .where('a.state', '=', 'active')
    .where(grantReaches)
    .orderBy('a.display_name')
    .orderBy('a.id')
    .execute()

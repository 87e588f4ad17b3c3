// Whether an account may be used: the SQL of its end, its return and its new beginning.
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import type { Role } from '../db/tables.ts'
import { grantReaches } from './grants.ts'

/** Administrators who can sign in, held until the end of the transaction: of two that act on each other one waits, and then sees what the other did. */
export const lockAdministrators = async (trx: Trx, countyId: string): Promise<readonly string[]> => {
  const rows = await trx
    .selectFrom('identity.account as a')
    .innerJoin('identity.role_grant as g', 'g.account_id', 'a.id')
    .select('a.id')
    .where('g.county_id', '=', countyId)
    .where('g.role', '=', 'administrator')
    .where('a.state', '=', 'active')
    .orderBy('a.id')
    .forUpdate('a')
    .execute()
  return rows.map(({ id }) => id)
}

/** Names of the schools for which this account alone, of those that can be used, holds the role. */
export const schoolsLeftWithout = async (trx: Trx, countyId: string, accountId: string, role: Role): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select s.name from screening.unit s
    join screening.unit u on u.county_id = s.county_id and ${grantReaches}
    join identity.role_grant g on g.county_id = u.county_id and g.unit_id = u.id and g.role = ${role}
    join identity.account a on a.id = g.account_id and a.state = 'active'
    where s.county_id = ${countyId} and s.kind = 'school'
    group by s.id, s.name having bool_and(a.id = ${accountId}) order by s.name`.execute(trx)
  return rows.map(({ name }) => name)
}

/** Links first: whoever is just accepting one is waited for, and finds the account disabled afterwards. */
const endLinks = (trx: Trx, accountId: string, now: Date) =>
  trx.updateTable('identity.invitation').set({ used_at: now }).where('account_id', '=', accountId).where('used_at', 'is', null).execute()

const endSessions = (trx: Trx, accountId: string, now: Date) =>
  trx
    .updateTable('identity.staff_session')
    .set({ ended_at: now })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .execute()

const change = (trx: Trx, accountId: string) => trx.updateTable('identity.account').where('id', '=', accountId)
const happened = ({ numUpdatedRows }: { readonly numUpdatedRows: bigint }) => numUpdatedRows === 1n

/** Its sessions end at once. False when it was disabled already. */
export const disable = async (trx: Trx, accountId: string, now: Date): Promise<boolean> => {
  await endLinks(trx, accountId, now)
  const done = happened(await change(trx, accountId).set({ state: 'disabled' }).where('state', '<>', 'disabled').executeTakeFirstOrThrow())
  await endSessions(trx, accountId, now)
  return done
}

/** As it was: with its password and codes where these were confirmed once, otherwise to be invited. False when it was not disabled. */
export const enable = async (trx: Trx, accountId: string): Promise<boolean> =>
  happened(
    await change(trx, accountId)
      .set({
        state: sql<'active' | 'invited'>`case when totp_last_step > 0 and password_hash is not null then 'active' else 'invited' end`,
      })
      .where('state', '=', 'disabled')
      .executeTakeFirstOrThrow(),
  )

/** What was lost opens nothing any more: password, codes, older links and sessions. False for a disabled account. */
export const beginAnew = async (trx: Trx, accountId: string, now: Date): Promise<boolean> => {
  await endLinks(trx, accountId, now)
  const nothing = { state: 'invited', password_hash: null, totp_secret: null, totp_last_step: 0 } as const
  const done = happened(await change(trx, accountId).set(nothing).where('state', '<>', 'disabled').executeTakeFirstOrThrow())
  await endSessions(trx, accountId, now)
  return done
}

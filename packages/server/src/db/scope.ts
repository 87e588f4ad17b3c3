// The one way to a transaction: it steps into a group role and says which county and schools it may see. Row-level security does
// the rest, so a forgotten where-clause shows nothing of another school (SEC-03). A batch of sheets from many schools names exactly
// these schools.
import { sql, type Transaction } from 'kysely'
import type { Database } from './connect.ts'
import { lastMark, unreadMark } from './remembering.ts'
import type { GroupRole } from './roles.ts'
import type { Tables } from './tables.ts'

export type Scope = {
  readonly countyId: string | null
  readonly schoolIds: readonly string[]
  readonly accountId: string | null
  /** Who acts, where it is neither a colleague with an account nor a pupil at her seat; `command`: at the computer itself. */
  readonly actor?: 'guardian' | 'command'
}
export type Trx = Transaction<Tables>

export const nowhere: Scope = { countyId: null, schoolIds: [], accountId: null }

const roleNames = { app: 'tongxing_app', identity: 'tongxing_identity', export: 'tongxing_export' } as const satisfies Record<
  string,
  GroupRole
>
export type RoleName = keyof typeof roleNames

/** Before a statement whose result nobody reads: it goes out with the next one of its transaction. */
export const unread = sql.raw(unreadMark)
/** Before a statement after which its transaction has nothing more to say: it is committed with it. */
export const last = sql.raw(lastMark)

/** `batch`: the same few statements again and again. */
type Kind = 'single' | 'batch'

const enter = (trx: Trx, scope: Scope, role: RoleName, kind: Kind) =>
  sql`${unread} select
  set_config('role', ${roleNames[role]}, true),
  set_config('plan_cache_mode', ${kind === 'batch' ? 'force_generic_plan' : 'auto'}, true),
  set_config('tongxing.restricts', ${kind === 'batch' ? 'yes' : ''}, true),
  set_config('tongxing.county_id', ${scope.countyId ?? ''}, true),
  set_config('tongxing.school_ids', ${scope.schoolIds.join(',')}, true),
  set_config('tongxing.account_id', ${scope.accountId ?? ''}, true)`.execute(trx)

export const inScope = <T>(db: Database, scope: Scope, role: RoleName, work: (trx: Trx) => Promise<T>, kind: Kind = 'single'): Promise<T> =>
  db.transaction().execute(async (trx) => {
    await enter(trx, scope, role, kind)
    return work(trx)
  })

/**
 * For sheets by the batch. PostgreSQL plans anew, each time, what it first planned for a table that was nearly empty: that looks cheaper than any
 * plan for the table as it is. And whoever stores sheets here restricts those of withdrawn seats himself.
 */
export const batchInScope = <T>(db: Database, scope: Scope, work: (trx: Trx) => Promise<T>): Promise<T> =>
  inScope(db, scope, 'app', work, 'batch')

/** Somebody who makes a school may see it from then on, also within the transaction that makes it. */
export const withSchool = async (trx: Trx, scope: Scope, schoolId: string): Promise<Scope> => {
  const wider = { ...scope, schoolIds: [...scope.schoolIds, schoolId] }
  await sql`select set_config('tongxing.school_ids', ${wider.schoolIds.join(',')}, true)`.execute(trx)
  return wider
}

/** Reads names inside a running transaction, then steps back: the look and its audit row stand or fall together (SAF-20). */
export const asIdentity = async <T>(trx: Trx, work: () => Promise<T>): Promise<T> => {
  await sql`set local role tongxing_identity`.execute(trx)
  const result = await work()
  await sql`set local role tongxing_app`.execute(trx)
  return result
}

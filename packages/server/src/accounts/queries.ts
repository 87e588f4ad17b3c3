import { sql } from 'kysely'
import { asIdentity, type Trx } from '../db/scope.ts'

export type Invitation = { purpose: 'set-up' | 'invitation' | 'sign-in-link'; accountId: string | null; expiresAt: Date }

export const openInvitation = async (trx: Trx, tokenHash: string, now: Date): Promise<Invitation | null> => {
  const row = await trx
    .selectFrom('identity.invitation')
    .select(['purpose', 'account_id', 'expires_at'])
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()
  return row ? { purpose: row.purpose, accountId: row.account_id, expiresAt: row.expires_at } : null
}

export const insertInvitation = (
  trx: Trx,
  invitation: { tokenHash: string; accountId: string | null; purpose: Invitation['purpose']; now: Date; expiresAt: Date },
) =>
  trx
    .insertInto('identity.invitation')
    .values({
      token_hash: invitation.tokenHash,
      account_id: invitation.accountId,
      purpose: invitation.purpose,
      created_at: invitation.now,
      expires_at: invitation.expiresAt,
    })
    .execute()

export const closeSetUpInvitations = (trx: Trx, now: Date) =>
  trx.updateTable('identity.invitation').set({ used_at: now }).where('purpose', '=', 'set-up').where('used_at', 'is', null).execute()

export const useInvitation = (trx: Trx, tokenHash: string, now: Date) =>
  trx.updateTable('identity.invitation').set({ used_at: now }).where('token_hash', '=', tokenHash).execute()

export const attachInvitation = (trx: Trx, tokenHash: string, accountId: string) =>
  trx.updateTable('identity.invitation').set({ account_id: accountId }).where('token_hash', '=', tokenHash).execute()

/** The first account, begun with an earlier set-up link and never confirmed. */
export const unfinishedFirstAccount = (trx: Trx) =>
  trx
    .selectFrom('identity.invitation as i')
    .innerJoin('identity.account as a', 'a.id', 'i.account_id')
    .select('a.id')
    .where('i.purpose', '=', 'set-up')
    .where('a.state', '=', 'pending')
    .orderBy('i.created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export const accountById = (trx: Trx, id: string) => trx.selectFrom('identity.account').selectAll().where('id', '=', id).executeTakeFirst()

export const accountByUsername = (trx: Trx, username: string) =>
  trx.selectFrom('identity.account').selectAll().where('username', '=', username).forUpdate().executeTakeFirst()

/** Null for an account that does not exist or may not sign in. */
export const passwordHashOf = async (trx: Trx, username: string): Promise<string | null> => {
  const row = await trx
    .selectFrom('identity.account')
    .select('password_hash')
    .where('username', '=', username)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return row?.password_hash ?? null
}

export const anySealedSecret = async (trx: Trx): Promise<string | null> => {
  const row = await trx
    .selectFrom('identity.account')
    .select('totp_secret')
    .where('totp_secret', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.totp_secret ?? null
}

export const someoneIsActive = async (trx: Trx): Promise<boolean> =>
  (await trx.selectFrom('identity.account').select('id').where('state', '=', 'active').limit(1).executeTakeFirst()) !== undefined

/** False when the user name is taken. */
export const insertAccount = async (
  trx: Trx,
  account: { id: string; username: string; displayName: string; state: 'invited' | 'pending'; now: Date },
): Promise<boolean> => {
  const inserted = await trx
    .insertInto('identity.account')
    .values({
      id: account.id,
      username: account.username,
      display_name: account.displayName,
      password_hash: null,
      totp_secret: null,
      state: account.state,
      created_at: account.now,
    })
    .onConflict((conflict) => conflict.column('username').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

type Credentials = { username: string; displayName: string; passwordHash: string; totpSecret: string }

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23505'

/** False when another account has this user name; the transaction can do nothing more then. */
export const setCredentials = async (trx: Trx, id: string, credentials: Credentials): Promise<boolean> => {
  const change = trx
    .updateTable('identity.account')
    .set({
      username: credentials.username,
      display_name: credentials.displayName,
      password_hash: credentials.passwordHash,
      totp_secret: credentials.totpSecret,
      totp_last_step: 0,
      state: 'pending',
    })
    .where('id', '=', id)
  try {
    await change.execute()
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

export const activate = (trx: Trx, id: string, totpStep: number) =>
  trx.updateTable('identity.account').set({ state: 'active', totp_last_step: totpStep }).where('id', '=', id).execute()

export const rememberTotpStep = (trx: Trx, id: string, totpStep: number) =>
  trx.updateTable('identity.account').set({ totp_last_step: totpStep }).where('id', '=', id).execute()

export const insertStaffSession = (trx: Trx, session: { tokenHash: string; accountId: string; now: Date; expiresAt: Date }) =>
  trx
    .insertInto('identity.staff_session')
    .values({ token_hash: session.tokenHash, account_id: session.accountId, created_at: session.now, expires_at: session.expiresAt })
    .execute()

export const endStaffSession = (trx: Trx, tokenHash: string, now: Date) =>
  trx.updateTable('identity.staff_session').set({ ended_at: now }).where('token_hash', '=', tokenHash).execute()

export const accountOfSession = (trx: Trx, tokenHash: string, now: Date) =>
  trx
    .selectFrom('identity.staff_session as s')
    .innerJoin('identity.account as a', 'a.id', 's.account_id')
    .select(['a.id', 'a.username', 'a.display_name'])
    .where('s.token_hash', '=', tokenHash)
    .where('s.expires_at', '>', now)
    .where('s.ended_at', 'is', null)
    .where('a.state', '=', 'active')
    .executeTakeFirst()

export const insertCounty = (trx: Trx, county: { id: string; name: string; now: Date }) =>
  trx
    .insertInto('screening.unit')
    .values({
      county_id: county.id,
      id: county.id,
      parent_id: null,
      school_id: null,
      kind: 'county',
      name: county.name,
      code: null,
      created_at: county.now,
    })
    .execute()

export const renameCounty = (trx: Trx, countyId: string, name: string) =>
  trx.updateTable('screening.unit').set({ name }).where('county_id', '=', countyId).where('id', '=', countyId).execute()

export const placeById = (trx: Trx, countyId: string, unitId: string) =>
  trx
    .selectFrom('screening.unit')
    .select(['id', 'name', 'kind', 'parent_id as parentId', 'school_id as schoolId'])
    .where('county_id', '=', countyId)
    .where('id', '=', unitId)
    .executeTakeFirst()

export const accountsOfCounty = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('identity.account as a')
    .innerJoin('identity.role_grant as g', 'g.account_id', 'a.id')
    .innerJoin('screening.unit as u', (join) => join.onRef('u.county_id', '=', 'g.county_id').onRef('u.id', '=', 'g.unit_id'))
    .select([
      'a.id',
      'a.username',
      'a.display_name',
      'a.state',
      'g.role',
      'g.unit_id',
      'u.name as unit_name',
      'u.parent_id as parentId',
      'u.school_id as schoolId',
    ])
    .where('g.county_id', '=', countyId)
    .orderBy('a.created_at')
    .orderBy('g.created_at')
    .execute()

/** Display names of colleagues, for "reviewed by". */
export const displayNames = async (trx: Trx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  if (accountIds.length === 0) return new Map()
  const rows = await asIdentity(trx, () =>
    trx
      .selectFrom('identity.account')
      .select(['id', 'display_name'])
      .where('id', '=', sql<string>`any (${[...new Set(accountIds)]}::uuid[])`)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row.display_name]))
}

// The four group roles that grants are written for, and the login role of the running application, which owns nothing,
// inherits nothing, and steps into one group role for each transaction (SEC-03, PRIV-02).
import { createHash, createHmac } from 'node:crypto'
import type { Client } from 'pg'

export type GroupRole = 'tongxing_app' | 'tongxing_identity' | 'tongxing_export'
const groups = ['tongxing_owner', 'tongxing_app', 'tongxing_identity', 'tongxing_export'] as const

export type Login = { readonly user: string; readonly password: string }

/** The login's password follows from the administrator's, so that several processes on one database agree without talking. */
export const loginOf = (database: string, administratorSecret: string): Login => ({
  user: `tongxing_login_${createHash('sha256').update(database).digest('hex').slice(0, 12)}`,
  password: createHmac('sha256', administratorSecret).update(`tongxing login ${database}`).digest('base64url'),
})

const quote = (client: Client, name: string) => client.escapeIdentifier(name)

const ensureRole = async (client: Client, name: string, attributes: string) => {
  const exists = await client.query('select from pg_roles where rolname = $1', [name])
  if (exists.rowCount === 0) await client.query(`create role ${quote(client, name)} ${attributes}`)
}

/** Makes the roles where they are absent. Needs a user who may create roles; PostgreSQL's own error says so otherwise. */
export const ensureRoles = async (client: Client, login: Login) => {
  await client.query("select pg_advisory_lock(hashtext('tongxing roles'))")
  try {
    for (const group of groups) await ensureRole(client, group, 'nologin nosuperuser nobypassrls')
    await ensureRole(client, login.user, 'login noinherit nosuperuser nobypassrls nocreatedb nocreaterole')
    const user = quote(client, login.user)
    await client.query(`alter role ${user} password ${client.escapeLiteral(login.password)}`)
    for (const group of groups.slice(1)) await client.query(`grant ${group} to ${user}`)
    await client.query('grant tongxing_app to tongxing_identity')
    await client.query('grant tongxing_owner to current_user')
    await client.query(`grant connect on database ${quote(client, client.database ?? '')} to ${user}`)
    await client.query(`grant create on database ${quote(client, client.database ?? '')} to tongxing_owner`)
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('tongxing roles'))")
  }
}

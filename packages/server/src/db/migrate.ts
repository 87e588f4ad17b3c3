// Numbered SQL, forward only. Each file runs in a transaction of its own together with its line in tongxing.migration,
// so a migration killed half-way is as if never begun and runs again (REL-14).
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { ensureRoles, type Login } from './roles.ts'

const folder = new URL('./migrations/', import.meta.url)

type Migration = { readonly name: string; readonly sql: string; readonly hash: string }

const readMigrations = async (): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort()
  const read = async (name: string) => {
    const sql = await readFile(new URL(name, folder), 'utf8')
    return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
  }
  return Promise.all(names.map(read))
}

let own: Promise<readonly Migration[]> | undefined
/** What this program's schema is made of, told to another machine. Read once: an update on the disk is not yet this program. */
export const knownMigrations = async (): Promise<readonly string[]> => {
  own = own ?? readMigrations()
  return (await own).map(({ name }) => name)
}

const applied = async (client: Client) => {
  await client.query('set role tongxing_owner')
  await client.query('create schema if not exists tongxing authorization tongxing_owner')
  await client.query(
    'create table if not exists tongxing.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
  )
  const rows = await client.query<{ name: string; hash: string }>('select name, hash from tongxing.migration order by name')
  return new Map(rows.rows.map((row) => [row.name, row.hash]))
}

const apply = async (client: Client, migration: Migration) => {
  await client.query('begin')
  await client.query(migration.sql)
  await client.query('insert into tongxing.migration (name, hash) values ($1, $2)', [migration.name, migration.hash])
  await client.query('commit')
}

const requireVersion = async (client: Client) => {
  const { rows } = await client.query<{ version: number }>("select current_setting('server_version_num')::int as version")
  const major = Math.floor((rows[0]?.version ?? 0) / 10_000)
  if (major < 15) throw new Error(`the database server is PostgreSQL ${major}, Tongxing needs 15 or newer`)
}

const explained = (error: unknown, client: Client): unknown => {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (code === '42501')
    return new Error(
      `the database user "${client.user}" needs CREATEROLE and the ownership of its database (or be a superuser): ${message}`,
    )
  if (/^(E[A-Z]+|08)/.test(code)) return new Error(`no database answers at ${client.host}:${client.port} (${code}); is it running?`)
  return error
}

const bring = async (client: Client, login: Login): Promise<readonly string[]> => {
  await requireVersion(client)
  await client.query("select pg_advisory_lock(hashtext('tongxing migration'))")
  await ensureRoles(client, login)
  const done = await applied(client)
  const known = await readMigrations()
  const newer = [...done.keys()].filter((name) => !known.some((migration) => migration.name === name))
  if (newer.length > 0)
    throw new Error(`the database was migrated by a newer version of Tongxing (${newer.join(', ')}), this one cannot use it`)
  const changed = known.find((migration) => done.has(migration.name) && done.get(migration.name) !== migration.hash)
  if (changed) throw new Error(`migration ${changed.name} differs from the one that was applied, a released migration never changes`)
  const pending = known.filter((migration) => !done.has(migration.name))
  for (const migration of pending) await apply(client, migration)
  return pending.map((migration) => migration.name)
}

/** Brings a database to the newest schema and makes the roles. Safe to run from several processes at once. */
export const migrate = async (administratorUrl: string, login: Login): Promise<readonly string[]> => {
  const client = new Client({ connectionString: administratorUrl })
  client.on('error', () => {}) // a statement that fails with it says so
  try {
    await client.connect()
    return await bring(client, login)
  } catch (error) {
    throw explained(error, client)
  } finally {
    await client.end().catch(() => {})
  }
}

import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'
import { remembering } from './remembering.ts'
import type { Login } from './roles.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

// date columns stay 'YYYY-MM-DD' (a Date would move by the server's time zone); bigint counters fit a number
types.setTypeParser(types.builtins.DATE, (value) => value)
types.setTypeParser(types.builtins.INT8, Number)

const ignore = () => {}

/** Connects as the application's login. REL-01: an answer is acknowledged only after a durable commit, whatever the server's default. */
export const connect = (administratorUrl: string, login: Login, maximum = 20): Database => {
  const url = new URL(administratorUrl)
  url.username = login.user
  url.password = login.password
  const pool = new Pool({
    connectionString: url.href,
    max: maximum,
    options: '-c synchronous_commit=on -c search_path=pg_catalog',
    connectionTimeoutMillis: 5000,
    pipeline: true,
  })
  // A connection that dies between two statements tells it as an event; without a listener that would end the whole server.
  // The next statement on it fails, and that failure is answered.
  pool.on('connect', (client) => client.on('error', ignore))
  pool.on('error', ignore)
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: remembering(pool) }) })
}

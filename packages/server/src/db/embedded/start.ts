// A real PostgreSQL as a child of this process, for whoever has no database server of their own.

import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { secretOf } from '../../data-folder.ts'
import { reachableBinaries } from './binaries.ts'
import { ensureCluster } from './cluster.ts'
import { findHome } from './home.ts'
import { address, type Log, superuser } from './options.ts'
import { type Postmaster, startPostmaster } from './postmaster.ts'

export type EmbeddedOptions = {
  /** A folder that this process has opened with openDataFolder. */
  readonly dataFolder: string
  readonly log: Log
  readonly maxConnections?: number
}

export type Embedded = {
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly password: string
    readonly database: string
  }
  readonly pid: () => number | undefined
  readonly stop: () => Promise<void>
}

const database = 'tongxing'

export const startEmbedded = async ({ dataFolder, log, maxConnections = 60 }: EmbeddedOptions): Promise<Embedded> => {
  const folder = realpathSync(dataFolder)
  const home = findHome(folder)
  const binaries = reachableBinaries(home.account)
  const away = [
    ...(binaries.copied ? [`its programs are in ${binaries.folder}`] : []),
    ...(home.folder === folder ? [] : [`its data are in ${home.folder}`]),
  ]
  if (away.length > 0) log(`PostgreSQL runs as "${home.account?.name}", which cannot enter every folder here: ${away.join(', ')}`)
  const password = secretOf(folder, 'database-password').toString('base64url')
  await ensureCluster({ home, binaries, password, sync: true })
  const postmaster = await startPostmaster({
    home,
    binaries,
    password,
    log,
    settings: settingsFor(maxConnections),
    logFile: join(folder, 'database.log'),
  })
  const connection = { host: address, port: postmaster.port, user: superuser, password, database }
  await ensureDatabase(connection, postmaster)
  return { connection, pid: postmaster.pid, stop: postmaster.stop }
}

// For an old laptop with 4 GB. Durable (REL-01). An error's message can hold a name, so errors go to the client alone and
// the log keeps only what concerns the server itself (PRIV-13).
const settingsFor = (maxConnections: number): Readonly<Record<string, string>> => ({
  max_connections: String(maxConnections),
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '128MB',
  work_mem: '4MB',
  maintenance_work_mem: '64MB',
  wal_compression: 'on',
  min_wal_size: '80MB',
  max_wal_size: '1GB', // after each checkpoint every page is written whole once more; a busy day has few
  jit: 'off',
  autovacuum_naptime: '15s', // a new table is counted before a statement that was planned for an empty one grows slow
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
  timezone: 'UTC',
})

const ensureDatabase = async (connection: Embedded['connection'], postmaster: Postmaster) => {
  const client = new Client({ ...connection, database: 'postgres' })
  try {
    await client.connect()
    const found = await client.query('select from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`)
  } catch (error) {
    await postmaster.stop()
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}

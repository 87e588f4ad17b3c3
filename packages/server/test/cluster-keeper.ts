// Owns the PostgreSQL of a test run: a process of its own, so that the database and its files go when the run goes,
// however that happens. Fast instead of durable: nothing here outlives the run.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reachableBinaries } from '../src/db/embedded/binaries.ts'
import { ensureCluster } from '../src/db/embedded/cluster.ts'
import { findHome } from '../src/db/embedded/home.ts'
import { startPostmaster } from '../src/db/embedded/postmaster.ts'

const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
  max_wal_size: '1GB',
  jit: 'off',
  timezone: 'UTC',
}

const folder = mkdtempSync(join(tmpdir(), 'tongxing-test-'))
const home = findHome(folder)
const runIsOver = once(process.stdin.resume(), 'close')
try {
  const binaries = reachableBinaries(home.account)
  const password = randomBytes(16).toString('hex')
  await ensureCluster({ home, binaries, password, sync: false })
  const postmaster = await startPostmaster({
    home,
    binaries,
    password,
    settings,
    logFile: join(folder, 'database.log'),
    log: console.error,
  })
  process.stdout.on('error', () => {}) // the run ended while this was starting
  process.stdout.write(`${JSON.stringify({ port: postmaster.port, password })}\n`)
  await runIsOver
  await postmaster.stop()
} finally {
  for (const path of [home.folder, folder]) rmSync(path, { recursive: true, force: true })
}

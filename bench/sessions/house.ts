// The server as it is run, in a process of its own, on a PostgreSQL with room for pgbench beside it. All of it in one temporary folder.
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { secretOf } from '../../packages/server/src/data-folder.ts'
import { findHome } from '../../packages/server/src/db/embedded/home.ts'
import { startEmbedded } from '../../packages/server/src/db/embedded/start.ts'
import type { Ready } from '../../scripts/demo/server-process.ts'

export type House = Ready & {
  readonly databaseUrl: string
  readonly sheetKey: Buffer
  readonly pids: { readonly server: number; readonly database: number }
  readonly close: () => Promise<void>
}

const main = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url))

const startServer = async (dataFolder: string, databaseUrl: string) => {
  const env = {
    ...process.env,
    TONGXING_DATA: dataFolder,
    TONGXING_PORT: '0',
    TONGXING_HOST: '',
    TONGXING_DEMO: '1',
    DATABASE_URL: databaseUrl,
  }
  const child = fork(main, { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready)) // main.ts sends exactly one message
    void ended.then((code) => reject(new Error(`the server ended with code ${code} before it was ready`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { ...ready, pid: child.pid!, stop }
}

export const openHouse = async (): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-bench-'))
  const dataFolder = join(folder, 'data')
  const databaseFolder = join(folder, 'database')
  for (const path of [dataFolder, databaseFolder]) mkdirSync(path, { mode: 0o700 })
  const home = findHome(databaseFolder) // for root it lies elsewhere
  const closers: (() => unknown)[] = [
    () => {
      for (const path of [home.folder, folder]) rmSync(path, { recursive: true, force: true })
    },
  ]
  const close = async () => {
    while (closers.length > 0) await closers.pop()!()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close().then(() => process.exit(1)))
  try {
    const database = await startEmbedded({ dataFolder: databaseFolder, log: () => {}, maxConnections: 120 })
    closers.push(() => database.stop())
    const { user, password, host, port } = database.connection
    const databaseUrl = `postgres://${user}:${password}@${host}:${port}/${database.connection.database}`
    const server = await startServer(dataFolder, databaseUrl)
    closers.push(() => server.stop())
    const pids = { server: server.pid, database: database.pid()! }
    return { ...server, databaseUrl, sheetKey: secretOf(dataFolder, 'sheet-key'), pids, close }
  } catch (error) {
    await close()
    throw error
  }
}

// One PostgreSQL for a whole test run, with a migrated template that a test file's database is copied from.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'

export type TestCluster = {
  /** The superuser's connection, to the database `postgres`. */
  readonly administratorUrl: string
  readonly administratorSecret: string
  readonly templateDatabase: string
  /** Copies the template; the answer is the superuser's connection to the copy. */
  readonly createDatabase: (name: string) => Promise<string>
  readonly stop: () => Promise<void>
}

const templateDatabase = 'tongxing_template'
const keeperFile = fileURLToPath(new URL('./cluster-keeper.ts', import.meta.url))

export const startTestCluster = async (migrate: (administratorUrl: string) => Promise<unknown>): Promise<TestCluster> => {
  const { administratorUrl, administratorSecret, stop } = await startKeeper()
  const urlOf = (database: string) => new URL(`/${database}`, administratorUrl).href
  const createDatabase = async (name: string) => {
    await administrate(administratorUrl, (client) => `create database ${client.escapeIdentifier(name)} template ${templateDatabase}`)
    return urlOf(name)
  }
  try {
    await administrate(administratorUrl, () => `create database ${templateDatabase}`)
    await migrate(urlOf(templateDatabase))
    await administrate(administratorUrl, () => `alter database ${templateDatabase} with is_template true allow_connections false`)
    return { administratorUrl, administratorSecret, templateDatabase, createDatabase, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const administrate = async (url: string, statement: (client: Client) => string) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement(client))
  } finally {
    await client.end()
  }
}

// The keeper lives as long as its standard input is open: it cleans up after a run that was killed, too.
const startKeeper = async () => {
  const keeper = spawn(process.execPath, [keeperFile], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(keeper, 'exit')
  const first = await Promise.race([once(createInterface(keeper.stdout), 'line'), ended.then(() => null)])
  if (first === null) throw new Error("the tests' database did not start: see the lines above")
  const { port, password } = JSON.parse(String(first[0])) as { port: number; password: string }
  const stop = async () => {
    keeper.stdin.end()
    await ended
  }
  return { administratorUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, administratorSecret: password, stop }
}

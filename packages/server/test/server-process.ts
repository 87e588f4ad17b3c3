// The server as it is really run: packages/server/src/main.ts in a process of its own, its embedded database, a data folder.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { isRunning, withCompileCache } from './processes.ts'
import { personVia } from './world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export type ServerProcess = {
  readonly child: ChildProcess
  readonly address: string
  readonly setUpToken: string | null
  /** Everything that it has written so far. */
  readonly said: () => string
}
export type Ended = { readonly code: number | null; readonly said: string }
type Environment = Readonly<Record<string, string>>

const run = (environment: Environment) => {
  const env = {
    ...process.env,
    ...withCompileCache,
    DATABASE_URL: '',
    TONGXING_PORT: '0',
    TONGXING_HOST: '',
    LC_ALL: 'en_US.UTF-8',
    ...environment,
  }
  const child = fork(mainFile, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const heard: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => heard.push(text))
  onTestFinished(async () => {
    await stopped(child)
    if (child.signalCode !== null && environment.TONGXING_DATA) await databaseEnded(environment.TONGXING_DATA)
  })
  return { child, said: () => heard.join('') }
}

/** Starts a server and answers when it is ready; one that ends instead is an error with its last words. */
export const startServer = async (environment: Environment): Promise<ServerProcess> => {
  const { child, said } = run(environment)
  const [message] = await Promise.race([once(child, 'message'), once(child, 'close').then(() => [null])])
  if (message === null) throw new Error(`the server did not start: ${said()}`)
  const { address, setUpToken } = message as { address: string; setUpToken: string | null }
  return { child, address, setUpToken, said }
}

/** Runs a server that is expected to end by itself. */
export const failedStart = async (environment: Environment): Promise<Ended> => {
  const { child, said } = run(environment)
  await Promise.race([once(child, 'close'), once(child, 'message')])
  return { code: child.exitCode, said: said() }
}

/** Begins a start and hands over the process without waiting for it. */
export const beginServer = (environment: Environment) => run(environment)

export const stopped = async (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const over = once(child, 'exit')
  child.kill(signal)
  await over
  return child.exitCode
}

const clusterOf = (dataFolder: string) => {
  const pointer = join(dataFolder, 'database-elsewhere.json')
  const home = existsSync(pointer) ? (JSON.parse(readFileSync(pointer, 'utf8')) as { folder: string }).folder : dataFolder
  return join(home, 'database')
}

/** Process and port of the embedded database, from its own pid file; null when it has none. */
export const databaseOf = (dataFolder: string): { readonly pid: number; readonly port: number } | null => {
  const file = join(clusterOf(dataFolder), 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]) }
}

/** The superuser's connection to the embedded database of a folder. */
export const databaseUrl = (dataFolder: string): string => {
  const password = readFileSync(join(dataFolder, 'secrets/database-password'), 'utf8').trim()
  return `postgres://postgres:${password}@127.0.0.1:${databaseOf(dataFolder)!.port}/tongxing`
}

// After a test that failed half-way: the database of a killed server.
const databaseEnded = async (dataFolder: string) => {
  const pid = databaseOf(dataFolder)?.pid
  if (pid === undefined || !isRunning(pid)) return
  process.kill(pid, 'SIGQUIT')
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** A person at a browser of their own, on a server whose address may change when it is started again. */
export const personAt = (address: () => string, cookie?: string) =>
  personVia(async (method, path, body, headers) => {
    const response = await fetch(`${address()}/api/v1${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await response.text()
    const json = /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      body: json ? JSON.parse(text) : text,
      headers: Object.fromEntries(response.headers),
    }
  }, cookie)

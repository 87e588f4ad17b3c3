// Starts PostgreSQL once and answers when it takes a real connection.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { identity, plainEnvironment } from './account.ts'
import { program } from './binaries.ts'
import { address, type PostmasterOptions, shutdown, superuser } from './options.ts'

// A session of its own: Ctrl-C in the terminal reaches it only through end(), when the server has finished with it.
export const launch = async (options: PostmasterOptions, port: number): Promise<ChildProcess> => {
  const { home, binaries, logFile } = options
  const written = keepLogSmall(logFile)
  const settings = { ...options.settings, port: String(port), listen_addresses: address, unix_socket_directories: '' }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile, 'a', 0o600)
  const place = { ...identity(home.account), cwd: '/', env: plainEnvironment() }
  const child = spawn(program(binaries, 'postgres'), ['-D', home.cluster, ...args], {
    ...place,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = new AbortController()
  child.once('error', (error) => ended.abort(error.message))
  child.once('exit', (code, signal) => ended.abort(`it ended with ${signal ?? `code ${code}`}`))
  const failure = await ready(options, port, ended.signal)
  if (failure === null) return child
  await end(child)
  throw new Error(`PostgreSQL did not start: ${failure}\n${readFileSync(logFile).subarray(written).toString('utf8').trim()}`)
}

export const end = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined) return
  const over = new Promise<true>((resolve) => child.once('exit', () => resolve(true)))
  for (const [signal, patience] of shutdown) {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    if (await Promise.race([over, delay(patience, false, { ref: false })])) return
  }
}

const keepLogSmall = (logFile: string): number => {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size < 5_000_000) return size
  renameSync(logFile, `${logFile}.1`)
  return 0
}

// Null when a connection succeeded. Repair after a power cut may take its time: only the end of the process is a failure.
const ready = async ({ password, log }: PostmasterOptions, port: number, ended: AbortSignal): Promise<string | null> => {
  const began = Date.now()
  for (let patience = 10; !ended.aborted; await delay(20)) {
    const refusal = await tryConnection(password, port)
    if (refusal === null || /password authentication failed/.test(refusal)) return refusal
    if (Date.now() - began > patience * 1000) {
      log(`PostgreSQL is still starting after ${patience} s: ${refusal}`)
      patience *= 2
    }
  }
  return String(ended.reason)
}

const tryConnection = async (password: string, port: number): Promise<string | null> => {
  const client = new Client({ host: address, port, user: superuser, password, database: 'postgres', connectionTimeoutMillis: 5000 })
  client.on('error', () => {}) // the answer is the rejected promise below
  try {
    await client.connect()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await client.end().catch(() => {})
  }
}

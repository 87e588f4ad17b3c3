import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isRunning, killed, killedWithItsChildren, otherProcess, temporaryFolder } from '../../../test/processes.ts'
import { openDataFolder } from '../../data-folder.ts'
import { type Embedded, startEmbedded } from './start.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }) // real processes, on a computer that may be busy

const isRoot = process.getuid?.() === 0

type Opened = Embedded & { readonly path: string; readonly heard: string[]; readonly close: () => Promise<void> }

const open = async (path: string): Promise<Opened> => {
  const folder = openDataFolder(path)
  const heard: string[] = []
  const embedded = await startEmbedded({ dataFolder: folder.path, log: (sentence) => void heard.push(sentence) }).catch(
    async (error: unknown) => {
      await folder.close()
      throw error
    },
  )
  const close = async () => {
    await embedded.stop()
    await folder.close()
  }
  onTestFinished(close)
  return { ...embedded, path, heard, close }
}

const query = async (connection: Embedded['connection'], text: string, values: unknown[] = []) => {
  const client = new Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text, values)).rows as Record<string, unknown>[]
  } finally {
    await client.end()
  }
}

const keepRow = (connection: Embedded['connection']) => query(connection, 'create table kept as select 7 as answer')
const keptRow = async (connection: Embedded['connection']) => (await query(connection, 'select answer from kept'))[0]?.answer

const startedByAnother = async (path: string) => {
  const program = `const folder = openDataFolder(${JSON.stringify(path)});
    const { connection, pid } = await startEmbedded({ dataFolder: folder.path, log: () => {} });
    console.log(JSON.stringify({ connection, pid: pid() }))`
  const { process: server, said } = await otherProcess(program)
  return { server, ...(JSON.parse(said) as { connection: Embedded['connection']; pid: number }) }
}

test('a database is made, answers on this computer only, and keeps its rows over a restart', async () => {
  const path = temporaryFolder()
  const first = await open(path)
  const settings = await query(
    first.connection,
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'listen_addresses', 'unix_socket_directories', 'max_connections') order by 1",
  )
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    listen_addresses: '127.0.0.1',
    max_connections: '60',
    synchronous_commit: 'on',
    unix_socket_directories: '',
  })
  const locale = await query(
    first.connection,
    "select datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'tongxing'",
  )
  expect(locale).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8' }])
  await keepRow(first.connection)
  await first.close()
  const began = Date.now()
  const second = await open(path)
  console.log(`the embedded database restarts in ${Date.now() - began} ms`)
  expect(await keptRow(second.connection)).toBe(7)
})

test('another password is refused', async () => {
  const { connection } = await open(temporaryFolder())
  await expect(query({ ...connection, password: 'guess' }, 'select 1')).rejects.toThrow('password authentication failed')
})

test('the database that a killed server left running is stopped, and what it had acknowledged is there', async () => {
  const path = temporaryFolder()
  const { server, connection, pid } = await startedByAnother(path)
  await keepRow(connection)
  await killed(server)
  expect(isRunning(pid)).toBe(true)
  const { heard, ...next } = await open(path)
  expect(heard).toContain(`the database that a killed server left running (process ${pid}) is being stopped`)
  expect(isRunning(pid)).toBe(false)
  expect(await keptRow(next.connection)).toBe(7)
})

test('REL-04: a killed database is started again at the same address with every committed row', async () => {
  const database = await open(temporaryFolder())
  await keepRow(database.connection)
  const [before, began] = [database.pid()!, Date.now()]
  process.kill(before, 'SIGKILL')
  await vi.waitUntil(() => database.heard.includes('the database runs again'), { timeout: 60_000, interval: 20 })
  expect(await keptRow(database.connection)).toBe(7)
  console.log(`the embedded database is back ${Date.now() - began} ms after kill -9`)
  expect(database.pid()).not.toBe(before)
  expect(database.heard).toContain('the database ended without being asked to and is started again')
})

test('a database whose making was interrupted is made again', async () => {
  const path = temporaryFolder()
  const program = `const folder = openDataFolder(${JSON.stringify(path)}); console.log('opened');
    await startEmbedded({ dataFolder: folder.path, log: () => {} })`
  const { process: server } = await otherProcess(program, { detached: true })
  await vi.waitFor(() => expect(readdirSync(path).some((name) => name.startsWith('database.making-'))).toBe(true), {
    timeout: 10_000,
    interval: 5,
  })
  await killedWithItsChildren(server)
  expect(existsSync(join(path, 'database'))).toBe(false)
  const { connection } = await open(path)
  expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(readdirSync(path).filter((name) => name.startsWith('database.making-'))).toEqual([])
})

test('a pid file from before a power cut never harms the program that has the number now', async () => {
  const path = temporaryFolder()
  await (await open(path)).close()
  const bystander = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  onTestFinished(() => void bystander.kill())
  await once(bystander, 'spawn')
  writeFileSync(join(path, 'database', 'postmaster.pid'), `${bystander.pid}\n${join(path, 'database')}\n1700000000\n5432\n\n127.0.0.1\n`)
  const { connection } = await open(path)
  expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(isRunning(bystander.pid!)).toBe(true)
})

test('a database of another PostgreSQL version is refused and left as it is', async () => {
  const path = temporaryFolder()
  await (await open(path)).close()
  writeFileSync(join(path, 'database', 'PG_VERSION'), '17\n')
  await expect(open(path)).rejects.toThrow('was made by PostgreSQL 17, and this Tongxing comes with 18')
})

test('PRIV-13: the log of the database repeats no value of a failed statement', async () => {
  const { connection, path } = await open(temporaryFolder())
  await query(connection, 'create table pupil (name text primary key)')
  await query(connection, 'insert into pupil values ($1)', ['金丝雀'])
  await expect(query(connection, 'insert into pupil values ($1)', ['金丝雀'])).rejects.toThrow('duplicate key')
  await expect(query(connection, "select '金丝雀'::integer")).rejects.toThrow('金丝雀')
  const log = readFileSync(join(path, 'database.log'), 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).not.toContain('金丝雀')
})

if (!isRoot) console.log('skipped: what root does below a folder of mode 700 needs root')

test.runIf(isRoot)(
  'root below a folder of mode 700: the data go where the account of PostgreSQL can reach them, and are found again',
  async () => {
    const locked = temporaryFolder()
    const path = join(locked, 'data')
    const first = await open(path)
    const elsewhere = (JSON.parse(readFileSync(join(path, 'database-elsewhere.json'), 'utf8')) as { folder: string }).folder
    onTestFinished(() => rmSync(elsewhere, { recursive: true }))
    expect(first.heard.join()).toContain(`which cannot enter every folder here: its data are in ${elsewhere}`)
    expect(statSync(join(elsewhere, 'database')).uid).not.toBe(0)
    await keepRow(first.connection)
    await first.close()

    const moved = join(locked, 'moved')
    renameSync(path, moved)
    const second = await open(moved)
    expect(await keptRow(second.connection)).toBe(7)

    const copy = join(locked, 'copy')
    cpSync(moved, copy, { recursive: true })
    await expect(open(copy)).rejects.toThrow(`is a copy of ${moved}`)
  },
)

test.runIf(isRoot)('root in a folder that others can enter: the data stay in the data folder, closed to everybody else', async () => {
  const open755 = temporaryFolder()
  chmodSync(open755, 0o755)
  const path = join(open755, 'data')
  const { heard } = await open(path)
  expect(heard).toEqual([])
  expect(statSync(join(path, 'database')).uid).not.toBe(0)
  expect(statSync(join(path, 'database')).mode & 0o777).toBe(0o700)
  expect(statSync(path).mode & 0o007).toBe(0)
})

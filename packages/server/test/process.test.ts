import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, expect, inject, onTestFinished, test, vi } from 'vitest'
import { openDataFolder } from '../src/data-folder.ts'
import { administratorOfEmbedded } from '../src/db/administrator.ts'
import { startEmbedded } from '../src/db/embedded/start.ts'
import { isRunning, killed, temporaryFolder } from './processes.ts'
import { beginServer, databaseOf, failedStart, startServer, stopped } from './server-process.ts'

// one data folder for all of them: making a database takes longer than everything else here
const folder = mkdtempSync(join(tmpdir(), 'tongxing-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }) // real processes, on a computer that may be busy

const health = async (address: string) => (await fetch(`${address}/api/v1/health`)).status

test('REL-06: a second server on the same data folder is refused in one sentence, and the first keeps working', async () => {
  const first = await startServer({ TONGXING_DATA: folder })
  expect(first.setUpToken).toMatch(/^[\w-]{43}$/)
  const second = await failedStart({ TONGXING_DATA: folder })
  expect(second).toEqual({
    code: 1,
    said: `Tongxing cannot start: the data folder ${folder} is in use by another Tongxing (process ${first.child.pid}); stop that one first, or name another folder\n`,
  })
  expect(await health(first.address)).toBe(200)
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops the server and its database, and leaves no process', async (signal) => {
  const server = await startServer({ TONGXING_DATA: folder })
  const { pid } = databaseOf(folder)!
  expect(isRunning(pid)).toBe(true)
  expect(await stopped(server.child, signal)).toBe(0)
  expect(isRunning(pid)).toBe(false)
  expect(databaseOf(folder)).toBeNull()
})

test('a server that is told to stop while it is starting leaves no process either', async () => {
  const { child } = beginServer({ TONGXING_DATA: folder })
  const { pid } = await vi.waitFor(() => databaseOf(folder) ?? Promise.reject(new Error('not yet')), { timeout: 30_000, interval: 2 })
  expect(await stopped(child)).toBe(0)
  expect(isRunning(pid)).toBe(false)
})

test('a server whose words nobody reads any more goes on, and stops when it is told to', async () => {
  const { child } = beginServer({ TONGXING_DATA: folder })
  for (const stream of [child.stdout, child.stderr]) stream!.destroy()
  const [ready] = (await once(child, 'message')) as [{ readonly address: string }]
  expect(await health(ready.address)).toBe(200)
  expect(await stopped(child)).toBe(0)
  expect(databaseOf(folder)).toBeNull()
})

test('a killed server is started again on its folder: its database is stopped and every account is there', async () => {
  const first = await startServer({ TONGXING_DATA: folder })
  const { pid } = databaseOf(folder)!
  await killed(first.child)
  expect(isRunning(pid)).toBe(true)
  const second = await startServer({ TONGXING_DATA: folder })
  expect(second.said()).toContain(`(process ${pid}) is being stopped`)
  expect(await health(second.address)).toBe(200)
  expect(isRunning(pid)).toBe(false)
})

test('a port that is taken is named in the error, and nothing is left running', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  const port = await vi.waitFor(() => (taken.address() as { port: number }).port)
  const { code, said } = await failedStart({ TONGXING_DATA: folder, TONGXING_PORT: String(port) })
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(`port ${port} is in use by another program`) })
  expect(databaseOf(folder)).toBeNull()
})

const newDatabase = async (administratorUrl: string, owner?: string) => {
  const client = new Client({ connectionString: administratorUrl })
  await client.connect()
  const name = `process_${Math.random().toString(36).slice(2)}`
  await client.query(`create database ${name}${owner ? ` owner ${owner}` : ''}`)
  await client.end()
  return new URL(`/${name}`, administratorUrl).href
}

test('DATABASE_URL: the same server on a PostgreSQL that is already there, with no database in the data folder', async () => {
  const folder = temporaryFolder()
  const server = await startServer({ TONGXING_DATA: folder, DATABASE_URL: await newDatabase(inject('administratorUrl')) })
  expect(await health(server.address)).toBe(200)
  expect(server.setUpToken).not.toBeNull()
  expect(existsSync(join(folder, 'database'))).toBe(false)
  expect(await stopped(server.child)).toBe(0)
})

test('DATABASE_URL: a user without rights is told which ones are needed; CREATEROLE and an own database are enough', async () => {
  const place = openDataFolder(temporaryFolder())
  const { connection, stop } = await startEmbedded({ dataFolder: place.path, log: () => {} })
  onTestFinished(async () => {
    await stop()
    await place.close()
  })
  const { url } = administratorOfEmbedded(connection)
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query("create role plain login password 'p'; create role keeper login createrole password 'k'")
  await client.end()
  const as = (name: string, password: string, database: string) => Object.assign(new URL(database), { username: name, password }).href
  const refused = await failedStart({ TONGXING_DATA: temporaryFolder(), DATABASE_URL: as('plain', 'p', await newDatabase(url, 'plain')) })
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('needs CREATEROLE and the ownership of its database') })
  const database = as('keeper', 'k', await newDatabase(url, 'keeper'))
  const server = await startServer({ TONGXING_DATA: temporaryFolder(), DATABASE_URL: database })
  expect(await health(server.address)).toBe(200)
  await stopped(server.child)
  expect(await health((await startServer({ TONGXING_DATA: temporaryFolder(), DATABASE_URL: database })).address)).toBe(200)
})

test.each([
  ['a port that is none', { TONGXING_PORT: 'eighty' }, 'TONGXING_PORT'],
  ['a database URL of another kind', { DATABASE_URL: 'mysql://root:secret@h/x' }, 'DATABASE_URL'],
  ['a database URL without a database', { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1' }, 'DATABASE_URL'],
  ['a database that does not answer', { DATABASE_URL: 'postgres://u:secret@localhost:1/x' }, 'localhost:1'],
  ['a host that is not this computer', { TONGXING_HOST: '203.0.113.1', TONGXING_DATA: folder }, 'TONGXING_HOST'],
])('%s is one sentence with the variable or the place, without the password', async (_, environment, named) => {
  const { code, said } = await failedStart({ TONGXING_DATA: temporaryFolder(), ...environment })
  expect(code).toBe(1)
  expect(said).toContain('Tongxing cannot start: ')
  expect(said).toContain(named)
  expect(said).not.toContain('secret')
  expect(said).not.toContain('    at ')
})

import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { killed, otherProcess, temporaryFolder } from '../test/processes.ts'
import { openDataFolder } from './data-folder.ts'

const open = (path: string) => {
  const folder = openDataFolder(path)
  onTestFinished(() => folder.close())
  return folder
}

const heldByAnother = (path: string) =>
  otherProcess(`openDataFolder(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000)`)

test('REL-06: a second process on the same data folder is refused at once, with the folder and the process that has it', async () => {
  const path = temporaryFolder()
  const { process: first } = await heldByAnother(path)
  expect(() => openDataFolder(path)).toThrow(`the data folder ${path} is in use by another Tongxing (process ${first.pid})`)
})

test('REL-06: the same process cannot open a folder twice, and can open it again after closing it', async () => {
  const path = temporaryFolder()
  const first = open(path)
  expect(() => openDataFolder(path)).toThrow('is in use by')
  await first.close()
  open(path)
})

test('a folder whose server was killed opens again, even when the number of that process is in use by another program', async () => {
  const path = temporaryFolder()
  const { process: first } = await heldByAnother(path)
  await killed(first)
  writeFileSync(join(path, 'running.json'), JSON.stringify({ pid: process.pid, host: hostname() }))
  open(path)
})

test('a data folder is made for its owner alone', () => {
  const path = join(temporaryFolder(), 'new', 'data')
  open(path)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})

test('a folder that holds something else is left as it is', () => {
  const path = join(temporaryFolder(), 'homework')
  mkdirSync(path, { mode: 0o755 })
  writeFileSync(join(path, 'essay.txt'), 'mine')
  expect(() => openDataFolder(path)).toThrow('not empty and holds no data of Tongxing')
  expect(statSync(path).mode & 0o777).toBe(0o755)
})

test('a secret is random, the same ever after, and readable by its owner alone', async () => {
  const path = temporaryFolder()
  const first = open(path)
  const [pepper, key] = [first.secret('code-pepper'), first.secret('totp-key')]
  await first.close()
  expect(open(path).secret('code-pepper')).toEqual(pepper)
  expect(pepper).toHaveLength(32)
  expect(pepper).not.toEqual(key)
  expect(statSync(join(path, 'secrets', 'code-pepper')).mode & 0o777).toBe(0o600)
})

test('a damaged secret is refused and never replaced, because what it protects would be lost', () => {
  const path = temporaryFolder()
  const folder = open(path)
  folder.secret('totp-key')
  writeFileSync(join(path, 'secrets', 'totp-key'), 'cut sh')
  expect(() => folder.secret('totp-key')).toThrow('is damaged; restore it from a backup')
})

// The folder that belongs to one running server: its secrets, and its database when that is embedded.
// The lock is held by the operating system for the life of the process, so a killed server leaves nothing to clean up
// and a reused process number means nothing. Node offers such a lock only through SQLite's file locking.
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Told } from './terminal.ts'

export type DataFolder = {
  readonly path: string
  /** 32 random bytes, made on first use and the same ever after. */
  readonly secret: (name: string) => Buffer
  readonly close: () => Promise<void>
}

const lockName = 'lock'
const holderName = 'running.json'
const sqliteBusy = 5

/** Makes or opens the folder for this process alone; a second process is refused with a sentence (REL-06). */
export const openDataFolder = (wanted: string): DataFolder => {
  const path = makeFolder(wanted)
  const lock = takeLock(path)
  writePrivate(join(path, holderName), JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }))
  const close = async () => {
    if (!lock.isOpen) return
    rmSync(join(path, holderName), { force: true })
    lock.close()
  }
  return { path, secret: (name) => secretOf(path, name), close }
}

const makeFolder = (wanted: string): string => {
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    const path = realpathSync(wanted)
    refuseForeign(path)
    // a group may pass through: PostgreSQL's own user, when the server runs as root
    chmodSync(path, statSync(path).mode & 0o710)
    return path
  } catch (error) {
    throw error instanceof Told ? error : explained(error, `the data folder ${wanted} cannot be used`)
  }
}

const refuseForeign = (path: string) => {
  const visible = readdirSync(path).filter((name) => !name.startsWith('.') && name !== 'lost+found')
  if (visible.length > 0 && !visible.includes(lockName)) {
    throw new Told('folderForeign', { path })
  }
}

const takeLock = (path: string): DatabaseSync => {
  const file = join(path, lockName)
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(file, { timeout: 0 })
    lock.exec('pragma locking_mode = exclusive; begin exclusive')
    chmodSync(file, 0o600)
    return lock
  } catch (error) {
    lock?.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) throw new Told('folderInUse', { path, holder: holder(path) })
    throw explained(error, `the data folder ${path} cannot be locked`)
  }
}

const holder = (path: string): string => {
  try {
    const { pid, host } = JSON.parse(readFileSync(join(path, holderName), 'utf8')) as { pid: number; host: string }
    return host === hostname() ? `another Tongxing (process ${pid})` : `another Tongxing (process ${pid} on ${host})`
  } catch {
    return 'another Tongxing that is just starting'
  }
}

/** The secret of this name in a data folder that this process has opened. */
export const secretOf = (path: string, name: string): Buffer => {
  const file = join(path, 'secrets', name)
  const present = readIfThere(file)
  if (present === null) {
    const made = randomBytes(32)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writePrivate(file, `${made.toString('base64url')}\n`)
    return made
  }
  const secret = Buffer.from(present.trim(), 'base64url')
  if (secret.length !== 32)
    throw new Error(`the secret ${file} is damaged; restore it from a backup, what it protects cannot be read without it`)
  return secret
}

const readIfThere = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw explained(error, `the secret ${file} cannot be read`)
  }
}

/** For the owner alone, whole or not at all, and on the disk before anything relies on it. */
export const writePrivate = (file: string, text: string | Uint8Array) => {
  const draft = `${file}.draft`
  rmSync(draft, { force: true })
  const descriptor = openSync(draft, 'wx', 0o600)
  writeFileSync(descriptor, text)
  fsyncSync(descriptor)
  closeSync(descriptor)
  renameSync(draft, file)
}

const explained = (error: unknown, what: string): Error => {
  const { code, message } = error as NodeJS.ErrnoException
  const who = process.getuid ? ` (this is user ${process.getuid()})` : ''
  const reason =
    code === 'EACCES' || code === 'EPERM'
      ? `it belongs to another user${who}; start as that user, or give the folder to this one with chown`
      : message
  return new Error(`${what}: ${reason}`, { cause: error })
}

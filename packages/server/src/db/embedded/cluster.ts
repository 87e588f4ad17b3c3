// Makes the database's files once. They are complete under their final name or not there: an interrupted making is
// thrown away and begun again.
import { execFile } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { give, identity, plainEnvironment } from './account.ts'
import { type Binaries, program } from './binaries.ts'
import type { Home } from './home.ts'
import { superuser } from './options.ts'

const draftPrefix = 'database.making-'

export type ClusterOptions = { readonly home: Home; readonly binaries: Binaries; readonly password: string; readonly sync: boolean }

export const ensureCluster = async (options: ClusterOptions): Promise<void> => {
  const { home, binaries } = options
  for (const name of readdirSync(home.folder)) if (name.startsWith(draftPrefix)) rmSync(join(home.folder, name), { recursive: true })
  if (!existsSync(home.cluster)) return makeCluster(options)
  const version = readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8').trim()
  const wanted = binaries.version.split('.')[0]
  if (version !== wanted)
    throw new Error(
      `the database in ${home.cluster} was made by PostgreSQL ${version}, and this Tongxing comes with ${wanted}; export it with the Tongxing that made it`,
    )
}

const makeCluster = async ({ home, binaries, password, sync }: ClusterOptions) => {
  const draft = join(home.folder, `${draftPrefix}${process.pid}`)
  mkdirSync(draft, { mode: 0o700 })
  give(draft, home.account)
  const passwordFile = join(draft, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  give(passwordFile, home.account)
  const data = join(draft, 'data')
  await initialise(home, program(binaries, 'initdb'), [
    ...['--pgdata', data, '--username', superuser, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C', '--no-instructions'],
    ...(sync ? [] : ['--no-sync']),
  ])
  renameSync(data, home.cluster)
  if (sync) settle(home.folder)
  rmSync(draft, { recursive: true })
}

const initialise = async (home: Home, command: string, args: readonly string[]) => {
  try {
    await promisify(execFile)(command, args, { ...identity(home.account), cwd: '/', env: plainEnvironment() })
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string }
    throw new Error(`the database could not be made in ${home.folder}: ${stderr?.trim() || message}`, { cause: error })
  }
}

// A rename is on the disk when its folder is.
const settle = (folder: string) => {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

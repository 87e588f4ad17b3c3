// The process: environment, data folder, database, listen, signals. The only file of the server that reads process.*
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadLibrary } from '@tongxing/instruments/library'
import { issueSetUpLink, requireOwnSecrets } from './accounts/sign-in.ts'
import { buildApp } from './app.ts'
import { parseConfig } from './config.ts'
import { type Context, secretsOf } from './context.ts'
import { openDataFolder } from './data-folder.ts'
import { connect } from './db/connect.ts'
import { migrate } from './db/migrate.ts'
import { reachDatabase } from './db/open.ts'
import { loginOf } from './db/roles.ts'
import { simulatedData } from './db/simulated.ts'
import { orderedIds } from './db/uuid.ts'
import { addresses, explainListening } from './http/addresses.ts'
import { traceOf } from './http/errors.ts'
import { reasonIn, terminalWords, tongueOf } from './terminal.ts'
import { complaintsAbout } from './tls/reading.ts'
import { identityFor, type ServerIdentity } from './tls/store.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const say = (line: string) => process.stdout.write(`${line}\n`)
const tongue = tongueOf(process.env)
const words = terminalWords(tongue)
const complain = (line: string) => process.stderr.write(`${line}\n`)
const closers: (() => Promise<unknown>)[] = []

const close = async () => {
  while (closers.length > 0) await closers.pop()!().catch((error: unknown) => complain(`while stopping: ${traceOf(error)}`))
}

const start = async () => {
  const packageFile = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as { version: string }
  const config = parseConfig(process.env, { dataFolder: resolve(root, 'data'), version: packageFile.version })
  const folder = openDataFolder(resolve(config.dataFolder))
  closers.push(() => folder.close())
  const tls = identityFor(config, folder.path)
  const { administrator, close: closeDatabase } = await reachDatabase(config, say)
  closers.push(closeDatabase)
  const login = loginOf(administrator.database, administrator.secret)
  const applied = await migrate(administrator.url, login)
  if (applied.length > 0) say(words({ key: 'migrated', value: applied.join(', ') }))
  const db = connect(administrator.url, login)
  closers.push(() => db.destroy())

  const clock = () => new Date()
  const context: Context = {
    db,
    config,
    simulated: await simulatedData(db, config.demo, clock()),
    library: await loadLibrary(),
    clock,
    ids: orderedIds(clock, randomBytes),
    random: randomBytes,
    secrets: secretsOf(folder.secret),
  }
  await requireOwnSecrets(context)
  const webFolder = resolve(root, 'packages/web/dist')
  const app = await buildApp(context, { webFolder: existsSync(webFolder) ? webFolder : null, log: process.stdout, tls })
  closers.push(() => app.close())
  // for localhost Fastify would open a second, plain door
  const host = tls && config.host === 'localhost' ? '127.0.0.1' : config.host
  await app.listen({ host, port: config.port }).catch((error: unknown) => {
    throw explainListening(error, config)
  })
  const address = app.server.address()
  if (!stopping) await greet(context, typeof address === 'object' && address ? address.port : config.port, tls)
}

const greet = async (context: Context, port: number, tls: ServerIdentity | null) => {
  const [main, ...others] = addresses(context.config, port, networkInterfaces(), tls ? 'https' : 'http')
  say('')
  const tell = (telling: Parameters<typeof words>[0]) => say(words({ indent: '  ', ...telling }))
  tell({ key: 'ready', with: { version: context.config.version }, value: main, indent: '' })
  for (const other of others) tell({ key: 'network', value: `${other}/p/` })
  if (tls && !context.config.publicUrl) greetWith(tls, [main, ...others], context.clock())
  if (others.length === 0 && context.config.host === '127.0.0.1') tell({ key: 'onlyHere', value: 'TONGXING_HOST=0.0.0.0 npm start' })
  if (context.config.helpContact === null) tell({ key: 'noContact' })
  if (context.simulated) tell({ key: 'simulated' })
  const token = await issueSetUpLink(context)
  if (token) tell({ key: 'setUp', value: `\n  ${main}/set-up#${token}` })
  tell({ key: 'stop' })
  process.send?.({ kind: 'ready', address: main, setUpToken: token })
}

/** The guide by http: a device that does not trust yet would be warned of the very page that says how. */
const greetWith = (tls: ServerIdentity, places: readonly [string, ...string[]], now: Date) => {
  say(words({ key: 'trust', value: `${places.at(-1)!.replace('https:', 'http:')}/trust`, indent: '  ' }))
  for (const complaint of complaintsAbout(tls.certificate, places, now, words)) say(complaint)
}

let stopping = false
let running: Promise<void> = Promise.resolve()

/** What has begun to start is let through, or a database just starting would be left behind. */
const stop = (code: number) => {
  if (stopping) return
  stopping = true
  void running
    .catch(() => {})
    .then(close)
    .then(() => {
      if (code === 0) say(words({ key: 'stopped' }))
      process.exit(code)
    })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => stop(0))
// Whoever read this is gone; without these each complaint about it would be the next one.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
process.on('uncaughtException', (error) => {
  complain(words({ key: 'ownError', value: traceOf(error) }))
  stop(1)
})

running = start()
running.catch((error: unknown) => {
  complain(reasonIn(error, tongue))
  stop(1)
})

// The process: environment, data folder, database, listen, signals. The only file of the server that reads process.*
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadLibrary } from '@tongxing/instruments/library'
import { issueSetUpLink } from './accounts/sign-in.ts'
import { buildApp } from './app.ts'
import { type Config, parseConfig } from './config.ts'
import { openDataFolder } from './data-folder.ts'
import { connect } from './db/connect.ts'
import { startEmbedded } from './db/embedded/start.ts'
import { migrate } from './db/migrate.ts'
import { loginOf } from './db/roles.ts'
import { uuidV7 } from './db/uuid.ts'
import type { Context } from './http/context.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const say = (line: string) => process.stdout.write(`${line}\n`)
const closers: (() => Promise<unknown>)[] = []

const close = async () => {
  while (closers.length > 0) await closers.pop()!().catch((error: unknown) => say(`while stopping: ${String(error)}`))
}

type Administrator = { readonly url: string; readonly secret: string; readonly database: string }

const openDatabase = async (config: Config): Promise<Administrator> => {
  if (config.databaseUrl) {
    const url = new URL(config.databaseUrl)
    return {
      url: config.databaseUrl,
      secret: decodeURIComponent(url.password) || config.databaseUrl,
      database: decodeURIComponent(url.pathname.slice(1)),
    }
  }
  const embedded = await startEmbedded({ dataFolder: config.dataFolder, log: say })
  closers.push(() => embedded.stop())
  const { user, password, host, port, database } = embedded.connection
  return { url: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`, secret: password, database }
}

const addresses = (config: Config, port: number): readonly string[] => {
  if (config.publicUrl) return [config.publicUrl]
  const everywhere = config.host === '0.0.0.0' || config.host === '::'
  if (!everywhere) return [`http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`]
  const lan = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter((net) => net.family === 'IPv4' && !net.internal))
  return [`http://127.0.0.1:${port}`, ...lan.map((net) => `http://${net.address}:${port}`)]
}

const start = async () => {
  const packageFile = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as { version: string }
  const config = parseConfig(process.env, { dataFolder: resolve(root, 'data'), version: packageFile.version })
  const folder = await openDataFolder(resolve(config.dataFolder))
  closers.push(() => folder.close())
  const administrator = await openDatabase(config)
  const login = loginOf(administrator.database, administrator.secret)
  const applied = await migrate(administrator.url, login)
  if (applied.length > 0) say(`database migrated: ${applied.join(', ')}`)
  const db = connect(administrator.url, login)
  closers.push(() => db.destroy())

  const clock = () => new Date()
  const context: Context = {
    db,
    config,
    library: await loadLibrary(),
    clock,
    ids: () => uuidV7(clock(), randomBytes),
    random: randomBytes,
    secrets: { codePepper: await folder.secret('code-pepper'), totpKey: await folder.secret('totp-key') },
  }
  const webFolder = resolve(root, 'packages/web/dist')
  const app = await buildApp(context, { webFolder: existsSync(webFolder) ? webFolder : null, log: true })
  closers.push(() => app.close())
  await app.listen({ host: config.host, port: config.port })
  const address = app.server.address()
  await greet(context, typeof address === 'object' && address ? address.port : config.port)
}

const greet = async (context: Context, port: number) => {
  const [main = '', ...others] = addresses(context.config, port)
  say('')
  say(`Tongxing 童行 ${context.config.version} is ready: ${main}`)
  for (const other of others) say(`  on the school's network: ${other}/p/`)
  if (others.length === 0 && context.config.host === '127.0.0.1')
    say('  only this computer can reach it; for the school network: TONGXING_HOST=0.0.0.0 npm start')
  const token = await issueSetUpLink(context)
  if (token) say(`  nobody has an account yet. Open this link once, within a day, to make the first one:\n  ${main}/set-up#${token}`)
  say('  Ctrl-C stops it')
  process.send?.({ kind: 'ready', address: main, setUpToken: token })
}

let stopping = false
const stop = (code: number) => {
  if (stopping) return
  stopping = true
  void close().then(() => process.exit(code))
}

process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))
process.on('SIGHUP', () => stop(0))
process.on('disconnect', () => stop(0))

try {
  await start()
} catch (error) {
  process.stderr.write(`Tongxing cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  stop(1)
}

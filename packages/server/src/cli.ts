// npm run server -- <command>: what is done to a server that is not running.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname, networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadLibrary } from '@tongxing/instruments/library'
import { requireOwnSecrets } from './accounts/sign-in.ts'
import { parseConfig } from './config.ts'
import { type Context, secretsOf } from './context.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { connect } from './db/connect.ts'
import { migrate } from './db/migrate.ts'
import { reachDatabase } from './db/open.ts'
import { loginOf } from './db/roles.ts'
import { simulatedData } from './db/simulated.ts'
import { orderedIds } from './db/uuid.ts'
import { kitDeed, kitHelp } from './kits/command.ts'
import { terminalWords, tongueOf } from './terminal.ts'
import { accountOf, longestDays, renew } from './tls/renew.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const say = (line: string) => process.stdout.write(`${line}\n`)

const help = `npm run server -- <command>

  tls [--name <host or address>]... [--days <n>] [--new-ca]
      Makes a certificate for https in the data folder, signed by an authority of the school's own that each device trusts once.
      Again: the server's certificate is renewed, the authority stays. Stop the server first.

      --name    how people call this computer beside its own names and private addresses; without it, those given last time
      --days    how long the server's certificate holds: 1 to ${longestDays} (${longestDays})
      --new-ca  another authority, when the key of the old one is lost or may be known to others; every device has to trust it anew

${kitHelp}

TONGXING_DATA names the data folder, as for npm start.`

const read = (args: readonly string[]) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      name: { type: 'string', multiple: true },
      days: { type: 'string', default: String(longestDays) },
      'new-ca': { type: 'boolean', default: false },
    },
  })
  const days = Number(values.days)
  if (!Number.isInteger(days) || days < 1 || days > longestDays) throw new Error(`--days is a whole number from 1 to ${longestDays}`)
  return { command: positionals, help: values.help ?? false, wish: { names: values.name ?? [], days, newAuthority: values['new-ca'] } }
}

const parsedConfig = async () => {
  const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as { version: string }
  return parseConfig(process.env, { dataFolder: resolve(root, 'data'), version })
}

/** The house with nobody in it: its database, brought to this program's schema, and no door. */
const inHouse = async <T>(folder: DataFolder, work: (context: Context) => Promise<T>): Promise<T> => {
  const config = { ...(await parsedConfig()), dataFolder: folder.path }
  const { administrator, close } = await reachDatabase(config, () => {})
  const login = loginOf(administrator.database, administrator.secret)
  try {
    await migrate(administrator.url, login)
    const db = connect(administrator.url, login, 4)
    const clock = () => new Date()
    const tools = { clock, ids: orderedIds(clock, randomBytes), random: randomBytes }
    const simulated = await simulatedData(db, config.demo, clock())
    const context: Context = { db, config, simulated, library: await loadLibrary(), ...tools, secrets: secretsOf(folder.secret) }
    await requireOwnSecrets(context)
    return await work(context).finally(() => db.destroy())
  } finally {
    await close()
  }
}

const askPassphrase = async (): Promise<string> => {
  const line = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await line.question('Passphrase of the kit: ')
  } finally {
    line.close()
  }
}

const deedOf = ({ command: [what, ...given], wish }: ReturnType<typeof read>): ((folder: DataFolder) => Promise<readonly string[]>) => {
  if (what === 'kit') {
    const deed = kitDeed(given)
    return (folder) => inHouse(folder, (context) => deed(context, askPassphrase))
  }
  if (what === 'tls' && given.length === 0)
    return async (folder) =>
      accountOf(
        renew(folder.path, wish, { hostname: hostname(), interfaces: networkInterfaces() }, new Date()),
        terminalWords(tongueOf(process.env)),
      )
  throw new Error('which command? tls and kit are there; --help explains them')
}

const main = async (args: readonly string[]) => {
  const asked = read(args)
  if (asked.help) return say(help)
  const deed = deedOf(asked)
  const folder = openDataFolder(resolve((await parsedConfig()).dataFolder))
  try {
    for (const line of await deed(folder)) say(line)
  } finally {
    await folder.close()
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

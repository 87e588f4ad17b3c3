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
import { kitDeed } from './kits/command.ts'
import { kitHelp } from './kits/help.ts'
import { refusalIn, Told, terminalWords, tongueOf } from './terminal.ts'
import { accountOf, longestDays, renew } from './tls/renew.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const tongue = tongueOf(process.env)
const words = terminalWords(tongue)
const say = (line: string) => process.stdout.write(`${line}\n`)

const tlsHelp = [
  `  tls [--name <主机名或地址>]... [--days <天数>] [--new-ca]
      在数据文件夹里建立 https 用的证书，由本校自己的颁发者签名，每台设备信任一次。
      再次运行：更新服务器证书，颁发者不变。请先停止服务器。

      --name    除本机名称和内网地址以外，大家怎么称呼这台电脑；不写就用上次的
      --days    服务器证书的有效天数：1 到 ${longestDays}（${longestDays}）
      --new-ca  换一个颁发者：旧的私钥丢失或可能被人知道时用；每台设备要重新信任一次`,
  `  tls [--name <host or address>]... [--days <n>] [--new-ca]
      Makes a certificate for https in the data folder, signed by an authority of the school's own that each device trusts once.
      Again: the server's certificate is renewed, the authority stays. Stop the server first.

      --name    how people call this computer beside its own names and private addresses; without it, those given last time
      --days    how long the server's certificate holds: 1 to ${longestDays} (${longestDays})
      --new-ca  another authority, when the key of the old one is lost or may be known to others; every device has to trust it anew`,
] as const
const folderHelp = ['TONGXING_DATA 写明数据文件夹，和 npm start 一样。', 'TONGXING_DATA names the data folder, as for npm start.'] as const

const helpIn = (language: 0 | 1) => [tlsHelp[language], kitHelp(language), folderHelp[language]].join('\n\n')
const languages = { zh: [0], en: [1], both: [0, 1] } as const
const help = ['npm run server -- <command>', ...languages[tongue].map(helpIn)].join('\n\n')

const parsed = (args: readonly string[]) => {
  const options = {
    help: { type: 'boolean', short: 'h' },
    name: { type: 'string', multiple: true },
    days: { type: 'string', default: String(longestDays) },
    'new-ca': { type: 'boolean', default: false },
  } as const
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    throw new Told('commandWrong', { what: (error as Error).message }, error)
  }
}

const read = (args: readonly string[]) => {
  const { positionals, values } = parsed(args)
  const days = Number(values.days)
  if (!Number.isInteger(days) || days < 1 || days > longestDays) throw new Told('daysWrong', { most: longestDays })
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
    return await line.question(words({ key: 'kitPassphrase', value: '' }))
  } finally {
    line.close()
  }
}

const deedOf = ({ command: [what, ...given], wish }: ReturnType<typeof read>): ((folder: DataFolder) => Promise<readonly string[]>) => {
  if (what === 'kit') {
    const deed = kitDeed(given)
    return (folder) => inHouse(folder, (context) => deed(context, words, askPassphrase))
  }
  if (what === 'tls' && given.length === 0)
    return async (folder) =>
      accountOf(renew(folder.path, wish, { hostname: hostname(), interfaces: networkInterfaces() }, new Date()), words)
  throw new Told('whichCommand', {})
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
  process.stderr.write(`${refusalIn(error, tongue)}\n`)
  process.exitCode = 1
})

// npm run server -- <command>: what is done to a server that is not running.
import { hostname, networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseConfig } from './config.ts'
import { openDataFolder } from './data-folder.ts'
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

const main = async (args: readonly string[]) => {
  const asked = read(args)
  if (asked.help) return say(help)
  if (asked.command.join(' ') !== 'tls') throw new Error('which command? tls is the one there is; --help explains it')
  const { dataFolder } = parseConfig(process.env, { dataFolder: resolve(root, 'data'), version: '' })
  const folder = openDataFolder(resolve(dataFolder))
  try {
    for (const line of accountOf(renew(folder.path, asked.wish, { hostname: hostname(), interfaces: networkInterfaces() }, new Date())))
      say(line)
  } finally {
    await folder.close()
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})

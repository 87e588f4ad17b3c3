// Where people reach this server, as its start tells them.
import type { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'
import { Told } from '../terminal.ts'

const everywhere = ['0.0.0.0', '::']

/** The address for this computer first, then those for others on its network. */
export const addresses = (
  { host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>,
  port: number,
  interfaces: ReturnType<typeof networkInterfaces>,
  scheme: 'http' | 'https' = 'http',
): readonly [string, ...string[]] => {
  if (publicUrl) return [publicUrl]
  if (!everywhere.includes(host)) return [`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`]
  const network = Object.values(interfaces).flatMap((list) => (list ?? []).filter((one) => one.family === 'IPv4' && !one.internal))
  return [`${scheme}://127.0.0.1:${port}`, ...network.map((one) => `${scheme}://${one.address}:${port}`)]
}

/** Why a port cannot be listened on, in a sentence; other errors come back as they are. */
export const explainListening = (error: unknown, { host, port }: Pick<Config, 'host' | 'port'>): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return new Told('portInUse', { port })
  if (code === 'EACCES') return new Told('portForbidden', { port })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new Told('hostForeign', { host })
  return error
}

// Where people reach this server, as its start tells them.
import type { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'

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
  if (code === 'EADDRINUSE')
    return new Error(`port ${port} is in use by another program; stop that one, or choose another port with TONGXING_PORT`)
  if (code === 'EACCES') return new Error(`port ${port} may not be used by this user; choose one above 1023 with TONGXING_PORT`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error(`TONGXING_HOST is ${host}, which is no address of this computer; use 127.0.0.1, or 0.0.0.0 for the whole network`)
  return error
}

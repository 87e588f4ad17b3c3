// The demonstration's study, as data. Its arms are allocated by the server, its true effect is what the simulator puts in.
import { readFile } from 'node:fs/promises'
import { type Protocol, protocolSchema } from '@tongxing/instruments'

export const readProtocol = async (): Promise<Protocol> =>
  protocolSchema.parse(JSON.parse(await readFile(new URL('./protocol.json', import.meta.url), 'utf8')))

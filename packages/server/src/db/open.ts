// The database of a configuration: the server that DATABASE_URL names, or the embedded one, which is started for it.
import type { Config } from '../config.ts'
import { type Administrator, administratorOf, administratorOfEmbedded } from './administrator.ts'
import { startEmbedded } from './embedded/start.ts'

export type Reached = { readonly administrator: Administrator; readonly close: () => Promise<void> }

export const reachDatabase = async (config: Config, log: (line: string) => void): Promise<Reached> => {
  if (config.databaseUrl) return { administrator: administratorOf(config.databaseUrl), close: async () => {} }
  const embedded = await startEmbedded({ dataFolder: config.dataFolder, log })
  return { administrator: administratorOfEmbedded(embedded.connection), close: () => embedded.stop() }
}

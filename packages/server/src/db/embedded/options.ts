import type { Binaries } from './binaries.ts'
import type { Home } from './home.ts'

export type Log = (sentence: string) => void

export type PostmasterOptions = {
  readonly home: Home
  readonly binaries: Binaries
  readonly password: string
  readonly settings: Readonly<Record<string, string>>
  readonly logFile: string
  readonly log: Log
}

export const superuser = 'postgres'
export const address = '127.0.0.1'

/** Fast shutdown first: open transactions are rolled back and everything is written. The harder signals follow a long silence only. */
export const shutdown = [
  ['SIGINT', 60_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
] as const

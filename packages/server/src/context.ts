// What a route is given: the database, the settings, and everything that is not a pure function of its input.
import type { Library } from '@tongxing/instruments/library'
import type { Config } from './config.ts'
import type { Database } from './db/connect.ts'

export type Context = {
  readonly db: Database
  readonly config: Config
  /** Everything in the database is made up, and every page says so. */
  readonly simulated: boolean
  readonly library: Library
  readonly clock: () => Date
  /** A new time-ordered id (UUID version 7, RFC 9562). */
  readonly ids: () => string
  readonly random: (bytes: number) => Buffer
  readonly secrets: { readonly codePepper: Buffer; readonly totpKey: Buffer; readonly sheetKey: Buffer; readonly kitKey: Buffer }
}

/** Each is made when it is first asked for, and kept in the data folder. */
export const secretsOf = (secret: (name: string) => Buffer): Context['secrets'] => ({
  codePepper: secret('code-pepper'),
  totpKey: secret('totp-key'),
  sheetKey: secret('sheet-key'),
  kitKey: secret('kit-key'),
})

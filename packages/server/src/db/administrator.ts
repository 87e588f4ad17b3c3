// The connection that makes the schema: of the server that DATABASE_URL names, or of the embedded one.
import type { Embedded } from './embedded/start.ts'

export type Administrator = { readonly url: string; readonly secret: string; readonly database: string }

export const administratorOf = (databaseUrl: string): Administrator => {
  const url = new URL(databaseUrl)
  return {
    url: databaseUrl,
    secret: decodeURIComponent(url.password) || databaseUrl,
    database: decodeURIComponent(url.pathname.slice(1)),
  }
}

export const administratorOfEmbedded = ({ user, password, host, port, database }: Embedded['connection']): Administrator => ({
  url: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`,
  secret: password,
  database,
})

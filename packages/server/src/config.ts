// The environment, parsed once; everything else receives this record.
import { z } from 'zod'

const port = z.coerce.number('a whole number from 0 to 65535').int('a whole number from 0 to 65535').min(0).max(65535)
const postgres = z
  .url({ protocol: /^postgres(ql)?$/, error: 'postgres://user:password@host:port/database' })
  .refine((url) => URL.canParse(url) && new URL(url).pathname.length > 1, {
    error: 'postgres://user:password@host:port/database, with the name of a database',
  })

const environment = z.object({
  DATABASE_URL: postgres.optional(),
  TONGXING_DATA: z.string().min(1).optional(),
  TONGXING_HOST: z.string().min(1).default('127.0.0.1'),
  TONGXING_PORT: port.default(3000),
  TONGXING_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'https://host' }).optional(),
  TONGXING_TLS: z.enum(['auto', 'on', 'off']).default('auto'),
  TONGXING_DEMO: z.enum(['0', '1']).default('0'),
  TONGXING_SCHOOL_CONTACT: z.string().min(1).max(200).optional(),
})

export type Config = {
  readonly databaseUrl: string | undefined
  readonly dataFolder: string
  readonly host: string
  readonly port: number
  readonly publicUrl: string | undefined
  /** auto: https as soon as the data folder holds a certificate, unless a proxy stands before the server or this is the demonstration. */
  readonly tls: 'auto' | 'on' | 'off'
  readonly demo: boolean
  readonly helpContact: string | null
  readonly version: string
}

/** Reads the settings or throws one sentence that names the variable and what it may hold. */
export const parseConfig = (
  env: Readonly<Record<string, string | undefined>>,
  defaults: { readonly dataFolder: string; readonly version: string },
): Config => {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(present)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new Error(`the environment variable ${issue.path.join('.')} is not usable, it holds: ${issue.message}`)
  }
  const value = parsed.data
  return {
    databaseUrl: value.DATABASE_URL,
    dataFolder: value.TONGXING_DATA ?? defaults.dataFolder,
    host: value.TONGXING_HOST,
    port: value.TONGXING_PORT,
    publicUrl: value.TONGXING_PUBLIC_URL?.replace(/\/+$/, ''),
    tls: value.TONGXING_TLS,
    demo: value.TONGXING_DEMO === '1',
    helpContact: value.TONGXING_SCHOOL_CONTACT ?? null,
    version: defaults.version,
  }
}

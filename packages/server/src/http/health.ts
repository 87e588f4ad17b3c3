import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { sql } from 'kysely'
import { z } from 'zod'
import { open } from '../access.ts'
import type { Context } from '../context.ts'

export const healthRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const health = z.strictObject({ status: z.literal('ready'), version: z.string() })
    app.get('/health', { config: { access: open }, schema: { response: { 200: health } } }, async () => {
      await sql`select 1`.execute(context.db)
      return { status: 'ready' as const, version: context.config.version }
    })
  }

import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import type { Context } from '../context.ts'
import { administrationRoutes } from './administration-routes.ts'
import { entranceRoutes } from './entrance-routes.ts'
import { standingRoutes, type TurnsAhead } from './standing-routes.ts'

export const accountRoutes =
  (context: Context, turnsAhead: TurnsAhead): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(entranceRoutes(context))
    await app.register(administrationRoutes(context))
    await app.register(standingRoutes(context, turnsAhead))
  }

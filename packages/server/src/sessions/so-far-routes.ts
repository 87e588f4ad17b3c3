// The pupil's page hands in what is answered so far, again and again while it is online.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { pupil, pupilActor } from '../access.ts'
import type { Context } from '../context.ts'
import { at } from '../shapes.ts'
import type { Hands } from './intake.ts'
import { sealedType, sheetLimit } from './sealing.ts'
import { readSoFar, soFarInBatches, soFarShape } from './so-far.ts'

export const soFarRoutes =
  (context: Context, hands: Hands): FastifyPluginAsyncZod =>
  async (app) => {
    const keep = soFarInBatches(context, hands)
    app.post(
      '/pupil/so-far',
      {
        config: { access: pupil },
        bodyLimit: sheetLimit,
        schema: {
          description: `a body of the type ${sealedType} is this JSON, sealed to the session's key`,
          body: soFarShape,
          response: { 201: z.strictObject({ receivedAt: at }) },
        },
      },
      async (request, reply) => {
        const actor = pupilActor(request)
        const receivedAt = await keep(actor.scope.countyId, readSoFar(context, actor, request.body))
        return reply.code(201).send({ receivedAt: receivedAt.toISOString() })
      },
    )
  }

import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { id } from '../shapes.ts'
import { classById } from '../units/queries.ts'
import { detail, detailOf, summary, summaryOf } from './board.ts'
import { requireCounsellor } from './opening.ts'
import * as queries from './queries.ts'
import { move } from './rules.ts'
import { createSession, reissueCodes } from './seating.ts'

const card = z.strictObject({ seatId: id, number: z.int(), name: z.string(), initial: z.string(), code: z.string() })
export const cards = z.strictObject({ locator: z.string(), codes: z.array(card) })

export const bySession = z.strictObject({ sessionId: id })
export const desk = { access: staff('proctor', 'administrator') }

export const sessionRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const wish = z.strictObject({ classId: id, studyId: id, wave: z.string().min(1).max(40) })
    app.post(
      '/sessions',
      { config: desk, schema: { body: wish, response: { 201: detail.extend({ codes: z.array(card) }) } } },
      async (request, reply) => {
        const actor = staffActor(request)
        const made = await inScope(context.db, actor.scope, 'app', async (trx) => {
          const { sessionId, codes } = await createSession(context, trx, actor, request.body)
          return { ...(await detailOf(trx, actor.countyId, sessionId)), codes }
        })
        return reply.code(201).send(made)
      },
    )

    app.get(
      '/classes/:classId/sessions',
      {
        config: desk,
        schema: { params: z.strictObject({ classId: id }), response: { 200: z.strictObject({ sessions: z.array(summary) }) } },
      },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          const sessions = await queries.sessionsOfClass(trx, countyId, place.id)
          const seats = Map.groupBy(
            await queries.seatsOf(
              trx,
              countyId,
              sessions.map((session) => session.id),
            ),
            (seat) => seat.sessionId,
          )
          return { sessions: sessions.map((session) => summaryOf(session, seats.get(session.id) ?? [])) }
        })
      },
    )

    app.get('/sessions/:sessionId', { config: desk, schema: { params: bySession, response: { 200: detail } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      return inScope(context.db, scope, 'app', (trx) => detailOf(trx, countyId, request.params.sessionId))
    })

    for (const verb of ['open', 'close'] as const)
      app.post(
        `/sessions/:sessionId/${verb}`,
        { config: desk, schema: { params: bySession, response: { 200: detail } } },
        async (request) => {
          const { scope, countyId } = staffActor(request)
          const { sessionId } = request.params as z.infer<typeof bySession>
          return inScope(context.db, scope, 'app', async (trx) => {
            const session = await queries.sessionById(trx, countyId, sessionId)
            if (verb === 'open') await requireCounsellor(context, trx, countyId, session)
            await queries.setSessionState(trx, countyId, sessionId, move(session.state, verb), context.clock())
            await record(trx, scope, context, [
              {
                action: verb === 'open' ? 'session.opened' : 'session.closed',
                subject: 'session',
                subjectIds: [sessionId],
                schoolId: session.schoolId,
              },
            ])
            return detailOf(trx, countyId, sessionId)
          })
        },
      )

    app.post('/sessions/:sessionId/codes', { config: desk, schema: { params: bySession, response: { 200: cards } } }, async (request) => {
      const actor = staffActor(request)
      return inScope(context.db, actor.scope, 'app', (trx) => reissueCodes(context, trx, actor, request.params.sessionId))
    })
  }

import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { at, id } from '../shapes.ts'
import { classById } from '../units/queries.ts'
import { detail, detailOf, summariesOf, summary } from './board.ts'
import type { Hands } from './intake.ts'
import * as queries from './queries.ts'
import { mostListed, move, recently, tokenDays } from './rules.ts'
import { createSession, reissueCodes } from './seating.ts'
import { secondFactors } from './second-factor.ts'
import { forgetSoFar } from './so-far-queries.ts'
import { hearUnfinished } from './unfinished.ts'

const card = z.strictObject({ seatId: id, number: z.int(), name: z.string(), initial: z.string(), code: z.string() })
export const cards = z.strictObject({ locator: z.string(), codes: z.array(card) })

export const bySession = z.strictObject({ sessionId: id })
/** When, where and by whom; what is left out is now, nowhere in particular, and whoever plans it. */
export const plan = { plannedFor: at.optional(), place: z.string().trim().max(60).optional(), proctorId: id.optional() }
export const desk = { access: staff('proctor', 'administrator') }

export const sessionRoutes =
  (context: Context, hands: Hands): FastifyPluginAsyncZod =>
  async (app) => {
    const wish = z.strictObject({
      classId: id,
      studyId: id,
      wave: z.string().min(1).max(40),
      secondFactor: z.enum(secondFactors).optional(),
      ...plan,
    })
    app.post(
      '/sessions',
      { config: desk, schema: { body: wish, response: { 201: detail.extend({ codes: z.array(card) }) } } },
      async (request, reply) => {
        const actor = staffActor(request)
        const made = await inScope(context.db, actor.scope, 'app', async (trx) => {
          const { sessionId, codes } = await createSession(context, trx, actor, request.body)
          return { ...(await detailOf(context, trx, actor.countyId, sessionId)), codes }
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
          return { sessions: await summariesOf(context, trx, countyId, sessions) }
        })
      },
    )

    app.get(
      '/sessions',
      { config: desk, schema: { response: { 200: z.strictObject({ sessions: z.array(summary) }) } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const sessions = await queries.sessionsNow(trx, countyId, recently(context.clock()), mostListed)
          return { sessions: await summariesOf(context, trx, countyId, sessions) }
        })
      },
    )

    app.get('/sessions/:sessionId', { config: desk, schema: { params: bySession, response: { 200: detail } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      return inScope(context.db, scope, 'app', (trx) => detailOf(context, trx, countyId, request.params.sessionId))
    })

    app.post('/sessions/:sessionId/close', { config: desk, schema: { params: bySession, response: { 200: detail } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      const { sessionId } = request.params
      return inScope(context.db, scope, 'app', async (trx) => {
        const { state, schoolId } = await queries.sessionById(trx, countyId, sessionId)
        const now = context.clock()
        await queries.setSessionState(trx, countyId, sessionId, move(state, 'close'), now)
        const forgottenBefore = new Date(now.getTime() - tokenDays * 86_400_000)
        const heard = await hearUnfinished(context, trx, hands, { countyId, sessionId, forgottenBefore })
        await forgetSoFar(trx, countyId, forgottenBefore)
        await record(trx, scope, context, [{ action: 'session.closed', subject: 'session', subjectIds: [sessionId], schoolId }, ...heard])
        return detailOf(context, trx, countyId, sessionId)
      })
    })

    app.post('/sessions/:sessionId/codes', { config: desk, schema: { params: bySession, response: { 200: cards } } }, async (request) => {
      const actor = staffActor(request)
      return inScope(context.db, actor.scope, 'app', (trx) => reissueCodes(context, trx, actor, request.params.sessionId))
    })
  }

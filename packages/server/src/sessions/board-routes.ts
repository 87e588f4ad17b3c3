// What a proctor does while a class answers: watch, mark who is absent, note what happened, give out a card, and count at the end.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { readNames } from '../participants/queries.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { detail, detailOf, noteKind } from './board.ts'
import { insertNote, receiptsOfSession, setAbsence } from './board-queries.ts'
import { liveStreams } from './live.ts'
import * as queries from './queries.ts'
import { bySession, cards, desk } from './routes.ts'
import { standingOf, standings } from './rules.ts'
import { addSeats, reissueCodes } from './seating.ts'
import { countsSoFar } from './so-far-queries.ts'

const bySeat = bySession.extend({ seatId: id })
const lifetime = 240 // seconds

const reconciliation = z.strictObject({
  counts: detail.shape.counts,
  missing: z.array(
    z.strictObject({
      seatId: id,
      number: z.int(),
      name: z.string(),
      state: z.enum(standings),
      soFar: z.strictObject({ answered: z.int(), asked: z.int() }).nullable().describe('how many answers were received; never which'),
    }),
  ),
  receipts: z.array(z.strictObject({ seatId: id, number: z.int(), submissionId: id, bodyHash: z.string(), receivedAt: at })),
})
const note = z.strictObject({ seatId: id.nullable(), kind: noteKind, words: z.string().trim().max(300) })

export const boardRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const stream = liveStreams(app)

    app.get(
      '/sessions/:sessionId/events',
      {
        config: desk,
        schema: {
          params: bySession,
          querystring: z.strictObject({ seconds: z.coerce.number().int().min(0).max(lifetime).default(lifetime) }),
          response: { 200: z.string().describe('text/event-stream: the session as GET /sessions/{sessionId} has it, on every change') },
        },
      },
      async (request, reply) => {
        const look = async () => {
          const { scope, countyId } = await request.staffNow()
          return detail.parse(await inScope(context.db, scope, 'app', (trx) => detailOf(context, trx, countyId, request.params.sessionId))) // nothing unpromised (SEC-07)
        }
        await look() // what may not be seen is refused before the stream begins
        await stream(reply, look, request.query.seconds * 1000)
      },
    )

    app.post('/sessions/:sessionId/seats', { config: desk, schema: { params: bySession, response: { 200: cards } } }, async (request) => {
      const actor = staffActor(request)
      return inScope(context.db, actor.scope, 'app', (trx) => addSeats(context, trx, actor, request.params.sessionId))
    })

    app.post(
      '/sessions/:sessionId/seats/:seatId/code',
      { config: desk, schema: { params: bySeat, response: { 200: cards } } },
      async (request) => {
        const actor = staffActor(request)
        const { sessionId, seatId } = request.params
        return inScope(context.db, actor.scope, 'app', (trx) => reissueCodes(context, trx, actor, sessionId, seatId))
      },
    )

    app.post(
      '/sessions/:sessionId/seats/:seatId/absence',
      {
        config: desk,
        schema: {
          params: bySeat,
          body: z.strictObject({ absence: z.enum(['absent', 'declined']).nullable() }),
          response: { 200: detail },
        },
      },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const { sessionId, seatId } = request.params
        return inScope(context.db, scope, 'app', async (trx) => {
          const { schoolId } = await queries.sessionById(trx, countyId, sessionId)
          const { absence } = request.body
          await setAbsence(trx, countyId, sessionId, seatId, absence)
          await record(trx, scope, context, [
            { action: 'seat.marked', subject: 'seat', subjectIds: [seatId], schoolId, details: { absence } },
          ])
          return detailOf(context, trx, countyId, sessionId)
        })
      },
    )

    app.post(
      '/sessions/:sessionId/notes',
      { config: desk, schema: { params: bySession, body: note, response: { 201: detail } } },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { sessionId } = request.params
        const noted = await inScope(context.db, scope, 'app', async (trx) => {
          const session = await queries.sessionById(trx, countyId, sessionId)
          const seats = await queries.seatsOf(trx, countyId, [sessionId])
          const { seatId } = request.body
          if (seatId !== null && !seats.some((seat) => seat.id === seatId)) throw new Problem('session.seat-not-found')
          const noteId = context.ids()
          await insertNote(trx, countyId, session, { ...request.body, id: noteId, notedBy: accountId, notedAt: context.clock() })
          await record(trx, scope, context, [
            { action: 'session.note-added', subject: 'session', subjectIds: [sessionId], schoolId: session.schoolId },
          ])
          return detailOf(context, trx, countyId, sessionId)
        })
        return reply.code(201).send(noted)
      },
    )

    app.get(
      '/sessions/:sessionId/reconciliation',
      { config: desk, schema: { params: bySession, response: { 200: reconciliation } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const { sessionId } = request.params
        return inScope(context.db, scope, 'app', async (trx) => {
          const { schoolId } = await queries.sessionById(trx, countyId, sessionId)
          const { counts } = await detailOf(context, trx, countyId, sessionId)
          const seats = await queries.seatsOf(trx, countyId, [sessionId])
          const missing = seats.filter((seat) => ['not-started', 'started', 'held'].includes(standingOf(seat)))
          const names = await readNames(trx, scope, context, {
            schoolId,
            participantIds: missing.map((seat) => seat.participantId),
            reason: 'reconciliation of a session',
          })
          const soFar = await countsSoFar(
            trx,
            countyId,
            missing.map((seat) => seat.id),
          )
          const receipts = await receiptsOfSession(trx, countyId, sessionId)
          return {
            counts,
            missing: missing.map((seat) => ({
              seatId: seat.id,
              number: seat.number,
              name: names.get(seat.participantId)?.name ?? '',
              state: standingOf(seat),
              soFar: soFar.get(seat.id) ?? null,
            })),
            receipts: receipts.map(({ receivedAt, ...receipt }) => ({ ...receipt, receivedAt: receivedAt.toISOString() })),
          }
        })
      },
    )
  }

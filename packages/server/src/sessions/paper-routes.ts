// A pupil who answered on paper: forms to print, two blind readings by two people, and a decision where they differ.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import { consentedFor } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import type { Hands } from './intake.ts'
import { sheetNumber } from './paper.ts'
import { comparedSeat, decideSheet } from './paper-decision.ts'
import { answer, conflicts, conflictsOut, deskOf, desk as deskShape } from './paper-desk.ts'
import { type Desk, enterSheet, openDesk } from './paper-entry.ts'
import { paperForms } from './paper-forms.ts'
import { conflictsOf, receiptOfSubmission } from './paper-queries.ts'
import { seatsOf, sessionById } from './queries.ts'
import { bySession, desk } from './routes.ts'
import { answersShape, submissionShape } from './submission.ts'

const bySeat = bySession.extend({ seatId: id })
const reading = z.strictObject({
  answeredOn: z.iso.date().describe('the day on which the pupil wrote'),
  language: submissionShape.shape.language,
  sheets: z.array(answersShape).max(20),
})
const entered = conflicts.omit({ mine: true }).extend({
  turn: z.union([z.literal(1), z.literal(2)]),
  receipt: z.strictObject({ submissionId: id, bodyHash: z.string(), receivedAt: at }),
})
const seatNumbers = z
  .string()
  .regex(/^\d{1,3}(,\d{1,3}){0,199}$/)
  .transform((list) => list.split(',').map(Number))
const decision = z.strictObject({
  decisions: z
    .array(z.strictObject({ conflictId: id, answer }))
    .min(1)
    .max(1000),
  basis: z.enum(['third-person', 'paper']),
  reason: z.string().trim().min(2).max(300),
})

// a form is printed as it is: its styles within itself and nothing else
const formSecurity = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-modals"

/** A form for everybody who has not handed in, has not said no, and may be asked today. */
const toPrint = async (trx: Trx, countyId: string, seats: Awaited<ReturnType<typeof seatsOf>>) => {
  const participantIds = seats.map(({ participantId }) => participantId)
  const consented = await consentedFor(trx, countyId, 'screening', participantIds)
  const awaited = ({ state, absence }: (typeof seats)[number]) => state !== 'submitted' && state !== 'stopped' && absence !== 'declined'
  return seats.filter((seat) => awaited(seat) && consented.has(seat.participantId))
}

/** A look at what a pupil answered, by whom and of which seat, is recorded with the look (SAF-20). */
const compared = async ({ context, trx, actor, session, seat }: Desk) => {
  const found = await comparedSeat({ trx, actor, seat })
  await record(trx, actor.scope, context, [
    { action: 'paper.compared', subject: 'submission', subjectIds: [found.first.submissionId], schoolId: seat.schoolId },
  ])
  return {
    sheetNumber: sheetNumber(session.locator, seat.number),
    mine: [found.first, found.second].some(({ enteredBy }) => enteredBy === actor.accountId),
    conflicts: await conflictsOut(context, trx, found.conflicts),
  }
}

export const paperRoutes =
  (context: Context, hands: Hands): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/sessions/:sessionId/paper',
      { config: desk, schema: { params: bySession, response: { 200: deskShape } } },
      async (request) => {
        const actor = staffActor(request)
        return inScope(context.db, actor.scope, 'app', (trx) => deskOf(trx, actor, request.params.sessionId))
      },
    )

    const wanted = z.strictObject({
      language: z.string().min(2).max(20).default('zh-CN'),
      seats: seatNumbers.optional().describe('numbers of seats, such as 3,7; without it every seat that has not handed in'),
    })
    app.get(
      '/sessions/:sessionId/paper/forms',
      { config: desk, schema: { params: bySession, querystring: wanted } },
      async (request, reply) => {
        const { scope, countyId } = staffActor(request)
        const page = await inScope(context.db, scope, 'app', async (trx) => {
          const session = await sessionById(trx, countyId, request.params.sessionId)
          const { language, seats } = request.query
          const left = await toPrint(trx, countyId, await seatsOf(trx, countyId, [session.id]))
          const chosen = left.filter(({ number }) => seats === undefined || seats.includes(number))
          if (seats && chosen.length === 0) throw new Problem('paper.nobody-to-print')
          return paperForms(context, session, chosen, language)
        })
        return reply.type('text/html; charset=utf-8').header('content-security-policy', formSecurity).send(page)
      },
    )

    app.post(
      '/sessions/:sessionId/seats/:seatId/paper',
      { config: desk, bodyLimit: 40_000, schema: { params: bySeat, body: reading, response: { 201: entered } } },
      async (request, reply) => {
        const actor = staffActor(request)
        const made = await inScope(context.db, actor.scope, 'app', async (trx) => {
          const place = await openDesk(context, trx, actor, hands, request.params)
          const { submissionId, turn } = await enterSheet(place, request.body)
          const { receivedAt, ...receipt } = await receiptOfSubmission(trx, actor.countyId, submissionId)
          const found = turn === 2 ? await conflictsOf(trx, actor.countyId, [submissionId]) : []
          return {
            turn,
            sheetNumber: sheetNumber(place.session.locator, place.seat.number),
            receipt: { ...receipt, receivedAt: receivedAt.toISOString() },
            conflicts: await conflictsOut(context, trx, found),
          }
        })
        return reply.code(201).send(made)
      },
    )

    app.get(
      '/sessions/:sessionId/seats/:seatId/paper',
      { config: desk, schema: { params: bySeat, response: { 200: conflicts } } },
      async (request) => {
        const actor = staffActor(request)
        return inScope(context.db, actor.scope, 'app', async (trx) => compared(await openDesk(context, trx, actor, hands, request.params)))
      },
    )

    app.post(
      '/sessions/:sessionId/seats/:seatId/paper/decisions',
      { config: desk, schema: { params: bySeat, body: decision, response: { 201: conflicts } } },
      async (request, reply) => {
        const actor = staffActor(request)
        const made = await inScope(context.db, actor.scope, 'app', async (trx) => {
          const place = await openDesk(context, trx, actor, hands, request.params)
          await decideSheet(place, request.body)
          return compared(place)
        })
        return reply.code(201).send(made)
      },
    )
  }

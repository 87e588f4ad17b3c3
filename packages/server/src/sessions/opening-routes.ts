// Planning a session's hour, place and proctor, and opening it: every condition can be looked at before it is enforced.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { onDuty, onDutyOut } from '../duty/routes.ts'
import { participantsOfClass, readNames } from '../participants/queries.ts'
import { ageOn } from '../participants/rules.ts'
import { id } from '../shapes.ts'
import { detail, detailOf } from './board.ts'
import { type Conditions, conditionsOf, confirmations, definitionsOf, exceeds, neededConfirmations, requireOpenable } from './opening.ts'
import { askAgainDays, fits } from './opening-rules.ts'
import { replan } from './planning.ts'
import * as queries from './queries.ts'
import { bySession, desk, plan } from './routes.ts'
import { move } from './rules.ts'

const conditions = z.strictObject({
  seats: z.int(),
  risk: z.boolean().describe('whether a question of risk is asked, so that somebody has to be on duty'),
  unlicensed: z.array(z.string()).describe('instruments without a recorded permission'),
  duty: z.strictObject({ day: z.iso.date(), owner: onDuty.nullable(), deputy: onDuty.nullable() }),
  outside: z
    .array(z.strictObject({ instrument: z.string(), ages: z.string(), pupils: z.int(), seated: z.int() }))
    .describe('instruments for whose ages some pupils of the class are too young or too old; seated: of them with a seat'),
  again: z.strictObject({ days: z.int(), instruments: z.array(z.strictObject({ instrument: z.string(), pupils: z.int() })) }),
  load: z.strictObject({
    expected: z.int().nullable(),
    expectedToday: z.int().nullable(),
    otherSessions: z.int(),
    perDay: z.int(),
    stated: z.boolean(),
    exceeds: z.boolean(),
  }),
  confirm: z.array(z.enum(confirmations)),
  page: z.string().nullable().describe('the script of the staff pages as they are handed out now; another one is older'),
})

const conditionsOut = (found: Conditions, page: string | null): z.infer<typeof conditions> => ({
  seats: found.seats,
  risk: found.risk,
  unlicensed: found.unlicensed,
  duty: { day: found.duty.day, owner: onDutyOut(found.duty.owner, found.now), deputy: onDutyOut(found.duty.deputy, found.now) },
  outside: found.outside,
  again: { days: askAgainDays, instruments: found.again },
  load: { ...found.load, exceeds: exceeds(found) },
  confirm: [...neededConfirmations(found)],
  page,
})

const leftOut = z.strictObject({
  pupils: z.array(z.strictObject({ participantId: id, name: z.string(), age: z.int(), instruments: z.array(z.string()) })),
})

export const openingRoutes =
  (context: Context, page: string | null): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/sessions/:sessionId/opening',
      { config: desk, schema: { params: bySession, response: { 200: conditions } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const session = await queries.sessionById(trx, countyId, request.params.sessionId)
          return conditionsOut(await conditionsOf(context, trx, countyId, session), page)
        })
      },
    )

    const confirmed = z.strictObject({ confirmed: z.array(z.enum(confirmations)).max(confirmations.length) })
    app.post(
      '/sessions/:sessionId/open',
      { config: desk, schema: { params: bySession, body: confirmed.nullish(), response: { 200: detail } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const { sessionId } = request.params
        return inScope(context.db, scope, 'app', async (trx) => {
          const session = await queries.sessionById(trx, countyId, sessionId)
          const state = move(session.state, 'open')
          const found = await conditionsOf(context, trx, countyId, session)
          requireOpenable(found, request.body?.confirmed ?? [])
          await queries.setSessionState(trx, countyId, sessionId, state, context.clock())
          const needed = neededConfirmations(found)
          await record(trx, scope, context, [
            {
              action: 'session.opened',
              subject: 'session',
              subjectIds: [sessionId],
              schoolId: session.schoolId,
              ...(needed.length > 0 && { details: { confirmed: needed.join(' ') } }),
            },
          ])
          return detailOf(context, trx, countyId, sessionId)
        })
      },
    )

    app.post(
      '/sessions/:sessionId/plan',
      { config: desk, schema: { params: bySession, body: z.strictObject(plan), response: { 200: detail } } },
      async (request) => {
        const actor = staffActor(request)
        const { sessionId } = request.params
        return inScope(context.db, actor.scope, 'app', async (trx) => {
          await replan(context, trx, actor, sessionId, request.body)
          return detailOf(context, trx, actor.countyId, sessionId)
        })
      },
    )

    // everybody outside the ages, with consent or without: the list gives no refusal away (PRIV-04)
    app.get(
      '/sessions/:sessionId/left-out',
      { config: desk, schema: { params: bySession, response: { 200: leftOut } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const session = await queries.sessionById(trx, countyId, request.params.sessionId)
          const day = session.openedAt ?? session.plannedFor
          const battery = definitionsOf(context, session.battery)
          const found = (await participantsOfClass(trx, countyId, session.classId)).flatMap(({ id: participantId, birthMonth }) => {
            const instruments = battery.flatMap((one) => (fits(one, birthMonth, day) ? [] : [one.acronym]))
            return instruments.length === 0 ? [] : [{ participantId, age: ageOn(birthMonth, day), instruments }]
          })
          const names = await readNames(trx, scope, context, {
            schoolId: session.schoolId,
            participantIds: found.map(({ participantId }) => participantId),
            reason: 'pupils outside the ages of a session',
          })
          return { pupils: found.map((one) => ({ ...one, name: names.get(one.participantId)?.name ?? '' })) }
        })
      },
    )
  }

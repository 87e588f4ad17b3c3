import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { type StaffActor, staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import { guardianDecisions } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { requireInstrument, requirePermitted } from '../library/rules.ts'
import { participantsOfClass, readNames } from '../participants/queries.ts'
import { initialOf } from '../participants/rules.ts'
import { Problem } from '../problem.ts'
import { at, battery, id } from '../shapes.ts'
import { schoolsOfStudy, studyById } from '../studies/queries.ts'
import { classById } from '../units/queries.ts'
import { hashCode, newCode, newLocator } from './codes.ts'
import * as queries from './queries.ts'
import { move } from './rules.ts'

const state = z.enum(['planned', 'open', 'closed'])
const seatState = z.enum(['not-started', 'started', 'submitted', 'stopped'])
const counts = z.strictObject({ seats: z.int(), notStarted: z.int(), started: z.int(), submitted: z.int(), stopped: z.int() })
const summary = z.strictObject({
  id,
  classId: id,
  className: z.string(),
  schoolName: z.string(),
  studyId: id,
  wave: z.string(),
  locator: z.string(),
  state,
  openedAt: at.nullable(),
  closedAt: at.nullable(),
  counts,
})
const detail = summary.extend({
  seats: z.array(z.strictObject({ seatId: id, number: z.int(), initial: z.string().nullable(), state: seatState })),
  battery,
})
const card = z.strictObject({ seatId: id, number: z.int(), name: z.string(), initial: z.string(), code: z.string() })
const cards = z.strictObject({ locator: z.string(), codes: z.array(card) })

const bySession = z.strictObject({ sessionId: id })
const desk = { access: staff('proctor', 'administrator') }

type Seat = Awaited<ReturnType<typeof queries.seatsOf>>[number]

const countsOf = (seats: readonly Seat[]) => {
  const inState = (wanted: Seat['state']) => seats.filter((seat) => seat.state === wanted).length
  return {
    seats: seats.length,
    notStarted: inState('not-started'),
    started: inState('started'),
    submitted: inState('submitted'),
    stopped: inState('stopped'),
  }
}

const summaryOf = (session: queries.Session, seats: readonly Seat[]): z.infer<typeof summary> => ({
  id: session.id,
  classId: session.classId,
  className: session.className,
  schoolName: session.schoolName,
  studyId: session.studyId,
  wave: session.wave,
  locator: session.locator,
  state: session.state,
  openedAt: session.openedAt?.toISOString() ?? null,
  closedAt: session.closedAt?.toISOString() ?? null,
  counts: countsOf(seats),
})

const detailOf = async (trx: Trx, countyId: string, sessionId: string): Promise<z.infer<typeof detail>> => {
  const session = await queries.sessionById(trx, countyId, sessionId)
  const seats = await queries.seatsOf(trx, countyId, [sessionId])
  return {
    ...summaryOf(session, seats),
    seats: seats.map((seat) => ({ seatId: seat.id, number: seat.number, initial: seat.initial, state: seat.state })),
    battery: [...session.battery],
  }
}

const distinctCodes = (context: Context, count: number): string[] => {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(newCode(context.random))
  return [...codes]
}

type Wish = { readonly classId: string; readonly studyId: string; readonly wave: string }

const planned = async (context: Context, trx: Trx, { scope, countyId }: StaffActor, wish: Wish) => {
  const place = await classById(trx, countyId, scope.schoolIds, wish.classId)
  const { protocol } = await studyById(trx, countyId, wish.studyId)
  const wave = protocol.waves.find((candidate) => candidate.id === wish.wave)
  if (!wave) throw new Problem('study.wave-unknown', { wave: wish.wave, allowed: protocol.waves.map((known) => known.id).join(', ') })
  for (const { instrument, version } of wave.battery) requirePermitted(requireInstrument(context.library, instrument, version))
  const inStudy = (await schoolsOfStudy(trx, countyId, wish.studyId)).some((school) => school.schoolId === place.schoolId)
  if (!inStudy) throw new Problem('study.school-not-in')
  const roster = await participantsOfClass(trx, countyId, place.id)
  const decisions = await guardianDecisions(
    trx,
    countyId,
    'screening',
    roster.map((p) => p.id),
  )
  const seated = roster.filter((p) => decisions.get(p.id) === 'given')
  if (seated.length === 0) throw new Problem('session.no-seats', { withoutConsent: roster.length })
  return { place, battery: wave.battery, participantIds: seated.map((p) => p.id) }
}

/** Makes a session with a seat for each pupil whose guardian consented, and its codes, which are told this once. */
const createSession = async (context: Context, trx: Trx, actor: StaffActor, wish: Wish) => {
  const { scope, countyId, accountId } = actor
  const plan = await planned(context, trx, actor, wish)
  const { schoolId } = plan.place
  const names = await readNames(trx, scope, context, { schoolId, participantIds: plan.participantIds, reason: 'seat cards of a session' })
  const sessionId = context.ids()
  const codes = distinctCodes(context, plan.participantIds.length)
  const seats = plan.participantIds.map((participantId, position) => {
    const name = names.get(participantId)?.name ?? ''
    return {
      id: context.ids(),
      participantId,
      number: position + 1,
      name,
      initial: initialOf(name),
      code: codes[position]!,
      codeHash: hashCode(context.secrets.codePepper, sessionId, codes[position]!),
    }
  })
  const session = {
    id: sessionId,
    schoolId,
    classId: plan.place.id,
    studyId: wish.studyId,
    wave: wish.wave,
    locator: await queries.reserveLocator(trx, { countyId, schoolId, sessionId }, () => newLocator(context.random)),
    battery: plan.battery,
    createdBy: accountId,
  }
  await queries.insertSession(trx, countyId, session, seats, context.clock())
  await record(trx, scope, context, [
    { action: 'session.created', subject: 'session', subjectIds: [sessionId], schoolId, details: { seats: seats.length, wave: wish.wave } },
  ])
  return { sessionId, codes: seats.map(({ id: seatId, number, name, initial, code }) => ({ seatId, number, name, initial, code })) }
}

const reissueCodes = async (
  context: Context,
  trx: Trx,
  { scope, countyId }: StaffActor,
  sessionId: string,
): Promise<z.infer<typeof cards>> => {
  const session = await queries.sessionById(trx, countyId, sessionId)
  if (session.state === 'closed') throw new Problem('session.codes-not-possible')
  const open = (await queries.seatsOf(trx, countyId, [sessionId])).filter(
    (seat) => seat.state === 'not-started' || seat.state === 'started',
  )
  const codes = distinctCodes(context, open.length)
  const names = await readNames(trx, scope, context, {
    schoolId: session.schoolId,
    participantIds: open.map((seat) => seat.participantId),
    reason: 'seat cards of a session',
  })
  await queries.setSeatCodes(
    trx,
    countyId,
    sessionId,
    open.map((seat, position) => ({ seatId: seat.id, codeHash: hashCode(context.secrets.codePepper, sessionId, codes[position]!) })),
  )
  await record(trx, scope, context, [
    {
      action: 'session.codes-issued',
      subject: 'session',
      subjectIds: [sessionId],
      schoolId: session.schoolId,
      details: { seats: open.length },
    },
  ])
  const told = open.map((seat, position) => {
    const name = names.get(seat.participantId)?.name ?? ''
    return { seatId: seat.id, number: seat.number, name, initial: initialOf(name), code: codes[position]! }
  })
  return { locator: session.locator, codes: told }
}

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

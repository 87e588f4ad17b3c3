// The duty rota of a school, the trial alerts that prove it, and the school's capacity (SAF-04, SAF-08, SAF-17).
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { holdersOf } from '../accounts/grants.ts'
import { displayNames } from '../accounts/queries.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { asIdentity, inScope, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { daysFrom } from './day.ts'
import * as queries from './queries.ts'
import { provenDays, requireTurn, turnOn } from './rules.ts'
import { capacityOf, counsellorsOf, dutyOf, type OnDuty } from './standing.ts'

const daysShown = 14

const person = z.strictObject({ accountId: id, displayName: z.string() })
export const onDuty = person.extend({ proven: z.boolean(), provenUntil: at.nullable(), waitingSince: at.nullable() })
const onDay = z.strictObject({ day: z.iso.date(), owner: person.nullable(), deputy: person.nullable() })
const rota = z.strictObject({
  today: z.strictObject({ day: z.iso.date(), owner: onDuty.nullable(), deputy: onDuty.nullable() }),
  days: z.array(onDay),
  counsellors: z.array(person),
  capacity: z.strictObject({ perDay: z.int(), stated: z.boolean() }),
  provenDays: z.int(),
})

export const onDutyOut = (one: OnDuty | null, now: Date): z.infer<typeof onDuty> | null =>
  one && {
    accountId: one.accountId,
    displayName: one.displayName,
    proven: one.provenUntil !== null && one.provenUntil > now,
    provenUntil: one.provenUntil?.toISOString() ?? null,
    waitingSince: one.waitingSince?.toISOString() ?? null,
  }

const rotaOf = async (trx: Trx, countyId: string, schoolId: string, now: Date): Promise<z.infer<typeof rota>> => {
  const today = await dutyOf(trx, countyId, schoolId, now)
  const counsellors = (await counsellorsOf(trx, countyId, schoolId)).map(({ accountId, displayName }) => ({ accountId, displayName }))
  const turns = await queries.turnsFrom(trx, countyId, schoolId, today.day)
  const who = (accountId: string | undefined) => counsellors.find((one) => one.accountId === accountId) ?? null
  const days = daysFrom(today.day, daysShown).map((day) => {
    const turn = turnOn(turns, day)
    return { day, owner: who(turn?.ownerId), deputy: who(turn?.deputyId) }
  })
  const capacity = await capacityOf(trx, countyId, schoolId)
  return {
    today: { day: today.day, owner: onDutyOut(today.owner, now), deputy: onDutyOut(today.deputy, now) },
    days,
    counsellors,
    capacity,
    provenDays,
  }
}

const bySchool = z.strictObject({ schoolId: id })
const reader = { access: staff('administrator', 'principal', 'counsellor', 'proctor') }
const keeper = { access: staff('administrator', 'principal') }
const caller = { access: staff('administrator', 'principal', 'proctor') }
const desk = { access: staff('administrator', 'proctor') }
const counsellor = { access: staff('counsellor') }

const requireSchool = (schoolIds: readonly string[], schoolId: string) => {
  if (!schoolIds.includes(schoolId)) throw new Problem('unit.not-found')
}

export const dutyRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/schools/:schoolId/duty', { config: reader, schema: { params: bySchool, response: { 200: rota } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      const { schoolId } = request.params
      requireSchool(scope.schoolIds, schoolId)
      return inScope(context.db, scope, 'app', (trx) => rotaOf(trx, countyId, schoolId, context.clock()))
    })

    const turn = z.strictObject({ fromDay: z.iso.date(), toDay: z.iso.date(), ownerId: id, deputyId: id })
    app.post(
      '/schools/:schoolId/duty',
      { config: keeper, schema: { params: bySchool, body: turn, response: { 200: rota } } },
      async (request) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { schoolId } = request.params
        requireSchool(scope.schoolIds, schoolId)
        const made = { id: context.ids(), schoolId, by: accountId, at: context.clock() }
        return inScope(context.db, scope, 'app', async (trx) => {
          requireTurn(request.body, await counsellorsOf(trx, countyId, schoolId))
          await queries.insertTurn(trx, countyId, request.body, made)
          const { fromDay, toDay, ownerId, deputyId } = request.body
          await record(trx, scope, context, [
            { action: 'duty.set', subject: 'account', subjectIds: [ownerId, deputyId], schoolId, details: { fromDay, toDay } },
          ])
          return rotaOf(trx, countyId, schoolId, made.at)
        })
      },
    )

    const capacity = z.strictObject({ perDay: z.int().min(0).max(500) })
    app.post(
      '/schools/:schoolId/capacity',
      { config: keeper, schema: { params: bySchool, body: capacity, response: { 200: rota } } },
      async (request) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { schoolId } = request.params
        const { perDay } = request.body
        requireSchool(scope.schoolIds, schoolId)
        const made = { id: context.ids(), schoolId, by: accountId, at: context.clock() }
        return inScope(context.db, scope, 'app', async (trx) => {
          await queries.insertCapacity(trx, countyId, perDay, made)
          await record(trx, scope, context, [
            { action: 'capacity.stated', subject: 'unit', subjectIds: [schoolId], schoolId, details: { perDay } },
          ])
          return rotaOf(trx, countyId, schoolId, made.at)
        })
      },
    )

    app.post(
      '/schools/:schoolId/trial-alerts',
      { config: caller, schema: { params: bySchool, response: { 200: rota } } },
      async (request) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { schoolId } = request.params
        requireSchool(scope.schoolIds, schoolId)
        return inScope(context.db, scope, 'app', async (trx) => {
          const now = context.clock()
          const { day, owner, deputy } = await dutyOf(trx, countyId, schoolId, now)
          const called = [owner, deputy].flatMap((one) => (one ? [one] : []))
          if (called.length === 0) throw new Problem('duty.nobody', { day })
          const silent = called.filter(({ waitingSince }) => waitingSince === null)
          const trials = silent.map((one) => ({ id: context.ids(), schoolId, accountId: one.accountId }))
          if (trials.length > 0) await queries.insertTrials(trx, countyId, trials, accountId, now)
          await record(
            trx,
            scope,
            context,
            trials.map((trial) => ({ action: 'trial-alert.sent' as const, subject: 'account', subjectIds: [trial.accountId], schoolId })),
          )
          return rotaOf(trx, countyId, schoolId, now)
        })
      },
    )

    const waiting = z.strictObject({
      alerts: z.array(z.strictObject({ id, schoolName: z.string(), sentBy: z.string(), sentAt: at })),
    })
    app.get('/trial-alerts', { config: counsellor, schema: { response: { 200: waiting } } }, async (request) => {
      const { scope, countyId, accountId } = staffActor(request)
      return inScope(context.db, scope, 'app', async (trx) => {
        const found = await queries.waitingTrials(trx, countyId, accountId)
        const names = await displayNames(
          trx,
          found.map(({ sentBy }) => sentBy),
        )
        return {
          alerts: found.map(({ id: alertId, schoolName, sentBy, sentAt }) => ({
            id: alertId,
            schoolName,
            sentBy: names.get(sentBy) ?? '',
            sentAt: sentAt.toISOString(),
          })),
        }
      })
    })

    app.post(
      '/trial-alerts/confirm',
      {
        config: counsellor,
        schema: {
          body: z.strictObject({ alertIds: z.array(id).min(1).max(500) }),
          response: { 200: z.strictObject({ confirmed: z.int() }) },
        },
      },
      async (request) => {
        const { scope, countyId, accountId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const confirmed = await queries.confirmTrials(trx, countyId, accountId, request.body.alertIds, context.clock())
          await record(
            trx,
            scope,
            context,
            confirmed.map(({ schoolId }) => ({
              action: 'trial-alert.confirmed' as const,
              subject: 'account',
              subjectIds: [accountId],
              schoolId,
            })),
          )
          return { confirmed: confirmed.length }
        })
      },
    )

    const proctors = z.strictObject({ proctors: z.array(person) })
    app.get('/schools/:schoolId/proctors', { config: desk, schema: { params: bySchool, response: { 200: proctors } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      const { schoolId } = request.params
      requireSchool(scope.schoolIds, schoolId)
      const holders = await inScope(context.db, scope, 'app', (trx) =>
        asIdentity(trx, () => holdersOf(trx, countyId, ['proctor', 'administrator'], schoolId)),
      )
      const once = new Map(holders.map(({ accountId, displayName }) => [accountId, { accountId, displayName }]))
      return { proctors: [...once.values()] }
    })
  }

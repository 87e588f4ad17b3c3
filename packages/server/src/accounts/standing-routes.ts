// For administrators: an account that ends, comes back, or begins anew because its phone or password was lost.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { type StaffActor, staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { empty, id } from '../shapes.ts'
import { accountShape, linkTo, listAccounts, reachedAccount } from './administration-routes.ts'
import { accountsOfCounty } from './queries.ts'
import * as entrance from './sign-in.ts'
import * as standing from './standing.ts'

const shownNames = 5

/**
 * Nobody ends the own account, and of two administrators who end each other at once the second has lost the right to: so one always stays.
 * The account that is acted on, as it is now that no other administrator acts.
 */
const takeInHand = async (trx: Trx, actor: StaffActor, accountId: string) => {
  if (actor.accountId === accountId) throw new Problem('account.not-oneself')
  const administrators = await standing.lockAdministrators(trx, actor.countyId)
  if (!administrators.includes(actor.accountId)) throw new Problem('account.sign-in-needed')
  return reachedAccount(trx, actor, accountId)
}

const named = (all: readonly string[]) => [...all.slice(0, shownNames), ...(all.length > shownNames ? ['…'] : [])].join('、')

/** Where and on which days the rota has a person, from a moment on, for people to read. */
export type TurnsAhead = (trx: Trx, countyId: string, accountId: string, from: Date) => Promise<readonly string[]>
type Ending = { readonly countyId: string; readonly accountId: string; readonly now: Date }

/** What is left without somebody when this account ends: schools without a counsellor, days of a rota without its person. */
const requireNotNeeded = async (trx: Trx, { countyId, accountId, now }: Ending, turnsAhead: TurnsAhead) => {
  const schools = await standing.schoolsLeftWithout(trx, countyId, accountId, 'counsellor')
  const turns = await turnsAhead(trx, countyId, accountId, now)
  const [count, names, days] = [schools.length, named(schools), named(turns)]
  if (count > 0 && turns.length > 0) throw new Problem('account.last-counsellor-on-duty', { count, schools: names, days })
  if (count > 0) throw new Problem('account.last-counsellor', { count, schools: names })
  if (turns.length > 0) throw new Problem('account.on-duty', { days })
}

export const standingRoutes =
  (context: Context, turnsAhead: TurnsAhead): FastifyPluginAsyncZod =>
  async (app) => {
    const access = { access: staff('administrator') }
    const params = z.strictObject({ accountId: id })
    const changed = async (trx: Trx, { countyId }: StaffActor, accountId: string) =>
      listAccounts(await accountsOfCounty(trx, countyId)).find((one) => one.id === accountId)! // it was reached

    const disabling = z.strictObject({
      accepted: z
        .boolean()
        .default(false)
        .describe('true: also where schools are left without a counsellor, or days of a rota without their person'),
    })
    app.post(
      '/accounts/:accountId/disable',
      { config: access, schema: { params, body: disabling, response: { 200: accountShape } } },
      async (request) => {
        const actor = staffActor(request)
        const { countyId, scope } = actor
        const { accountId } = request.params
        return inScope(context.db, scope, 'identity', async (trx) => {
          const { state } = await takeInHand(trx, actor, accountId)
          if (state === 'active' && !request.body.accepted)
            await requireNotNeeded(trx, { countyId, accountId, now: context.clock() }, turnsAhead)
          if (await standing.disable(trx, accountId, context.clock()))
            await record(trx, scope, context, [{ action: 'account.disabled', subject: 'account', subjectIds: [accountId] }])
          return changed(trx, actor, accountId)
        })
      },
    )

    app.post(
      '/accounts/:accountId/enable',
      { config: access, schema: { params, body: empty.optional(), response: { 200: accountShape } } },
      async (request) => {
        const actor = staffActor(request)
        const { accountId } = request.params
        return inScope(context.db, actor.scope, 'identity', async (trx) => {
          await takeInHand(trx, actor, accountId)
          if (await standing.enable(trx, accountId))
            await record(trx, actor.scope, context, [{ action: 'account.enabled', subject: 'account', subjectIds: [accountId] }])
          return changed(trx, actor, accountId)
        })
      },
    )

    app.post(
      '/accounts/:accountId/invitations',
      {
        config: access,
        schema: {
          description: 'takes password and one-time codes away at once; the link sets both anew, as an invitation does',
          params,
          body: empty.optional(),
          response: { 201: z.strictObject({ account: accountShape, invitationUrl: z.string() }) },
        },
      },
      async (request, reply) => {
        const actor = staffActor(request)
        const { accountId } = request.params
        const made = await inScope(context.db, actor.scope, 'identity', async (trx) => {
          await takeInHand(trx, actor, accountId)
          if (!(await standing.beginAnew(trx, accountId, context.clock()))) throw new Problem('account.disabled')
          await record(trx, actor.scope, context, [{ action: 'account.invited-again', subject: 'account', subjectIds: [accountId] }])
          const secret = await entrance.issueLink(context, trx, 'invitation', accountId)
          return { secret, account: await changed(trx, actor, accountId) }
        })
        return reply.code(201).send({ account: made.account, invitationUrl: linkTo(context, '/invitation', made.secret) })
      },
    )
  }

// For administrators: who has an account and for what.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { type StaffActor, staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { empty, id, role } from '../shapes.ts'
import { displayName, username } from './fields.ts'
import { insertGrants } from './grants.ts'
import * as queries from './queries.ts'
import { type Place, reaches, requireRolePlace } from './rules.ts'
import * as entrance from './sign-in.ts'

const grant = z.strictObject({ role, unitId: id })
export const accountShape = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string(),
  state: z.enum(['invited', 'pending', 'active', 'disabled']),
  roles: z.array(z.strictObject({ role, unitId: id, unitName: z.string() })),
})

const placeOf = (row: { unit_id: string; parentId: string | null; schoolId: string | null }): Place => ({
  id: row.unit_id,
  parentId: row.parentId,
  schoolId: row.schoolId,
})

export const listAccounts = (rows: Awaited<ReturnType<typeof queries.accountsOfCounty>>): z.infer<typeof accountShape>[] => {
  const held = Map.groupBy(rows, (row) => row.id)
  return [...held.values()].map((group) => ({
    id: group[0]!.id,
    username: group[0]!.username,
    displayName: group[0]!.display_name,
    state: group[0]!.state,
    roles: group.map((row) => ({ role: row.role, unitId: row.unit_id, unitName: row.unit_name })),
  }))
}

/** An account of which the actor reaches every role; of anybody else it is not told that they are there. */
export const reachedAccount = async (trx: Trx, { countyId, grants }: StaffActor, accountId: string) => {
  const held = (await queries.accountsOfCounty(trx, countyId)).filter((row) => row.id === accountId)
  const [first] = held
  if (!first || !held.every((row) => reaches(grants, countyId, placeOf(row)))) throw new Problem('account.not-found')
  return first
}

export const linkTo = ({ config }: Context, path: string, secret: string) => `${config.publicUrl ?? ''}${path}#${secret}`

export const administrationRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const administrator = { access: staff('administrator') }

    app.get(
      '/accounts',
      { config: administrator, schema: { response: { 200: z.strictObject({ accounts: z.array(accountShape) }) } } },
      async (request) => {
        const { scope, countyId, grants } = staffActor(request)
        const rows = await inScope(context.db, scope, 'identity', (trx) => queries.accountsOfCounty(trx, countyId))
        return { accounts: listAccounts(rows.filter((row) => reaches(grants, countyId, placeOf(row)))) }
      },
    )

    const invited = z.strictObject({ username, displayName, roles: z.array(grant).min(1).max(20) })
    app.post(
      '/accounts',
      {
        config: administrator,
        schema: { body: invited, response: { 201: z.strictObject({ account: accountShape, invitationUrl: z.string() }) } },
      },
      async (request, reply) => {
        const { scope, countyId, grants } = staffActor(request)
        const { roles: wished, ...person } = request.body
        const roles = [...new Map(wished.map((held) => [`${held.role} ${held.unitId}`, held])).values()]
        const accountId = context.ids()
        const made = await inScope(context.db, scope, 'identity', async (trx) => {
          if (!(await queries.insertAccount(trx, { id: accountId, ...person, state: 'invited', now: context.clock() })))
            throw new Problem('account.username-taken', { username: person.username })
          for (const wanted of roles) {
            const place = await queries.placeById(trx, countyId, wanted.unitId)
            if (!place || !reaches(grants, countyId, place)) throw new Problem('unit.not-found')
            requireRolePlace(wanted.role, place.kind)
          }
          await insertGrants(
            trx,
            countyId,
            accountId,
            roles.map((held) => ({ id: context.ids(), ...held })),
            context.clock(),
          )
          await record(trx, scope, context, [
            {
              action: 'account.created',
              subject: 'account',
              subjectIds: [accountId],
              details: { roles: roles.map((held) => held.role).join(' ') },
            },
          ])
          const secret = await entrance.issueLink(context, trx, 'invitation', accountId)
          return { secret, rows: await queries.accountsOfCounty(trx, countyId) }
        })
        const account = listAccounts(made.rows).find((candidate) => candidate.id === accountId)!
        return reply.code(201).send({ account, invitationUrl: linkTo(context, '/invitation', made.secret) })
      },
    )

    app.post(
      '/accounts/:accountId/sign-in-links',
      {
        config: administrator,
        schema: {
          params: z.strictObject({ accountId: id }),
          body: empty.optional(),
          response: { 201: z.strictObject({ url: z.string() }) },
        },
      },
      async (request, reply) => {
        if (!context.config.demo) throw new Problem('account.demo-only')
        const actor = staffActor(request)
        const { scope } = actor
        const { accountId } = request.params
        const secret = await inScope(context.db, scope, 'identity', async (trx) => {
          await reachedAccount(trx, actor, accountId)
          await record(trx, scope, context, [{ action: 'account.link-issued', subject: 'account', subjectIds: [accountId] }])
          return entrance.issueLink(context, trx, 'sign-in-link', accountId)
        })
        return reply.code(201).send({ url: linkTo(context, '/sign-in-link', secret) })
      },
    )
  }

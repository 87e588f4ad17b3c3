import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { open, sessionCookie, staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, nowhere } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { at, empty, id, role } from '../shapes.ts'
import { hashToken } from './credentials.ts'
import * as queries from './queries.ts'
import { type Place, reaches, requireRolePlace, staffSessionHours } from './rules.ts'
import { meOf, meShape } from './session.ts'
import * as entrance from './sign-in.ts'

const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)
const displayName = z.string().trim().min(1).max(60)
const password = z.string().min(1).max(200)
const totp = z.string().regex(/^\d{6}$/)
const token = z.string().regex(/^[\w-]{43}$/)
const grant = z.strictObject({ role, unitId: id })
const accountShape = z.strictObject({
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

const listAccounts = (rows: Awaited<ReturnType<typeof queries.accountsOfCounty>>): z.infer<typeof accountShape>[] => {
  const held = Map.groupBy(rows, (row) => row.id)
  return [...held.values()].map((group) => ({
    id: group[0]!.id,
    username: group[0]!.username,
    displayName: group[0]!.display_name,
    state: group[0]!.state,
    roles: group.map((row) => ({ role: row.role, unitId: row.unit_id, unitName: row.unit_name })),
  }))
}

const entranceRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const enter = (reply: FastifyReply, opened: entrance.Opened) => {
      const secure = context.config.publicUrl?.startsWith('https:') ?? false
      reply.setCookie(sessionCookie, opened.token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure,
        maxAge: staffSessionHours * 3600,
      })
      return meOf(opened.actor, context.config.demo)
    }
    const tenAMinute = {
      max: 10,
      timeWindow: 60_000,
      hook: 'preHandler' as const,
      // with the address: a stranger elsewhere cannot keep a counsellor from signing in by guessing at her name
      keyGenerator: (request: { ip: string; body?: unknown }) =>
        `${request.ip} ${String((request.body as { username?: string })?.username)}`,
    }

    app.get(
      '/setup',
      { config: { access: open }, schema: { response: { 200: z.strictObject({ needed: z.boolean(), demo: z.boolean() }) } } },
      async () => {
        const needed = await inScope(context.db, nowhere, 'identity', async (trx) => !(await queries.someoneIsActive(trx)))
        return { needed, demo: context.config.demo }
      },
    )

    const inspected = z.strictObject({
      purpose: z.enum(['set-up', 'invitation']),
      username: z.string().nullable(),
      displayName: z.string().nullable(),
      expiresAt: at,
    })
    app.post(
      '/invitations/inspect',
      { config: { access: open }, schema: { body: z.strictObject({ token }), response: { 200: inspected } } },
      (request) => entrance.inspectInvitation(context, request.body.token),
    )

    const acceptance = z.strictObject({ token, username, displayName, password, countyName: z.string().trim().min(1).max(60).optional() })
    const accepted = z.strictObject({ totpSecret: z.string(), otpauthUri: z.string() })
    app.post('/invitations/accept', { config: { access: open }, schema: { body: acceptance, response: { 200: accepted } } }, (request) =>
      entrance.acceptInvitation(context, request.body),
    )

    app.post(
      '/invitations/confirm',
      {
        config: {
          access: open,
          rateLimit: { ...tenAMinute, keyGenerator: (request) => String((request.body as { token: string }).token) },
        },
        schema: { body: z.strictObject({ token, totp }), response: { 200: meShape } },
      },
      async (request, reply) => enter(reply, await entrance.confirmInvitation(context, request.body)),
    )

    app.post(
      '/sign-in',
      {
        config: { access: open, rateLimit: tenAMinute },
        schema: { body: z.strictObject({ username, password, totp }), response: { 200: meShape } },
      },
      async (request, reply) => enter(reply, await entrance.signIn(context, request.body)),
    )

    app.post(
      '/sign-in-links/redeem',
      { config: { access: open }, schema: { body: z.strictObject({ token }), response: { 200: meShape } } },
      async (request, reply) => enter(reply, await entrance.redeemSignInLink(context, request.body.token)),
    )

    app.post(
      '/sign-out',
      { config: { access: staff() }, schema: { body: empty.optional(), response: { 204: z.null() } } },
      async (request, reply) => {
        const { scope, accountId } = staffActor(request)
        await inScope(context.db, scope, 'identity', async (trx) => {
          await queries.endStaffSession(trx, hashToken(request.cookies[sessionCookie] ?? ''), context.clock())
          await record(trx, scope, context, [{ action: 'account.signed-out', subject: 'account', subjectIds: [accountId] }])
        })
        return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send(null)
      },
    )

    app.get('/me', { config: { access: staff() }, schema: { response: { 200: meShape } } }, async (request) =>
      meOf(staffActor(request), context.config.demo),
    )
  }

const administrationRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const link = (path: string, secret: string) => `${context.config.publicUrl ?? ''}${path}#${secret}`
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
          await queries.insertGrants(
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
        return reply.code(201).send({ account, invitationUrl: link('/invitation', made.secret) })
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
        const { scope, countyId, grants } = staffActor(request)
        const { accountId } = request.params
        const secret = await inScope(context.db, scope, 'identity', async (trx) => {
          const held = (await queries.accountsOfCounty(trx, countyId)).filter((row) => row.id === accountId)
          if (held.length === 0 || !held.every((row) => reaches(grants, countyId, placeOf(row)))) throw new Problem('account.not-found')
          await record(trx, scope, context, [{ action: 'account.link-issued', subject: 'account', subjectIds: [accountId] }])
          return entrance.issueLink(context, trx, 'sign-in-link', accountId)
        })
        return reply.code(201).send({ url: link('/sign-in-link', secret) })
      },
    )
  }

export const accountRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(entranceRoutes(context))
    await app.register(administrationRoutes(context))
  }

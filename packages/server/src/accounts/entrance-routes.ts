// For whoever stands outside: set-up, invitations, signing in and out.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { open, sessionCookie, staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, nowhere } from '../db/scope.ts'
import { at, empty } from '../shapes.ts'
import { hashToken } from './credentials.ts'
import { displayName, username } from './fields.ts'
import * as queries from './queries.ts'
import { staffSessionHours } from './rules.ts'
import { meOf, meShape } from './session.ts'
import * as entrance from './sign-in.ts'

const password = z.string().min(1).max(200)
const totp = z.string().regex(/^\d{6}$/)
const token = z.string().regex(/^[\w-]{43}$/)

export const entranceRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const enter = (reply: FastifyReply, opened: entrance.Opened) => {
      const secure = context.config.publicUrl?.startsWith('https:') || reply.request.protocol === 'https'
      reply.setCookie(sessionCookie, opened.token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure,
        maxAge: staffSessionHours * 3600,
      })
      return meOf(opened.actor, context)
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
      {
        config: { access: open },
        schema: { response: { 200: z.strictObject({ needed: z.boolean(), demo: z.boolean(), signInLinks: z.boolean() }) } },
      },
      async () => {
        const needed = await inScope(context.db, nowhere, 'identity', async (trx) => !(await queries.someoneIsActive(trx)))
        return { needed, demo: context.simulated, signInLinks: context.config.demo }
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
      meOf(staffActor(request), context),
    )
  }
